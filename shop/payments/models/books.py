"""The provider's own book beside ours, so that no satang is lost between the two."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shop.payments.models.paying import STRIPE_ID_LENGTH


class ProviderDay(models.Model):
    """A Bangkok day of which all entries were asked for: only then is known what is missing."""

    day = models.DateField(primary_key=True)
    entries = models.PositiveIntegerField()
    listed_at = models.DateTimeField()  # when last; asked for again, nothing is stored twice

    def __str__(self) -> str:
        return f"{self.day}: {self.entries}"


class Movement(models.Model):
    """One movement of money at the provider, as its book and our ledger tell it.

    The result is found anew until both agree, and is only what was last seen: the two books are
    the truth. `ledger_satang` is what the ledger's clearing account says, above zero for money
    that came.
    """

    class Kind(models.TextChoices):
        PAYMENT = "payment", _("payment and its fee")
        REFUND = "refund", _("refund")
        DISPUTE = "dispute", _("taken back in a dispute")
        DISPUTE_BACK = "dispute-back", _("given back after a dispute")
        PAYOUT = "payout", _("transfer to our bank")
        PAYOUT_BACK = "payout-back", _("transfer that came back")
        OTHER = "other", _("something else")

    class Result(models.TextChoices):
        MATCHED = "matched", _("both say the same")
        MISSING_HERE = "missing-here", _("our ledger does not know it")
        MISSING_THERE = "missing-there", _("the provider does not know it")
        AMOUNT = "amount", _("the amounts differ")
        CURRENCY = "currency", _("it is in another currency")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    reference = models.CharField(max_length=STRIPE_ID_LENGTH)  # what the provider calls it
    order = models.ForeignKey(
        "order.Order", null=True, on_delete=models.PROTECT, related_name="movements"
    )
    result = models.CharField(_("result"), max_length=13, choices=Result.choices)
    provider_satang = models.BigIntegerField(null=True)  # None: its book has no entry
    ledger_satang = models.BigIntegerField(null=True)  # None: ours has no event
    value_satang = models.PositiveBigIntegerField()  # the larger of the two, without sign
    happened_at = models.DateTimeField()
    compared_at = models.DateTimeField()

    class Meta:
        verbose_name = _("movement at the payment provider")
        verbose_name_plural = _("the provider's book and ours")
        constraints = [
            models.UniqueConstraint(fields=["kind", "reference"], name="movement_once"),
            models.CheckConstraint(
                condition=Q(
                    result="missing-here", provider_satang__isnull=False, ledger_satang=None
                )
                | Q(result="missing-there", provider_satang=None, ledger_satang__isnull=False)
                | Q(
                    result__in=["matched", "amount", "currency"],
                    provider_satang__isnull=False,
                    ledger_satang__isnull=False,
                )
                | Q(result="currency", provider_satang__isnull=False),
                name="movement_result_says_who_knows",
            ),
        ]
        indexes = [
            models.Index(fields=["happened_at"], name="movement_when"),
            models.Index(
                fields=["happened_at"], condition=~Q(result="matched"), name="movement_unmatched"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.kind}:{self.reference}"

    @property
    def difference_satang(self) -> int:
        return (self.provider_satang or 0) - (self.ledger_satang or 0)


class ProviderEntry(models.Model):
    """An entry of the provider's book (a balance transaction), stored once as it came.

    Amounts are in satang, or in the smallest unit of the currency where that is another.
    """

    provider_id = models.CharField(max_length=STRIPE_ID_LENGTH, unique=True)
    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="entries")
    type = models.CharField(max_length=64)
    category = models.CharField(max_length=64)
    source_id = models.CharField(max_length=STRIPE_ID_LENGTH, blank=True)
    amount_satang = models.BigIntegerField()
    fee_satang = models.BigIntegerField()
    net_satang = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    created_at = models.DateTimeField()
    payload = models.JSONField()

    def __str__(self) -> str:
        return self.provider_id
