"""Paid orders for tests of the ledger: Oscar's rows and frozen origins, without a shop around."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

from django.db import connection, transaction
from oscar.apps.order.models import Line, Order

from marketplace.core import money
from marketplace.ledger import rollup, services, verification
from marketplace.ledger.guards.sqlite import writing_roll_ups
from marketplace.ledger.models import (
    Account,
    AreaMonth,
    Event,
    MonthClose,
    ProducerMonth,
    ProvinceGroup,
    ProvinceMix,
    Rebuild,
    Transfer,
)
from marketplace.ledger.services import (
    DeclaredReversalFacts,
    DeclaredSaleFacts,
    Sale,
    SaleRefund,
    SoldDelivery,
    SoldShare,
)
from marketplace.producers.models import Producer
from marketplace.provenance.models import LineOrigin, OriginGroup, OtopType
from shop.stall.models import DeclaredSale
from tests.factories import make_producer, make_village

NOON = datetime(2026, 5, 15, 5, tzinfo=UTC)  # noon in Bangkok, fiscal year 2569, third quarter
ROLL_UPS = (AreaMonth, ProducerMonth, ProvinceMix, ProvinceGroup)
LEDGER = (Account, Event, Transfer, Rebuild, MonthClose, *ROLL_UPS)
_number = count(1)


@dataclass(frozen=True)
class Terms:
    """What is frozen with each share beside its income, in ppm of it."""

    producer_discount: int = 0
    platform_discount: int = 0
    fee: int = 0
    fee_vat: int = 0

    def of(self, amount: int) -> dict[str, int]:
        return {f"{name}_satang": amount * ppm // money.PPM for name, ppm in vars(self).items()}


@dataclass(frozen=True)
class Part:
    """One order line of a producer: satang of income by village code."""

    producer: Producer
    amounts: dict[str, int]
    terms: Terms = Terms()
    otop_type: str = OtopType.TEXTILE
    programmes: tuple[str, ...] = ()
    product_id: int = 1
    quantity: int = 1
    buyer_province_code: str = ""


def make_order(number: str = "") -> Order:
    return Order.objects.create(
        number=number or f"L{next(_number):06}",
        currency="THB",
        total_incl_tax=Decimal(0),
        total_excl_tax=Decimal(0),
        date_placed=NOON,
    )


def make_line(order: Order, part: Part) -> list[LineOrigin]:
    """Return the frozen origins of a new line: one for each village."""
    (line,) = make_lines(order, [part])
    return freeze([(part, {"line": line})])


def make_lines(order: Order, parts: Sequence[Part]) -> list[Line]:
    prices = [money.to_baht(sum(part.amounts.values())) for part in parts]
    return Line.objects.bulk_create(
        Line(
            order=order,
            partner_id=part.producer.partner_id,
            partner_sku="x",
            title="ผ้าไหม",
            line_price_incl_tax=price,
            line_price_excl_tax=price,
            line_price_before_discounts_incl_tax=price,
            line_price_before_discounts_excl_tax=price,
            num_allocated=0,
        )
        for part, price in zip(parts, prices, strict=True)
    )


def freeze(parts: Iterable[tuple[Part, dict]], channel: str = "") -> list[LineOrigin]:
    """The origins of parts, each with the line or declared sale whose it is."""
    frozen = [(part, one) for part, whose in parts for one in _origins(part, whose, channel)]
    origins = LineOrigin.objects.bulk_create(origin for _part, origin in frozen)
    OriginGroup.objects.bulk_create(
        OriginGroup(origin=origin, kind="programme", code=code)
        for part, origin in frozen
        for code in part.programmes
    )
    return origins


def _origins(part: Part, whose: dict, channel: str) -> list[LineOrigin]:
    ppm = money.split_satang(money.PPM, [1] * len(part.amounts))
    return [
        LineOrigin(
            **whose,
            share_number=position,
            producer=part.producer,
            product_id=part.product_id,
            title_th="ผ้าไหม",
            village_code=code,
            village_name_th="บ้าน",
            tambon_code=code[:6],
            amphoe_code=code[:4],
            province_code=code[:2],
            income_kind="goods",
            otop_type=part.otop_type,
            quadrant="D",
            share_ppm=ppm[position - 1],
            quantity=part.quantity,
            amount_satang=amount,
            buyer_province_code=part.buyer_province_code,
            channel=channel,
            **part.terms.of(amount),
        )
        for position, (code, amount) in enumerate(part.amounts.items(), start=1)
    ]


def place(
    parts: Sequence[Part],
    delivery: dict[int, int] | None = None,
    at: datetime = NOON,
    homes: dict[int, str] | None = None,
) -> Sale:
    """Return the facts of a paid order, not yet in the ledger."""
    order = make_order()
    lines = zip(parts, make_lines(order, parts), strict=True)
    shares = tuple(share(one) for one in freeze((part, {"line": line}) for part, line in lines))
    homes = homes or dict(Producer.objects.values_list("pk", "home_village"))
    sending = tuple(SoldDelivery(pk, amount, homes[pk]) for pk, amount in (delivery or {}).items())
    paid = [one.paid_satang for one in shares] + [one.amount_satang for one in sending]
    return Sale(
        order_number=order.number,
        payment_reference=f"pi_{order.number}",
        occurred_at=at,
        captured_satang=sum(paid),
        shares=shares,
        delivery=sending,
    )


def share(origin: LineOrigin) -> SoldShare:
    """A frozen origin as the ledger is told of it."""
    return SoldShare(
        origin_id=origin.pk,
        line_id=origin.line_id,
        producer_id=origin.producer_id,
        village_code=origin.village_code,
        amount_satang=origin.amount_satang,
        producer_discount_satang=origin.producer_discount_satang,
        platform_discount_satang=origin.platform_discount_satang,
        fee_satang=origin.fee_satang,
        fee_vat_satang=origin.fee_vat_satang,
    )


def declare(part: Part, channel: str = "stall", at: datetime = NOON) -> DeclaredSaleFacts:
    """Return the facts of a declared sale, not yet in the ledger."""
    total = sum(part.amounts.values())
    sale = DeclaredSale.objects.create(
        producer=part.producer,
        title_th="ผ้าไหม",
        quantity=1,
        amount_satang=max(1, total),
        channel=channel,
        sold_on=at.date(),
        is_counted=False,
        form_token=f"form-{next(_number)}",
    )
    shares = tuple(share(one) for one in freeze([(part, {"declared_sale": sale})], channel))
    return DeclaredSaleFacts(str(sale.pk), channel, at, total, shares)


def declare_in(amounts: dict[str, int], producer: Producer, **facts) -> DeclaredSaleFacts:
    """Record a declared sale of one producer, shared by these villages."""
    sale = declare(Part(producer, amounts), **facts)
    with transaction.atomic():
        services.record_declared_sale(sale)
    return sale


def take_back(sale: DeclaredSaleFacts, at: datetime = NOON) -> Event:
    with transaction.atomic():
        return services.record_declared_reversal(DeclaredReversalFacts(sale.reference, at))


def sell(parts: Sequence[Part], delivery: dict[int, int] | None = None, at: datetime = NOON):
    """Place and record; return the facts and the event."""
    sale = place(parts, delivery, at)
    with transaction.atomic():
        return sale, services.record_sale(sale)


def sell_in(amounts: dict[str, int], at: datetime = NOON, producer: Producer | None = None) -> Sale:
    """One line of one producer, shared by these villages."""
    producer = producer or make_producer(make_village(next(iter(amounts))))
    return sell([Part(producer, amounts)], at=at)[0]


def refund(
    sale: Sale,
    lines: dict[int, int] | None = None,
    delivery: dict[int, int] | None = None,
    reference: str = "",
    at: datetime = NOON,
    **facts,
) -> Event:
    with transaction.atomic():
        return services.record_refund(
            SaleRefund(
                sale.order_number,
                reference or f"re_{next(_number):06}",
                at,
                lines or {},
                delivery or {},
                **facts,
            )
        )


def rows() -> dict[str, list]:
    """All rows of the ledger, to show that nothing changed."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in LEDGER}


def measures(village_code: str, month: date = date(2026, 5, 1)) -> dict[str, int]:
    """The measures of a village's month that are not zero, as the roll-up has them."""
    rows = AreaMonth.objects.filter(area_code=village_code, month=month)
    found = rows.values(*rollup.ROLL_UPS[0].measures).first() or {}
    return {name: value for name, value in found.items() if value}


def income(village_code: str, month: date = date(2026, 5, 1)) -> dict[str, int]:
    """Satang sold, refunded and declared in a village's month, where not zero."""
    names = {"sold_satang": "sale", "refunded_satang": "refund", "declared_satang": "declared"}
    found = measures(village_code, month)
    return {word: found[name] for name, word in names.items() if name in found}


def make_anew(month: date) -> None:
    """Ask for the roll-ups of a month, whether one is wrong or not."""
    with writing_roll_ups():
        Rebuild.objects.create(month=month.replace(day=1), differences=0)


def assert_whole() -> None:
    """The ledger is whole, and no quick look raised a false alarm, which costs the long way."""
    asked = []

    def keep(execute, sql, *rest):
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(keep):
        assert list(verification.verify()) == []
    long_ways = [sql for sql in asked if _LONG_WAY.search(sql)]
    assert len(long_ways) == (2 if connection.vendor == "sqlite" else 0)  # has no quick looks


_LONG_WAY = re.compile(
    r"sum\(sold_satang\) <> 0|SELECT t.id, t.event_id, coalesce|s.transfers <> e.transfer_count"
)
