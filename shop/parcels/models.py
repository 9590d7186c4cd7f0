"""What one producer sends of one order."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.producers.models import Producer
from shop.parcels.carriers import CARRIERS, OTHER, Carrier

ADDRESS_KEPT = timedelta(days=14)
"""How long after sending its makers still see where a parcel goes."""


class Parcel(models.Model):
    """One per order and producer, for what is sent. An order without parcels is a true order.

    Fee, weight, promise and the village it is sent from are frozen when the order is placed; only
    the status moves on. The village, because its makers may move while the order waits for its
    money, and what they earn by sending belongs to where they were.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting for payment")
        PREPARING = "preparing", _("being prepared")
        PACKED = "packed", _("packed")
        SHIPPED = "shipped", _("on its way")
        DELIVERED = "delivered", _("delivered")
        CANCELLED = "cancelled", _("cancelled")

    TO_SEND = (Status.PREPARING, Status.PACKED)
    SENT = (Status.SHIPPED, Status.DELIVERED)

    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="parcels")
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="parcels")
    village_code = models.CharField(max_length=8)  # the home of its makers on that day
    method_code = models.CharField(max_length=32)
    fee_satang = models.PositiveBigIntegerField()
    weight_grams = models.PositiveIntegerField()
    earliest_on = models.DateField(_("arrives from"))
    latest_on = models.DateField(_("arrives until"))
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.WAITING)
    carrier = models.CharField(_("carrier"), max_length=60, blank=True)  # a code of `carriers`
    tracking_number = models.CharField(_("tracking number"), max_length=60, blank=True)
    corrections = models.PositiveSmallIntegerField(default=0)  # of carrier or number, once sent
    packed_at = models.DateTimeField(null=True, blank=True)
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
            models.CheckConstraint(
                condition=~Q(status="packed") | Q(packed_at__isnull=False),
                name="packed_parcel_has_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["producer"],
                condition=Q(status__in=["preparing", "packed"]),
                name="parcel_to_send",
            )
        ]

    def __str__(self) -> str:
        return f"parcel of order {self.order_id} from producer {self.producer_id}"

    @property
    def is_to_send(self) -> bool:
        return self.status in self.TO_SEND

    @property
    def is_sent(self) -> bool:
        return self.status in self.SENT

    @property
    def is_open(self) -> bool:
        """Whether its makers still need to know where it goes."""
        if self.is_sent:
            return timezone.now() < self.shipped_at + ADDRESS_KEPT
        return self.is_to_send

    @property
    def carried_by(self) -> Carrier | None:
        """Who carries it; None before it is sent."""
        return CARRIERS.get(self.carrier, OTHER) if self.carrier else None

    @property
    def tracking_url(self) -> str:
        """The carrier's page about it; "" where there is none."""
        return self.carried_by.tracking_url(self.tracking_number) if self.carried_by else ""


class ParcelLine(models.Model):
    """An order line inside its parcel. A line is in one parcel, or in none when nothing is sent."""

    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="parcel_lines")
    line = models.OneToOneField("order.Line", on_delete=models.PROTECT, related_name="parcel_line")

    def __str__(self) -> str:
        return f"line {self.line_id} in parcel {self.parcel_id}"
