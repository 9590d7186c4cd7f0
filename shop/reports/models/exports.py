"""Files of reports that are too large to be made while somebody waits."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core import long_work
from marketplace.core.long_work import LongWork


class ExportQuerySet(models.QuerySet):
    def unfinished(self):
        return self.filter(state__in=Export.UNFINISHED)

    def expired(self, at: datetime | None = None):
        return self.filter(state=Export.State.READY, expires_at__lte=at or timezone.now())


class Export(LongWork):
    """One question to the reports, answered as a file that is made by a worker.

    `asked` are the fields of the question's address, so that it can be asked again. The file lies
    below PRIVATE_ROOT under a random name; only who asked may have it, and only while the area is
    still that person's to read.
    """

    class Kind(models.TextChoices):
        INCOME = "income", _("village income")
        SALES = "sales", _("sales behind a figure")
        GROUPS = "groups", _("groups and first sales")
        FLOWS = "flows", _("where the money comes from")
        SPREAD = "spread", _("how income is spread")

    class State(models.TextChoices):
        WAITING = long_work.WAITING, _("waiting")
        WORKING = long_work.WORKING, _("being written")
        READY = long_work.READY, _("ready")
        FAILED = long_work.FAILED, _("not made")

    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(max_length=6, choices=Kind.choices)
    asked = models.JSONField()
    heir = models.CharField(max_length=8, blank=True, default="", db_default="")  # see shown_area
    format = models.CharField(max_length=4)
    language = models.CharField(max_length=2)
    key = models.CharField(max_length=64)  # a hash of the four above
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    rows_done = models.PositiveBigIntegerField(default=0)
    rows_to_do = models.PositiveBigIntegerField(null=True)  # None: not counted yet, or not known
    error = models.TextField(blank=True)  # a sentence in the language of the file
    name = models.CharField(max_length=100, blank=True)  # below PRIVATE_ROOT
    file_name = models.CharField(max_length=200, blank=True)  # for people
    size_bytes = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField(null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["asked_by", "key"],
                condition=Q(state__in=("waiting", "working")),
                name="export_asked_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | (Q(expires_at__isnull=False) & ~Q(sha256="")),
                name="export_ready_has_a_file",
            ),
        ]
        indexes = [models.Index(fields=["asked_by", "-asked_at"], name="export_of_person")]

    def __str__(self) -> str:
        return f"export {self.pk} {self.kind} {self.format}"

    @property
    def area(self) -> str:
        """The area asked for."""
        return self.asked["area"]

    @property
    def shown_area(self) -> str:
        """Whose figures a file has that was made: what took the ground of an abolished area."""
        return self.heir or self.area

    @property
    def is_expired(self) -> bool:
        return self.state == self.State.READY and self.expires_at <= timezone.now()

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY and not self.is_expired
