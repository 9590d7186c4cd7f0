from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.ledger.models.facts import Event
from marketplace.producers.models import Producer


class Proposal(models.Model):
    """A correction that one person asks for and another decides: an adjustment of what a producer
    is owed, or income that belongs to another village.

    Nothing is posted until it is approved; the event then names both people and the reason. A
    decided proposal is never changed.
    """

    class Kind(models.TextChoices):
        ADJUSTMENT = "adjustment", _("adjustment of what a producer is owed")
        RECLASSIFICATION = "reclassification", _("income belongs to another village")

    class State(models.TextChoices):
        OPEN = "open", _("waiting for a second person")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    producer = models.ForeignKey(
        Producer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    amount_satang = models.BigIntegerField(default=0)  # of an adjustment; below zero: a charge
    order_number = models.CharField(max_length=128, blank=True)  # of a reclassification
    line_id = models.BigIntegerField(null=True)
    from_village_code = models.CharField(max_length=8, blank=True)
    to_village_code = models.CharField(max_length=8, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(_("note"), max_length=300, blank=True)
    event = models.OneToOneField(
        Event, null=True, on_delete=models.PROTECT, related_name="proposal"
    )

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="proposal_has_a_reason"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="proposal_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_by=None, decided_at=None, event=None)
                | Q(state="refused", decided_by__isnull=False, event=None)
                | Q(state="approved", decided_by__isnull=False, event__isnull=False),
                name="proposal_decided_wholly",
            ),
            models.CheckConstraint(
                condition=(
                    Q(kind="adjustment", producer__isnull=False, line_id=None) & ~Q(amount_satang=0)
                )
                | (
                    Q(kind="reclassification", line_id__isnull=False, amount_satang=0)
                    & ~Q(order_number="")
                    & ~Q(from_village_code="")
                    & ~Q(to_village_code="")
                    & ~Q(from_village_code=F("to_village_code"))
                ),
                name="proposal_is_of_one_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}: {self.state}"
