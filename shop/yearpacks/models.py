"""A fiscal year as it was reported: what is being made, and what two people signed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.core import long_work
from marketplace.core.long_work import LongWork
from marketplace.ledger.periods import FIRST_FISCAL_YEAR_BE, LAST_FISCAL_YEAR_BE

REASON_MAX_LENGTH = 200
_PERSON = {"on_delete": models.PROTECT, "related_name": "+"}
_YEAR_IN_RANGE = Q(fiscal_year_be__range=(FIRST_FISCAL_YEAR_BE, LAST_FISCAL_YEAR_BE))
_AMENDS_WITH_A_REASON = Q(number=0, before=None, reason="") | (
    Q(number__gte=1, before__isnull=False) & ~Q(reason="")
)


class Office(models.TextChoices):
    """As what somebody signs; the public reads this, never a name."""

    FINANCE = "finance", _("finance")
    ADMINISTRATION = "administration", _("administration")


class Numbered(models.Model):
    """What a draft and a signed pack have in common: of which year, and what was known then.

    Number 0 is the pack of the year, 1 and more its amendments. `made_at` is the moment that
    stands in every file; with `up_to_seal`, the last sealed event it knows of, and `root_day`, the
    last day whose root was published, it makes the same bytes again.
    """

    fiscal_year_be = models.PositiveSmallIntegerField(_("fiscal year"))
    number = models.PositiveSmallIntegerField(_("amendment"))
    reason = models.CharField(_("reason"), max_length=REASON_MAX_LENGTH, blank=True)
    root_day = models.DateField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    tables_sha256 = models.CharField(max_length=64, blank=True)  # printed on the summary
    size_bytes = models.PositiveBigIntegerField(default=0)
    facts = models.JSONField(default=dict)  # what the desk tells of it: counts and sums
    made_at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def is_amendment(self) -> bool:
        return self.number > 0

    @property
    def stem(self) -> str:
        """The name of its file, without ending."""
        ending = f"-amendment-{self.number}" if self.is_amendment else ""
        return f"fiscal-year-{self.fiscal_year_be}{ending}"


class YearPack(Numbered):
    """A pack, or an amendment, that a second person signed. Never changed or deleted (guards.py).

    Its file is stored under its hash. `before` is what an amendment is held against, so that
    those of a year are one chain.
    """

    before = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="after")
    up_to_seal = models.PositiveBigIntegerField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    signed_as = models.CharField(max_length=14, choices=Office.choices)
    signed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("fiscal-year pack")
        verbose_name_plural = _("fiscal-year packs")
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year_be", "number"], name="year_pack_once"),
            models.UniqueConstraint(fields=["sha256"], name="year_pack_file_once"),
            models.CheckConstraint(
                condition=~Q(signed_by=F("made_by")), name="year_pack_signed_by_another"
            ),
            models.CheckConstraint(condition=_YEAR_IN_RANGE, name="year_pack_year_in_range"),
            models.CheckConstraint(
                condition=_AMENDS_WITH_A_REASON, name="year_pack_amends_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
                & Q(tables_sha256__regex=r"^[0-9a-f]{64}$"),
                name="year_pack_has_its_hashes",
            ),
        ]

    def __str__(self) -> str:
        return self.stem


class PackDraft(Numbered, LongWork):
    """A pack that is being made, or was made and waits for a second person; one a year.

    It may be thrown away; signing makes a `YearPack` of it.
    """

    class State(models.TextChoices):
        WAITING = long_work.WAITING, _("being made")
        WORKING = long_work.WORKING, _("being made")
        FAILED = long_work.FAILED, _("could not be made")
        READY = long_work.READY, _("waits for another person")

    before = models.ForeignKey(YearPack, null=True, on_delete=models.PROTECT, related_name="+")
    up_to_seal = models.PositiveBigIntegerField(null=True)  # None until the making began
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    problem_th = models.CharField(max_length=300, blank=True)
    problem_en = models.CharField(max_length=300, blank=True)
    steps_done = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year_be"], name="pack_draft_once_a_year"),
            models.CheckConstraint(
                condition=_AMENDS_WITH_A_REASON, name="pack_draft_amends_with_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="ready")
                | (~Q(sha256="") & ~Q(tables_sha256="") & Q(up_to_seal__isnull=False)),
                name="pack_draft_ready_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stem} {self.state}"

    @property
    def percent_done(self) -> int:
        return 100 * self.steps_done // self.steps if self.steps else 0
