"""What a person must look at."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shop.payments.models.paying import STRIPE_ID_LENGTH


class Attention(models.Model):
    """Money that a person must look at; once for each reason and thing. Resolved, never deleted."""

    class Reason(models.TextChoices):
        AMOUNT = "amount", _("another amount than the order's was paid")
        CURRENCY = "currency", _("another currency was paid")
        LIVEMODE = "livemode", _("test money for a real order, or the reverse")
        ORDER = "order", _("the payment names another order")
        LEDGER = "ledger", _("paid, but the ledger refused it")
        LATE = "late", _("paid after the order was given up; paid back")
        REFUND_FAILED = "refund-failed", _("the refund did not arrive")
        REFUND_UNKNOWN = "refund-unknown", _("a refund was made outside this shop")
        FEE = "fee", _("the provider's fee cannot be recorded")
        DISPUTE = "dispute", _("the shopper's bank disputes the payment: answer at Stripe")
        DISPUTE_LEDGER = "dispute-ledger", _("a dispute that the ledger refused")
        PAYOUT_FAILED = "payout-failed", _("our bank sent a transfer back")
        PAYOUT_LEDGER = "payout-ledger", _("a transfer to our bank that the ledger refused")
        UNMATCHED = "unmatched", _("the provider's book and ours differ")

    # None: about the provider's account as a whole, such as a transfer to our bank.
    order = models.ForeignKey(
        "order.Order", null=True, on_delete=models.PROTECT, related_name="attentions"
    )
    reason = models.CharField(max_length=16, choices=Reason.choices)
    reference = models.CharField(max_length=STRIPE_ID_LENGTH)  # an id of Stripe
    due_at = models.DateTimeField(null=True, blank=True)  # until when it must be done
    noted_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    # None with a time: it came right by itself, and is opened again when it goes wrong again.
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(_("note"), max_length=300, blank=True)  # what that person found

    class Meta:
        verbose_name = _("payment to look at")
        verbose_name_plural = _("payments to look at")
        constraints = [
            models.UniqueConstraint(fields=["reason", "reference"], name="attention_once")
        ]
        indexes = [
            models.Index(
                fields=["noted_at"], condition=Q(resolved_at=None), name="attention_unresolved"
            )
        ]

    def __str__(self) -> str:
        return f"{self.about}: {self.reason}"

    @property
    def about(self) -> str:
        """The number of the order, or what the provider calls the thing."""
        return self.order.number if self.order_id else self.reference
