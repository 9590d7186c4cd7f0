"""The ledger's facts and the month roll-up made of them. README.md says why it looks like this."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.producers.models import Producer
from marketplace.provenance.models import LineOrigin


class Account(models.Model):
    """One side of a transfer. Made on demand by the services; never changed or deleted."""

    class Kind(models.TextChoices):
        GATEWAY_CLEARING = "gateway.clearing", _("money at the payment provider")
        PRODUCER_PAYABLE = "producer.payable", _("owed to a producer for what was sold")
        DELIVERY_PAYABLE = "delivery.payable", _("owed to a producer for delivery")
        DECLARED_ELSEWHERE = "declared.elsewhere", _("money that producers say they took elsewhere")
        PRODUCER_DECLARED = "producer.declared", _("what a producer says was sold elsewhere")

    code = models.CharField(max_length=48, unique=True)  # "producer.payable:12"
    kind = models.CharField(max_length=24, choices=Kind.choices)
    producer = models.ForeignKey(
        Producer, null=True, on_delete=models.PROTECT, related_name="ledger_accounts"
    )
    currency = models.CharField(max_length=3, default="THB")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(currency="THB"), name="account_in_baht"),
            models.UniqueConstraint(
                fields=["kind", "producer"],
                condition=Q(producer__isnull=False),
                name="account_once_a_producer",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Event(models.Model):
    """One fact about money: a sale, a refund, a declaration. Inserted after its transfers and
    never changed.

    `day` is the Bangkok day the fact is reported under, `occurred_at` when it truly happened.
    `transfer_count` and `total_satang` seal it: the database refuses the row when its transfers
    say otherwise, and refuses any transfer that comes after it.
    """

    class Kind(models.TextChoices):
        SALE = "sale", _("sale")
        REFUND = "refund", _("refund")
        DECLARED = "declared", _("declared sale")
        DECLARED_REVERSAL = "declared-reversal", _("declared sale taken back")

    class Channel(models.TextChoices):
        """Where a declared sale was made. A sale of this site has none."""

        STALL = "stall", _("market stall")
        FAIR = "fair", _("fair")
        HOME = "home", _("at home or the workshop")
        MESSAGE = "message", _("by phone or chat")
        OTHER = "other", _("elsewhere")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    idempotency_key = models.CharField(max_length=200, unique=True)
    input_hash = models.CharField(max_length=64)
    kind = models.CharField(_("kind"), max_length=24, choices=Kind.choices)
    # With a default in the schema: rows of before get it without an UPDATE, which is refused.
    channel = models.CharField(
        max_length=8, choices=Channel.choices, blank=True, default="", db_default=""
    )
    order_number = models.CharField(max_length=128, blank=True, db_index=True)
    provider_reference = models.CharField(max_length=200, blank=True)
    occurred_at = models.DateTimeField()
    day = models.DateField(db_index=True)
    reverses = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="reversals"
    )
    transfer_count = models.PositiveIntegerField()
    total_satang = models.PositiveBigIntegerField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    # The database transaction that wrote the row, set by a trigger on PostgreSQL; 0 on SQLite.
    posted_in = models.BigIntegerField(default=0, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order_number"], condition=Q(kind="sale"), name="one_sale_an_order"
            ),
            models.CheckConstraint(condition=~Q(idempotency_key=""), name="event_has_a_key"),
            models.CheckConstraint(
                condition=Q(transfer_count__gte=1, total_satang__gte=1), name="event_moves_money"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["refund", "declared-reversal"], reverses__isnull=False)
                | (~Q(kind__in=["refund", "declared-reversal"]) & ~Q(reverses=F("id"))),
                name="refund_names_its_sale",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["declared", "declared-reversal"],
                    channel__in=["stall", "fair", "home", "message", "other"],
                )
                | (~Q(kind__in=["declared", "declared-reversal"]) & Q(channel="")),
                name="declared_names_its_channel",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.order_number} {self.day}"

    @property
    def source(self) -> str:
        """Who vouches for the amount: "site", where it was paid, or "declared" by the producer."""
        return "declared" if self.channel else "site"


class Transfer(models.Model):
    """An amount from one account (debit) to another (credit): imbalance cannot be stored.

    Sales and refunds carry the village and the line share they belong to, declared sales the
    village and the frozen share; a refund names the transfer that it reverses, wholly or in part.
    Rows are only ever added, in the transaction of their event and before it.
    """

    class Kind(models.TextChoices):
        SALE = "sale", _("sale")
        REFUND = "refund", _("refund")
        DELIVERY = "delivery", _("delivery")
        DELIVERY_REFUND = "delivery-refund", _("refund of delivery")
        DECLARED = "declared", _("declared sale")
        DECLARED_REVERSAL = "declared-reversal", _("declared sale taken back")

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="transfers")
    number = models.PositiveSmallIntegerField()  # position in the event
    day = models.DateField()  # that of the event
    kind = models.CharField(_("kind"), max_length=24, choices=Kind.choices)
    debit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="debits")
    credit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="credits")
    amount_satang = models.BigIntegerField()
    village_code = models.CharField(max_length=8, blank=True)
    producer = models.ForeignKey(
        Producer, null=True, on_delete=models.PROTECT, related_name="transfers"
    )
    origin = models.ForeignKey(
        LineOrigin, null=True, on_delete=models.PROTECT, related_name="transfers"
    )
    line_id = models.BigIntegerField(null=True)  # the order line, as in the origin
    reverses = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="reversals"
    )
    posted_in = models.BigIntegerField(default=0, editable=False)  # as in the event

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="transfer_number_once"),
            models.UniqueConstraint(fields=["event", "reverses"], name="reversed_once_an_event"),
            models.UniqueConstraint(
                fields=["origin"], condition=Q(kind="sale"), name="share_sold_once"
            ),
            models.UniqueConstraint(
                fields=["origin"], condition=Q(kind="declared"), name="share_declared_once"
            ),
            models.CheckConstraint(condition=Q(amount_satang__gte=1), name="transfer_above_zero"),
            models.CheckConstraint(
                condition=~Q(debit=F("credit")), name="transfer_between_two_accounts"
            ),
            models.CheckConstraint(
                condition=Q(village_code="") | Q(village_code__regex=r"^[0-9]{8}$"),
                name="transfer_village_8_digits",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["sale", "refund"])
                | (~Q(village_code="") & Q(origin__isnull=False, line_id__isnull=False)),
                name="income_has_an_origin",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["declared", "declared-reversal"])
                | (~Q(village_code="") & Q(origin__isnull=False, line_id=None)),
                name="declared_has_an_origin",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["refund", "delivery-refund", "declared-reversal"],
                    reverses__isnull=False,
                )
                | (
                    ~Q(kind__in=["refund", "delivery-refund", "declared-reversal"])
                    & Q(reverses=None)
                ),
                name="refund_reverses_a_transfer",
            ),
        ]
        indexes = [
            # With the producer, so that "who earned here" is answered by the index alone.
            models.Index(fields=["village_code", "day", "producer"], name="transfer_village_day"),
            models.Index(fields=["day"], name="transfer_day"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_satang} {self.village_code}"


class VillageMonth(models.Model):
    """Roll-up: transfers of a village in a month, by kind. What every report reads.

    Kept in the transaction of the posting: by a trigger on PostgreSQL, by the service on SQLite
    (`rollup.py`). Never written by hand; `ledger rebuild` makes a month anew from the transfers.
    """

    month = models.DateField()  # its first day
    village_code = models.CharField(max_length=8)
    kind = models.CharField(max_length=24, choices=Transfer.Kind.choices)
    amount_satang = models.BigIntegerField()
    transfer_count = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "village_code", "kind"], name="village_month_kind_once"
            )
        ]
        indexes = [models.Index(fields=["village_code", "month"], name="village_month_village")]

    def __str__(self) -> str:
        return f"{self.village_code} {self.month:%Y-%m} {self.kind} {self.amount_satang}"


class Rebuild(models.Model):
    """A request to make a month's roll-up anew; a trigger answers it as the row is inserted.

    Asking is harmless (the answer is always the sum of the transfers), so that the roll-up needs
    no other door. Rows stay as the record of repairs.
    """

    month = models.DateField()  # its first day
    differences = models.PositiveIntegerField()  # rows that were wrong just before
    requested_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.differences}"


class PublicTotal(models.Model):
    """What the public may know of the whole country's income in a fiscal year, as last counted.

    Remembered because counting reads who earned what from the transfers (`public_total.py`).
    """

    fiscal_year_be = models.PositiveSmallIntegerField(primary_key=True)
    exact_satang = models.BigIntegerField(null=True)  # None: the sum would give a village away
    disclosed_satang = models.BigIntegerField(default=0)  # of villages that publish theirs
    village_count = models.PositiveIntegerField()  # with sales
    counted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.fiscal_year_be} {self.exact_satang}"
