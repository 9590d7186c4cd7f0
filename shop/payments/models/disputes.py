"""Payments that the shopper's bank questions, or takes back."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shop.payments.models.paying import STRIPE_ID_LENGTH, PaymentAttempt


class Dispute(models.Model):
    """A dispute of Stripe's about one of our payments, as it was when last asked about.

    Staff answer it at Stripe's own pages; here it holds back refunds and says what is due. The
    ledger holds the money; `settled_at` says that it knows the end. Rows are never deleted.
    """

    class State(models.TextChoices):
        INQUIRY = "inquiry", _("the bank asks; no money was taken")
        OPEN = "open", _("the bank took the money; our answer is awaited")
        REVIEW = "review", _("answered; the bank decides")
        WON = "won", _("won; the money came back")
        LOST = "lost", _("lost; the shopper keeps the money")
        CLOSED = "closed", _("closed; no money was taken")

    HOLDING = (State.OPEN, State.REVIEW, State.LOST)
    """States in which the bank has the money, so that nobody may refund it as well."""
    ENDED = (State.WON, State.LOST, State.CLOSED)

    stripe_id = models.CharField(max_length=STRIPE_ID_LENGTH, unique=True)
    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="disputes")
    attempt = models.ForeignKey(PaymentAttempt, on_delete=models.PROTECT, related_name="disputes")
    amount_satang = models.PositiveBigIntegerField()
    fee_satang = models.PositiveBigIntegerField(default=0)  # what Stripe asked for it
    reason = models.CharField(max_length=64)  # a word of Stripe's
    state = models.CharField(max_length=8, choices=State.choices)
    due_at = models.DateTimeField(null=True, blank=True)  # while an answer of ours is awaited
    opened_at = models.DateTimeField()
    asked_at = models.DateTimeField()  # when Stripe was last asked
    settled_at = models.DateTimeField(null=True, blank=True)
    borne_by = models.JSONField(null=True, blank=True)  # of a lost one: ids of producers

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at=None) | Q(state__in=["won", "lost", "closed"]),
                name="dispute_settled_has_ended",
            )
        ]
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(settled_at=None), name="dispute_open")
        ]

    def __str__(self) -> str:
        return f"dispute of order {self.order_id}: {self.state}"
