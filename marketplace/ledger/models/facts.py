"""The ledger's facts: accounts, events and transfers. ../README.md says why they look like this."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.core.time_ordered_ids import time_ordered_id
from marketplace.ledger import kinds
from marketplace.producers.models import Producer
from marketplace.provenance.models import LineOrigin


def _among(names) -> Q:
    return Q(kind__in=[str(name) for name in names])


def _filled(field: str, name: str) -> models.Index:
    """An index of the few rows that have a value: the others cost nothing when they are posted."""
    return models.Index(fields=[field], condition=Q(**{f"{field}__isnull": False}), name=name)


class Account(models.Model):
    """One side of a transfer. Made on demand by the services; never changed or deleted."""

    Kind = kinds.AccountKind

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
    """One fact about money: a sale, a refund, a payout (kinds.py). Inserted after its transfers
    and never changed.

    `day` is the Bangkok day the fact is reported under, `occurred_at` when it truly happened.
    `transfer_count` and `total_satang` seal it: the database refuses the row when its transfers
    say otherwise, and refuses any transfer that comes after it.
    """

    Kind = kinds.EventKind
    Channel = kinds.Channel

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    idempotency_key = models.CharField(max_length=200)
    input_hash = models.CharField(max_length=64)
    kind = models.CharField(_("kind"), max_length=24, choices=Kind.choices)
    # With a default in the schema: rows of before get it without an UPDATE, which is refused.
    channel = models.CharField(
        max_length=8, choices=kinds.Channel.choices, blank=True, default="", db_default=""
    )
    order_number = models.CharField(max_length=128, blank=True)
    provider_reference = models.CharField(max_length=200, blank=True)
    occurred_at = models.DateTimeField()
    day = models.DateField(db_index=True)
    reverses = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="reversals", db_index=False
    )
    transfer_count = models.PositiveIntegerField()
    total_satang = models.PositiveBigIntegerField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    reason = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    # The database transaction that wrote the row, set by a trigger on PostgreSQL; 0 on SQLite.
    posted_in = models.BigIntegerField(default=0, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["idempotency_key"], name="event_once_a_key"),
            models.UniqueConstraint(
                fields=["order_number"], condition=Q(kind="sale"), name="one_sale_an_order"
            ),
            models.CheckConstraint(condition=~Q(idempotency_key=""), name="event_has_a_key"),
            models.CheckConstraint(
                condition=Q(transfer_count__gte=1, total_satang__gte=1), name="event_moves_money"
            ),
            models.CheckConstraint(
                condition=(_among(kinds.FOLLOWS) & Q(reverses__isnull=False))
                | (~_among(kinds.FOLLOWS) & Q(reverses=None)),
                name="event_names_what_it_follows",
            ),
            models.CheckConstraint(condition=~Q(reverses=F("id")), name="event_not_of_itself"),
            models.CheckConstraint(
                condition=(_among(kinds.DECLARED_EVENTS) & Q(channel__in=kinds.Channel.values))
                | (~_among(kinds.DECLARED_EVENTS) & Q(channel="")),
                name="declared_names_its_channel",
            ),
            models.CheckConstraint(
                condition=~_among(kinds.BY_TWO_PEOPLE)
                | (
                    Q(actor__isnull=False, approved_by__isnull=False)
                    & ~Q(actor=F("approved_by"))
                    & ~Q(reason="")
                ),
                name="correction_by_two_people",
            ),
        ]
        indexes = [
            models.Index(fields=["order_number"], name="event_order"),
            *(_filled(name, f"event_{name}") for name in ("reverses", "actor", "approved_by")),
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

    Kind = kinds.TransferKind

    # Found by `transfer_number_once`, which begins with it.
    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="transfers", db_index=False
    )
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
    # Of a sale: pieces of the share, in millionths, and what it is the first of in its order.
    units_ppm = models.BigIntegerField(default=0, db_default=0)
    first_of = models.PositiveSmallIntegerField(default=0, db_default=0)  # `order_counts.py`
    reverses = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="reversals", db_index=False
    )
    posted_in = models.BigIntegerField(default=0, editable=False)  # as in the event

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="transfer_number_once"),
            models.UniqueConstraint(
                fields=["event", "reverses"],
                condition=Q(reverses__isnull=False),
                name="reversed_once_an_event",
            ),
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
            models.UniqueConstraint(
                fields=["event", "origin"], condition=Q(kind="moved-in"), name="share_moved_once"
            ),
            models.CheckConstraint(
                condition=~_among(kinds.OF_A_SHARE)
                | (~Q(village_code="") & Q(origin__isnull=False, line_id__isnull=False)),
                name="income_has_an_origin",
            ),
            models.CheckConstraint(
                condition=~_among(kinds.OF_A_DECLARATION)
                | (~Q(village_code="") & Q(origin__isnull=False, line_id=None)),
                name="declared_has_an_origin",
            ),
            models.CheckConstraint(
                condition=~_among(kinds.OF_A_PRODUCER) | Q(producer__isnull=False, origin=None),
                name="transfer_has_a_producer",
            ),
            models.CheckConstraint(
                condition=(_among(kinds.REVERSALS) & Q(reverses__isnull=False))
                | (~_among(kinds.REVERSALS) & Q(reverses=None)),
                name="refund_reverses_a_transfer",
            ),
        ]
        indexes = [
            # With the producer, so that "who earned here" is answered by the index alone.
            models.Index(fields=["village_code", "day", "producer"], name="transfer_village_day"),
            models.Index(fields=["day"], name="transfer_day"),
            _filled("reverses", "transfer_reverses"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_satang} {self.village_code}"
