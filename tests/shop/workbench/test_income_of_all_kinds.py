"""Whatever moves money for a producer, its months add up to what the ledger owes it."""

import csv
import io
import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum
from django.urls import reverse

from marketplace.core import thai
from marketplace.ledger import services as ledger
from marketplace.ledger.kinds import SIDES, AccountKind
from marketplace.ledger.models import Account, Transfer
from marketplace.ledger.periods import month_period
from marketplace.ledger.services.posting import balance_of
from shop.order.utils import OrderCreator
from shop.workbench.queries import income
from shop.workbench.queries.owed import PARTS, Sums
from tests.factories import (
    give_back,
    make_member,
    make_producer,
    make_product,
    make_user,
    make_village,
    pay,
    place_order,
)
from tests.shop.fees.rules import make_rule

pytestmark = pytest.mark.django_db

OWED = (AccountKind.PRODUCER_PAYABLE, AccountKind.DELIVERY_PAYABLE)
FIRST = datetime(2026, 9, 1, 3, tzinfo=UTC)
TODAY = datetime(2026, 11, 22, 5, tzinfo=UTC)
HERE, THERE, ELSEWHERE = "50010811", "50010812", "50010813"


@pytest.fixture(autouse=True)
def _november(monkeypatch):
    monkeypatch.setattr(thai, "today", lambda: TODAY.date())


@pytest.fixture
def _all_is_cheaper(monkeypatch):
    """Every line costs 10.01 baht less than its makers wanted at first."""
    write = OrderCreator.create_line_models

    def write_cheaper(self, order, basket_line, extra=None):
        line = write(self, order, basket_line, extra)
        line.line_price_before_discounts_incl_tax = line.line_price_incl_tax + Decimal("10.01")
        line.save(update_fields=["line_price_before_discounts_incl_tax"])
        return line

    monkeypatch.setattr(OrderCreator, "create_line_models", write_cheaper)


class Bookkeeper:
    """Lets a producer earn, and everything else happen to its money, at random."""

    def __init__(self, seed: int) -> None:
        self.random, self.number = random.Random(seed), 0
        self.people = make_user(), make_user()
        villages = [make_village(code, f"บ้าน {code}") for code in (HERE, THERE, ELSEWHERE)]
        self.producer, other = make_producer(villages[0]), make_producer(villages[1])
        shares = {HERE: 333_333, THERE: 666_667}
        self.things = [
            make_product(self.producer, price_baht="333.35", stock=None, shares=shares, **to_order),
            make_product(self.producer, price_baht="99.99", stock=None, **to_order),
            make_product(other, price_baht="777", stock=None, **to_order),
        ]
        self.orders, self.paid = [], []
        make_rule("ผ้าแพง", 9, price_from_satang=20_000, min_satang=777, passes_gateway_fee=True)
        make_rule("ทั่วไป", 3, fixed_satang=101)

    def live(self, steps: int) -> None:
        acts = [self.sell] * 5 + [self.refund] * 3
        acts += [self.gateway_fee, self.adjust, self.pay_out, self.bring_back]
        acts += [self.dispute, self.move]
        self.sell()
        for _ in range(steps):
            self.number += 1
            self.random.choice(acts)()

    def when(self) -> datetime:
        return FIRST + timedelta(minutes=self.random.randrange(82 * 24 * 60))

    def sell(self) -> None:
        chosen = [(thing, self.random.randint(1, 3)) for thing in self.things]
        placement = place_order(*chosen, form_token=f"n{self.number}-{len(self.orders)}")
        pay(placement, at=self.when())
        self.orders.append(placement)

    def any_order(self):
        return self.random.choice(self.orders)

    def refund(self) -> None:
        placement = self.any_order()
        left = ledger.refundable(placement.order.number)
        open_lines = [(line, most) for line, most in left.lines.items() if most]
        if open_lines:
            line, most = self.random.choice(open_lines)
            amount = self.random.choice([most, self.random.randint(1, most)])
            give_back(placement, lines={line: amount}, at=self.when())

    def gateway_fee(self) -> None:
        ledger.record_gateway_fee(
            ledger.GatewayFee(
                order_number=self.any_order().order.number,
                reference=f"txn{self.number}",
                occurred_at=self.when(),
                amount_satang=self.random.randint(1, 5_000),
                passed_on=frozenset({self.producer.pk}),
            )
        )

    def adjust(self) -> None:
        proposed, approved = self.people
        ledger.record_adjustment(
            ledger.Adjustment(
                reference=f"adjustment{self.number}",
                producer_id=self.producer.pk,
                village_code=HERE,
                amount_satang=self.random.choice([-1, 1]) * self.random.randint(1, 9_999),
                occurred_at=self.when(),
                reason="ชดเชยค่าส่ง",
                proposed_by_id=proposed.pk,
                approved_by_id=approved.pk,
            )
        )

    def pay_out(self) -> None:
        owed = {kind: max(0, balance(self.producer, kind)) for kind in OWED}
        goods, delivery = (self.random.randint(0, owed[kind]) for kind in OWED)
        if goods + delivery:
            self.paid.append(f"batch{self.number}")
            part = ledger.PayoutPart(self.producer.pk, goods, delivery, HERE)
            ledger.record_payout(ledger.Payout(self.paid[-1], self.when(), (part,)))

    def bring_back(self) -> None:
        if self.paid:
            ledger.record_payout_return(
                ledger.PayoutReturn(
                    payout_reference=self.paid.pop(),
                    producer_id=self.producer.pk,
                    reference=f"back{self.number}",
                    occurred_at=self.when(),
                )
            )

    def dispute(self) -> None:
        reference, at = f"dp{self.number}", self.when()
        ledger.record_dispute(
            ledger.Dispute(self.any_order().order.number, reference, at, 20_000, 1_500)
        )
        borne_by = frozenset({self.producer.pk})
        is_won = self.random.random() < 0.3
        ledger.end_dispute(ledger.DisputeEnd(reference, at, is_won, borne_by))

    def move(self) -> None:
        placement = self.any_order()
        line = placement.order.lines.get(product=self.things[0].product_id)
        left = ledger.refundable(placement.order.number).lines.get(line.pk)
        moved = Transfer.objects.filter(line_id=line.pk, village_code=ELSEWHERE)
        if left and not moved.exists():
            ledger.record_reclassification(
                ledger.Reclassification(
                    reference=f"move{self.number}",
                    order_number=placement.order.number,
                    line_id=line.pk,
                    from_village_code=THERE,
                    to_village_code=ELSEWHERE,
                    occurred_at=self.when(),
                    reason="อยู่อีกหมู่บ้าน",
                    proposed_by_id=self.people[0].pk,
                    approved_by_id=self.people[1].pk,
                )
            )


to_order = {"stock_kind": "made_to_order", "lead_days": 3}


def balance(producer, kind) -> int:
    account = Account.objects.filter(kind=kind, producer=producer).first()
    return balance_of(account) if account else 0


def moved_in(producer, period) -> int:
    """What the accounts owed to the producer moved by, straight from the ledger."""
    ours = Transfer.objects.filter(day__range=(period.first, period.last))
    total = Sum("amount_satang", default=0)
    accounts = Account.objects.filter(producer=producer, kind__in=OWED)
    credited = ours.filter(credit__in=accounts).aggregate(total=total)["total"]
    return credited - ours.filter(debit__in=accounts).aggregate(total=total)["total"]


@pytest.mark.usefixtures("_all_is_cheaper")
@pytest.mark.parametrize("seed", range(8))
def test_months_and_pages_add_up_to_the_accounts(seed):
    books = Bookkeeper(seed)
    books.live(steps=40)
    producer = books.producer

    months = income.months_of(producer)

    assert sum(month.owed_satang for month in months) == sum(balance(producer, k) for k in OWED)
    for month in months:
        assert month.owed_satang == moved_in(producer, month.period), month.period.key
        assert month == income.month_of(producer, month.period)
        paid = sum(one.amount_satang for one in income.payouts_of(producer, month.period))
        assert paid == month.sums.paid_out_satang == month.net_satang - month.owed_satang
        page = income.entries_of(producer, month.period)
        assert sum(entry.sums.net_satang for entry in page.rows) == month.net_satang
        assert not any(entry.sums.paid_out_satang for entry in page.rows)
        back = [one.sums for one in page.rows if one.kind in ("refund", "dispute-lost")]
        assert month.back_satang == -sum(one.goods_satang + one.delivery_satang for one in back)
    entries = [one for month in months for one in income.all_entries(producer, month.period)]
    total = sum((entry.sums for entry in entries), Sums())
    assert total.owed_satang == sum(month.owed_satang for month in months)
    for placement in books.orders:
        number = placement.order.number
        told = [entry.sums.net_satang for entry in entries if entry.order_number == number]
        assert income.sums_of_order(producer, number).net_satang == sum(told)


def test_every_transfer_that_changes_what_a_producer_is_owed_is_told_and_with_its_sign():
    signs = {
        kind: (sides[0][1] in OWED) - (sides[0][0] in OWED)
        for kind, sides in SIDES.items()
        if set(sides[0]) & set(OWED)
    }

    assert {kind: Sums().plus(kind, 1).owed_satang for kind in PARTS} == signs


def test_page_and_file_show_each_fee_correction_and_payout(client):
    books = Bookkeeper(0)
    make_rule("ไม่ถึง", otop_type="food")
    placement = place_order((books.things[0], 1), form_token="one")
    pay(placement, at=TODAY)
    books.orders = [placement]
    books.when = lambda: TODAY
    books.random.randint = lambda low, high: min(high, 5_000)
    books.random.choice = lambda sequence: sequence[0]
    for act in (books.gateway_fee, books.adjust, books.pay_out):
        act()
    client.force_login(make_member(books.producer, "finance").user)

    page = client.get(
        reverse("workbench:income-month", args=[books.producer.pk, "2026-11"])
    ).content.decode()
    answer = client.get(reverse("workbench:income-csv", args=[books.producer.pk, "2026-11"]))

    # 333.35 baht: 9 % and 7 % VAT on it, 50 baht of payment fee less the part of the delivery.
    month = income.month_of(books.producer, month_period(TODAY.date()))
    assert (month.sums.fee_satang, month.sums.fee_vat_satang) == (3_000, 210)
    assert 4_000 < month.sums.gateway_fee_satang < 5_000
    assert month.sums.adjustment_satang == -5_000
    assert month.sums.paid_out_satang == 5_000 + 4_000  # goods, and all of the delivery
    assert month.owed_satang == moved_in(books.producer, month.period)
    for words in ("−฿30", "−฿2.10", "−฿50", "ชดเชยค่าส่ง", "batch0"):
        assert words in page, words
    _header, *rows, total = csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig")))
    net, paid = Decimal(total[-2]) * 100, Decimal(total[-1]) * 100
    assert (net, paid) == (month.net_satang, month.sums.paid_out_satang)
    assert sum(Decimal(row[-2]) - Decimal(row[-1]) for row in rows) * 100 == month.owed_satang


def test_only_who_may_see_money_reads_what_an_order_brings(client):
    make_rule(percent=10)
    producer = make_producer(make_village(HERE))
    placement = place_order(make_product(producer, price_baht="200"))
    pay(placement, at=TODAY)
    url = reverse("workbench:orders-parcel", args=[producer.pk, placement.order.parcels.get().pk])

    pages = {}
    for role in ("owner", "packer"):
        client.force_login(make_member(producer, role).user)
        pages[role] = client.get(url).content.decode()

    net = income.sums_of_order(producer, placement.order.number).net_satang
    assert net == 20_000 - 2_000 - 140 + placement.order.parcels.get().fee_satang
    figure = f"฿{net // 100:,}.{net % 100:02}"
    assert figure in pages["owner"] and "−฿20" in pages["owner"]
    assert figure not in pages["packer"] and "−฿20" not in pages["packer"]
