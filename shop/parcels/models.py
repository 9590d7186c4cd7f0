"""What one producer sends of one order."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.producers.models import Producer


class Parcel(models.Model):
    """One per order and producer, for what is sent. An order without parcels is a true order.

    Fee, weight and promise are frozen when the order is placed; only the status moves on.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting for payment")
        PREPARING = "preparing", _("being prepared")
        SHIPPED = "shipped", _("on its way")
        DELIVERED = "delivered", _("delivered")
        CANCELLED = "cancelled", _("cancelled")

    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="parcels")
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="parcels")
    method_code = models.CharField(max_length=32)
    fee_satang = models.PositiveBigIntegerField()
    weight_grams = models.PositiveIntegerField()
    earliest_on = models.DateField(_("arrives from"))
    latest_on = models.DateField(_("arrives until"))
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.WAITING)
    carrier = models.CharField(_("carrier"), max_length=60, blank=True)
    tracking_number = models.CharField(_("tracking number"), max_length=60, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "producer"], name="one_parcel_a_producer"),
            models.CheckConstraint(
                condition=Q(latest_on__gte=models.F("earliest_on")), name="parcel_days_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["shipped", "delivered"]) | Q(shipped_at__isnull=False),
                name="shipped_parcel_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"parcel of order {self.order_id} from producer {self.producer_id}"


class ParcelLine(models.Model):
    """An order line inside its parcel. A line is in one parcel, or in none when nothing is sent."""

    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="parcel_lines")
    line = models.OneToOneField("order.Line", on_delete=models.PROTECT, related_name="parcel_line")

    def __str__(self) -> str:
        return f"line {self.line_id} in parcel {self.parcel_id}"
