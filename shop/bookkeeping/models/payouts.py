"""What is handed to the bank for producers: prepared by one person, agreed to by another."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.ledger.models import Event
from marketplace.producers.models import PayoutAccount, Producer
from shop.bookkeeping.models.corrections import REASON_MAX_LENGTH

_PERSON = {"on_delete": models.PROTECT, "related_name": "+"}


class PayoutList(models.Model):
    """Lines to be handed to the bank together. Moves no money; never changed or deleted.

    What became of it is its `agreement` and its `end`.
    """

    form_token = models.UUIDField(unique=True)  # a double submit is one list
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    prepared_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("payout list")
        verbose_name_plural = _("payouts to producers")

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """Its name in the ledger and at the bank, for ever."""
        return f"payout-list-{self.pk}"


class PayoutLine(models.Model):
    """What one producer is to get, in satang, and the account it goes to; never changed.

    Without an `account` none was known when the list was made.
    """

    list = models.ForeignKey(PayoutList, on_delete=models.PROTECT, related_name="lines")
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(
        PayoutAccount, null=True, on_delete=models.PROTECT, related_name="+"
    )
    goods_satang = models.PositiveBigIntegerField()
    delivery_satang = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "producer"], name="paid_once_a_list"),
            models.CheckConstraint(
                condition=Q(goods_satang__gt=0) | Q(delivery_satang__gt=0),
                name="payout_line_above_zero",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_id}: {self.producer_id}"

    @property
    def amount_satang(self) -> int:
        return self.goods_satang + self.delivery_satang

    @property
    def return_reference(self) -> str:
        return f"payout-list-{self.list_id}-{self.producer_id}"


class PayoutAgreement(models.Model):
    """A second person agreed to a list; never changed."""

    list = models.OneToOneField(PayoutList, on_delete=models.PROTECT, related_name="agreement")
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    agreed_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.list_id} agreed"


class PayoutEnd(models.Model):
    """How a list ended: handed to the bank, with its event, or dropped for a reason."""

    list = models.OneToOneField(PayoutList, on_delete=models.PROTECT, related_name="end")
    event = models.OneToOneField(  # None: dropped
        Event, null=True, on_delete=models.PROTECT, related_name="payout_end"
    )
    handed_on = models.DateField(null=True)
    reason = models.CharField(max_length=REASON_MAX_LENGTH, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    ended_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(event__isnull=False, handed_on__isnull=False, reason="")
                | (Q(event=None, handed_on=None) & ~Q(reason="")),
                name="handed_over_or_dropped",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_id} {'handed over' if self.event_id else 'dropped'}"
