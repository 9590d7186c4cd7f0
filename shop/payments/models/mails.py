"""What the buyer is told."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.core.owed_mails import OwedMail
from shop.payments.models.refunds import Refund


class OrderMail(OwedMail):
    """A mail that an order owes its buyer, in the order's language.

    A newer number of a parcel takes the place of one that nobody was told yet.
    """

    class Kind(models.TextChoices):
        PAID = "paid", _("paid")
        CANCELLED = "cancelled", _("cancelled")
        REFUNDED = "refunded", _("refunded")
        LATE = "late", _("paid too late")
        SENT = "sent", _("parcel sent")
        TRACKING = "tracking", _("new tracking number")

    composer = "shop.payments.mails.compose"

    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="mails")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    refund = models.OneToOneField(Refund, null=True, on_delete=models.PROTECT, related_name="mail")
    parcel = models.ForeignKey(
        "parcels.Parcel", null=True, on_delete=models.PROTECT, related_name="mails"
    )
    correction = models.PositiveSmallIntegerField(default=0)  # which of the parcel's number

    class Meta:
        verbose_name = _("mail to a buyer")
        verbose_name_plural = _("mails to buyers")
        constraints = [
            *OwedMail.Meta.constraints,
            models.UniqueConstraint(
                fields=["order", "kind"],
                condition=Q(refund=None, parcel=None),
                name="order_mail_once",
            ),
            models.UniqueConstraint(
                fields=["parcel", "correction"],
                condition=Q(parcel__isnull=False),
                name="mail_of_a_parcel_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="sent", parcel__isnull=False, correction=0)
                | Q(kind="tracking", parcel__isnull=False, correction__gte=1)
                | (~Q(kind__in=["sent", "tracking"]) & Q(parcel=None, correction=0)),
                name="mail_of_a_parcel_names_it",
            ),
        ]
        indexes = [*OwedMail.Meta.indexes]

    def __str__(self) -> str:
        return f"mail {self.kind} of order {self.order_id}"

    @property
    def about(self) -> str:
        """For staff: the order, not its buyer."""
        return self.order.number

    @property
    def what(self) -> str:
        return self.get_kind_display()
