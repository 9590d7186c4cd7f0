"""What somebody would have corrected in the ledger, and what another person said to it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.ledger.models import Event
from marketplace.producers.models import Producer

REASON_MAX_LENGTH = 200
_PERSON = {"on_delete": models.PROTECT, "related_name": "+"}


class Correction(models.Model):
    """A proposal: what a producer is owed, or where the income of an order line belongs.

    Moves no money by itself. Never changed or deleted; what became of it is its decision.
    `amount_satang` is the adjustment, below zero for a charge, or the income that was there to be
    moved. `balance_satang` is what its producer was owed then, for goods and delivery.
    """

    class Kind(models.TextChoices):
        ADJUSTMENT = "adjustment", _("adjustment of what a producer is owed")
        PLACE = "place", _("change of place")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    producer = models.ForeignKey(
        Producer, verbose_name=_("producer"), on_delete=models.PROTECT, related_name="+"
    )
    village_code = models.CharField(_("village"), max_length=8)  # of a change of place: from
    to_village_code = models.CharField(max_length=8, blank=True)
    order_number = models.CharField(max_length=128, blank=True)
    line_id = models.BigIntegerField(null=True)
    amount_satang = models.BigIntegerField()
    balance_satang = models.BigIntegerField()
    reason = models.CharField(_("reason"), max_length=REASON_MAX_LENGTH)
    form_token = models.UUIDField(unique=True)  # a double submit is one proposal
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    proposed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("correction of the ledger")
        verbose_name_plural = _("corrections of the ledger")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="correction_has_a_reason"),
            models.CheckConstraint(
                condition=Q(kind="adjustment", to_village_code="", order_number="", line_id=None)
                & ~Q(amount_satang=0)
                | Q(kind="place", line_id__isnull=False)
                & ~Q(order_number="")
                & Q(to_village_code__regex=r"^[0-9]{8}$")
                & ~Q(to_village_code=models.F("village_code")),
                name="correction_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def reference(self) -> str:
        """Its name in the ledger, for ever: agreed to twice, it is one event."""
        return f"correction-{self.pk}"


class CorrectionDecision(models.Model):
    """What another person than the proposer said: once, and never changed."""

    correction = models.OneToOneField(Correction, on_delete=models.PROTECT, related_name="decision")
    event = models.OneToOneField(  # None: refused
        Event, null=True, on_delete=models.PROTECT, related_name="correction_decision"
    )
    reason = models.CharField(max_length=REASON_MAX_LENGTH, blank=True)  # of a refusal
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(event__isnull=False) | ~Q(reason=""), name="refusal_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.correction_id}: {'agreed' if self.event_id else 'refused'}"
