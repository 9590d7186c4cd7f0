"""What staff aim at for an area, and what was known of income before this site: no ledger facts.

Nothing here is ever added to an income of the ledger; queries.py sets the two side by side.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.core import bilingual
from marketplace.ledger.kinds import Channel

AREA_CODE = r"^(N|NE|C|E|W|S|([0-9]{2}){1,4})?$"


class IncomeTarget(models.Model):
    """The income an area is to reach in a fiscal year, as somebody set it. Rows are only added.

    The one that no other names as `before` is in force; the others are its history.
    """

    area_code = models.CharField(max_length=8, blank=True)  # any level; "" for the country
    fiscal_year_be = models.PositiveSmallIntegerField(_("fiscal year"))
    amount_satang = models.PositiveBigIntegerField(_("target"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    before = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="after")
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area_code", "fiscal_year_be"],
                condition=Q(before=None),
                name="target_begins_once",
            ),
            models.CheckConstraint(condition=Q(amount_satang__gte=1), name="target_above_zero"),
            models.CheckConstraint(condition=~Q(before=F("id")), name="target_not_before_itself"),
            models.CheckConstraint(
                condition=Q(fiscal_year_be__gte=2500, fiscal_year_be__lte=2699),
                name="target_year_in_range",
            ),
        ]
        indexes = [models.Index(fields=["fiscal_year_be", "area_code"], name="target_year_area")]

    def __str__(self) -> str:
        return f"{self.area_code or 'TH'} {self.fiscal_year_be} {self.amount_satang}"


class BaselineBatch(models.Model):
    """One file of figures from before, as it was read: looked at, then put in force, or undone.

    `sha256` knows a file again. Rows stay whatever happens, with the reason of those not taken.
    """

    class Status(models.TextChoices):
        PREVIEW = "preview", _("to look at")
        IN_FORCE = "in-force", _("in force")
        UNDONE = "undone", _("undone")

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.PREVIEW)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    read_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"], condition=~Q(status="undone"), name="baseline_file_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name} {self.status}"


class Baseline(models.Model):
    """One line of such a file: what a village or amphoe earned in a fiscal year, by one channel.

    It counts while its batch is in force and it has no `problem`.
    """

    class Confidence(models.TextChoices):
        LOW = "low", _("low: estimated or remembered")
        MEDIUM = "medium", _("medium: reported without papers")
        HIGH = "high", _("high: from accounts or receipts")

    batch = models.ForeignKey(BaselineBatch, on_delete=models.PROTECT, related_name="rows")
    line = models.PositiveIntegerField()  # of the file
    cells = models.JSONField()  # as they were read
    problem_th = models.CharField(max_length=200, blank=True)
    problem_en = models.CharField(max_length=200, blank=True)
    area_code = models.CharField(max_length=8, blank=True)  # 8 digits, or 4
    fiscal_year_be = models.PositiveSmallIntegerField(null=True)
    # "" where the source tells no channels apart.
    channel = models.CharField(max_length=8, choices=Channel.choices, blank=True)
    amount_satang = models.PositiveBigIntegerField(null=True)
    source = models.CharField(max_length=120, blank=True)
    confidence = models.CharField(max_length=6, choices=Confidence.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "line"], name="baseline_line_once"),
            models.CheckConstraint(
                condition=~Q(problem_th="")
                | (
                    Q(area_code__regex=r"^([0-9]{4}|[0-9]{8})$")
                    & Q(fiscal_year_be__isnull=False, amount_satang__isnull=False)
                    & ~Q(source="")
                    & ~Q(confidence="")
                ),
                name="baseline_whole_or_a_problem",
            ),
        ]
        indexes = [models.Index(fields=["fiscal_year_be", "area_code"], name="baseline_year_area")]

    def __str__(self) -> str:
        return f"{self.area_code} {self.fiscal_year_be} {self.amount_satang}"

    @property
    def problem(self) -> str:
        """Why it cannot count, in the language of the page; "" where it can."""
        return bilingual.pick(self.problem_th, self.problem_en)
