"""What we keep beside Oscar's order: where its number came from, its link and its contact."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OrderStatus(models.TextChoices):
    """Values of Oscar's `Order.status`; which may follow which stands in the settings."""

    PENDING_PAYMENT = "pending-payment", _("waiting for payment")
    PAID = "paid", _("paid")
    PREPARING = "preparing", _("being prepared")
    SHIPPED = "shipped", _("on its way")
    DELIVERED = "delivered", _("delivered")
    PARTLY_REFUNDED = "partly-refunded", _("partly refunded")
    REFUNDED = "refunded", _("refunded")
    CANCELLED_UNPAID = "cancelled-unpaid", _("cancelled, not paid")


class OrderNumber(models.Model):
    """Its id is the number of an order. Rows are only ever added; gaps are allowed.

    Oscar derives the number from the basket, so that a second try meets the first one's number.
    """

    taken_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.pk)


class Placement(models.Model):
    """Our half of an order: the unguessable token of its link, its language, whom to write to.

    `form_token` names the form that placed it, so that a form sent twice is one order. The status
    lives in `Order.status` only; `paid_at` and `released_at` say when its two one-way acts
    happened, and both can never be set.
    """

    order = models.OneToOneField("order.Order", on_delete=models.PROTECT, related_name="placement")
    token = models.CharField(max_length=64, unique=True)
    form_token = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=5)
    email = models.EmailField()
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20)
    tambon_code = models.CharField(max_length=6, blank=True)  # "" where nothing is sent
    placed_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(paid_at=None) | models.Q(released_at=None),
                name="placement_paid_or_released",
            )
        ]
        indexes = [
            models.Index(
                fields=["expires_at"],
                condition=models.Q(paid_at=None, released_at=None),
                name="placement_unpaid_expiry",
            )
        ]

    def __str__(self) -> str:
        return f"placement of order {self.order_id}"
