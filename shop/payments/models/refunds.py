"""Money that goes back, and of which lines and parcels."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shop.payments.models.paying import STRIPE_ID_LENGTH, PaymentAttempt


class Refund(models.Model):
    """Money going back: of named lines and parcels, or all of a payment that came too late.

    The row is written before Stripe is asked; its id names the refund there, so that it can be
    sent again after any crash. Stripe's word settles it, and the ledger is told with that.
    """

    class Kind(models.TextChoices):
        LINES = "lines", _("of an order")
        LATE = "late", _("payment that came too late")

    class State(models.TextChoices):
        NEW = "new", _("not yet at Stripe")
        PENDING = "pending", _("on its way")
        SUCCEEDED = "succeeded", _("paid back")
        FAILED = "failed", _("failed")

    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="refunds")
    attempt = models.ForeignKey(PaymentAttempt, on_delete=models.PROTECT, related_name="refunds")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    amount_satang = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    stripe_id = models.CharField(max_length=STRIPE_ID_LENGTH, unique=True, null=True, blank=True)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    asked_at = models.DateTimeField(auto_now_add=True)  # when Stripe was last asked
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["attempt"], condition=Q(kind="late"), name="late_payment_refunded_once"
            ),
            models.CheckConstraint(condition=Q(amount_satang__gte=1), name="refund_above_zero"),
            models.CheckConstraint(
                condition=~Q(state__in=["pending", "succeeded"]) | Q(stripe_id__isnull=False),
                name="refund_has_an_id",
            ),
        ]

    def __str__(self) -> str:
        return f"refund {self.pk} of order {self.order_id}: {self.state}"


class RefundLine(models.Model):
    """What of a refund belongs to an order line, or to the delivery of a producer's parcel."""

    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey("order.Line", null=True, on_delete=models.PROTECT, related_name="+")
    producer = models.ForeignKey(
        "producers.Producer", null=True, on_delete=models.PROTECT, related_name="+"
    )
    amount_satang = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(line__isnull=False, producer=None)
                | Q(line=None, producer__isnull=False),
                name="refund_line_or_delivery",
            ),
            models.CheckConstraint(condition=Q(amount_satang__gte=1), name="refund_part_above_0"),
            models.UniqueConstraint(fields=["refund", "line"], name="refund_line_once"),
            models.UniqueConstraint(fields=["refund", "producer"], name="refund_delivery_once"),
        ]

    def __str__(self) -> str:
        return f"{self.amount_satang} of refund {self.refund_id}"
