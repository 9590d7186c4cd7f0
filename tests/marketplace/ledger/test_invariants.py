"""Whatever happens in whatever order, the invariants of the ledger hold after each step."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from marketplace.core import thai
from marketplace.core.money import MoreThanRemaining
from marketplace.ledger import errors, rollup, services, verification
from marketplace.ledger.models import Event, Transfer, VillageMonth
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig

CODES = ("50010811", "50010812", "34010105")
AMOUNTS = st.one_of(st.integers(0, 10), st.integers(1, 10**9), st.sampled_from([99, 101, 33_333]))
MOMENTS = st.datetimes(datetime(2026, 4, 30), datetime(2026, 6, 2), timezones=st.just(UTC))
SHARES = st.dictionaries(st.sampled_from(CODES), AMOUNTS, min_size=1)


class Crash(Exception):
    """The process dies just before its transaction is committed."""


class Ledger(RuleBasedStateMachine):
    """A plain model of sold and refunded satang beside the true ledger."""

    producers: list = []

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.sales = []
        self.refunds = []
        self.declared = []  # (facts, event), kept when taken back
        self.taken_back = {}  # reference -> event
        self.left = {}  # (order, line) -> satang; (order, -producer) for delivery
        self.sold = Counter()  # (month, village, kind) -> satang
        self.earlier = {}

    def teardown(self):
        try:
            assert list(verification.verify()) == []
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    # --- Acts ---

    @rule(
        lines=st.lists(st.tuples(st.integers(0, 1), SHARES), min_size=1, max_size=3),
        delivery=st.dictionaries(st.integers(0, 1), AMOUNTS),
        at=MOMENTS,
        crashes=st.booleans(),
    )
    def sell(self, lines, delivery, at, crashes):
        parts = [rig.Part(self.producers[n], amounts) for n, amounts in lines]
        sale = rig.place(parts, {self.producers[n].pk: a for n, a in delivery.items()}, at)
        if sale.captured_satang == 0:
            self.refused(errors.NothingToRecord, lambda: services.record_sale(sale))
            return
        if crashes:
            self.crash(lambda: services.record_sale(sale))
        event = services.record_sale(sale)
        assert event.total_satang == sale.captured_satang
        self.sales.append((sale, event))
        self.remember(sale, at)

    def remember(self, sale, at):
        month = rollup.first_of_month(thai.bangkok_day(at))
        for share in sale.shares:
            if share.amount_satang:
                key = (sale.order_number, share.line_id)
                self.left[key] = self.left.get(key, 0) + share.amount_satang
                self.sold[month, share.village_code, "sale"] += share.amount_satang
        for part in sale.delivery:
            if part.amount_satang:
                self.left[sale.order_number, -part.producer_id] = part.amount_satang

    @precondition(lambda self: self.sales)
    @rule(data=st.data(), at=MOMENTS)
    def sell_again(self, data, at):
        """A webhook, a browser's return and the reconciler tell the same, at other moments."""
        sale, event = data.draw(st.sampled_from(self.sales))
        assert services.record_sale(replace(sale, occurred_at=at)) == event

    @precondition(lambda self: self.sales)
    @rule(data=st.data())
    def sell_otherwise(self, data):
        sale, _event = data.draw(st.sampled_from(self.sales))
        more = replace(sale, captured_satang=sale.captured_satang + 1)
        self.refused(errors.ContentDiffers, lambda: services.record_sale(more))
        other = replace(sale, payment_reference=f"{sale.payment_reference}-2")
        self.refused(errors.AlreadySold, lambda: services.record_sale(other))

    @precondition(lambda self: self.left)
    @rule(data=st.data(), at=MOMENTS, crashes=st.booleans())
    def refund(self, data, at, crashes):
        order, key = data.draw(st.sampled_from(sorted(self.left)))
        left = self.left[order, key]
        amount = data.draw(st.sampled_from(sorted({1, left, left // 2, left // 3 + 1, left + 1})))
        fact = self.fact(order, key, amount, at)
        if amount == 0:
            return
        if amount > left:
            self.refused(MoreThanRemaining, lambda: services.record_refund(fact))
            return
        if crashes:
            self.crash(lambda: services.record_refund(fact))
        event = services.record_refund(fact)
        self.refunds.append((fact, event))
        self.left[order, key] -= amount
        for back in event.transfers.exclude(village_code=""):
            month = rollup.first_of_month(event.day)
            self.sold[month, back.village_code, "refund"] += back.amount_satang

    def fact(self, order, key, amount, at):
        reference = f"re_{len(self.refunds)}_{order}"
        lines, delivery = ({key: amount}, {}) if key > 0 else ({}, {-key: amount})
        return services.SaleRefund(order, reference, at, lines, delivery)

    @precondition(lambda self: self.refunds)
    @rule(data=st.data())
    def refund_again(self, data):
        fact, event = data.draw(st.sampled_from(self.refunds))
        assert services.record_refund(fact) == event
        doubled = {line: 2 * amount for line, amount in fact.lines.items()}
        other = replace(fact, lines=doubled, delivery={**fact.delivery, 0: 1})
        self.refused(errors.ContentDiffers, lambda: services.record_refund(other))

    @rule(
        producer=st.integers(0, 1),
        amounts=SHARES,
        channel=st.sampled_from(Event.Channel.values),
        at=MOMENTS,
        crashes=st.booleans(),
    )
    def declare(self, producer, amounts, channel, at, crashes):
        sale = rig.declare(rig.Part(self.producers[producer], amounts), channel, at)
        if sale.amount_satang == 0:
            self.refused(errors.NothingToRecord, lambda: services.record_declared_sale(sale))
            return
        if crashes:
            self.crash(lambda: services.record_declared_sale(sale))
        event = services.record_declared_sale(sale)
        assert (event.total_satang, event.channel) == (sale.amount_satang, channel)
        self.declared.append((sale, event))
        for code, amount in amounts.items():
            if amount:
                self.sold[self.month_of(event), code, "declared"] += amount

    @precondition(lambda self: self.declared)
    @rule(data=st.data(), at=MOMENTS)
    def declare_again(self, data, at):
        sale, event = data.draw(st.sampled_from(self.declared))
        assert services.record_declared_sale(replace(sale, occurred_at=at)) == event
        channel = "fair" if sale.channel == "stall" else "stall"
        other = replace(sale, channel=channel)
        self.refused(errors.ContentDiffers, lambda: services.record_declared_sale(other))

    @precondition(lambda self: self.declared)
    @rule(data=st.data(), at=MOMENTS, crashes=st.booleans())
    def take_back(self, data, at, crashes):
        sale, event = data.draw(st.sampled_from(self.declared))
        fact = services.DeclaredReversalFacts(sale.reference, at)
        if sale.reference in self.taken_back:
            earlier = self.taken_back[sale.reference]
            assert services.record_declared_reversal(fact) == earlier
            return
        if crashes:
            self.crash(lambda: services.record_declared_reversal(fact))
        back = services.record_declared_reversal(fact)
        assert (back.total_satang, back.channel) == (event.total_satang, event.channel)
        self.taken_back[sale.reference] = back
        for part in back.transfers.all():
            self.sold[self.month_of(back), part.village_code, "declared-reversal"] += (
                part.amount_satang
            )

    def month_of(self, event):
        return rollup.first_of_month(event.day)

    @rule(at=MOMENTS)
    def rebuild(self, at):
        assert services.rebuild_month(at.date()) == []

    def crash(self, act):
        with pytest.raises(Crash), transaction.atomic():
            act()
            raise Crash

    def refused(self, error, act):
        count = Event.objects.count(), Transfer.objects.count()
        with pytest.raises(error), transaction.atomic():
            act()
        assert (Event.objects.count(), Transfer.objects.count()) == count

    # --- What always holds ---

    @invariant()
    def no_row_changes_or_goes(self):
        now = {
            (model.__name__, row["id"]): row
            for model in (Event, Transfer)
            for row in model.objects.values()
        }
        assert self.earlier.items() <= now.items()
        self.earlier = now

    @invariant()
    def roll_up_is_the_model(self):
        rows = VillageMonth.objects.values_list("month", "village_code", "kind", "amount_satang")
        assert {tuple(row[:3]): row[3] for row in rows} == dict(self.sold)

    @invariant()
    def what_is_left_is_the_model(self):
        for sale, _event in self.sales[-2:]:
            left = services.refundable(sale.order_number)
            for (order, key), amount in self.left.items():
                if order == sale.order_number:
                    part = left.lines if key > 0 else left.delivery
                    assert part[abs(key)] == amount >= 0

    @invariant()
    def clearing_holds_what_was_captured_less_what_was_paid_back(self):
        captured = sum(sale.captured_satang for sale, _event in self.sales)
        back = sum(event.total_satang for _fact, event in self.refunds)
        assert sum(self.left.values()) == captured - back

    @invariant()
    def declared_money_never_meets_money_of_this_site(self):
        told = sum(event.total_satang for _sale, event in self.declared)
        back = sum(event.total_satang for event in self.taken_back.values())
        sums = balance()
        assert sums.get("declared.elsewhere", 0) == told - back
        mine = [sums[code] for code in sums if code.startswith("producer.declared")]
        assert sum(mine) == back - told
        captured = sum(sale.captured_satang for sale, _event in self.sales)
        paid_back = sum(event.total_satang for _fact, event in self.refunds)
        assert sums.get("gateway.clearing", 0) == captured - paid_back


SMALL = settings(
    max_examples=12,
    stateful_step_count=24,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


def test_the_invariants_hold_after_every_step(db):
    Ledger.producers = [make_producer(make_village(code, f"บ้าน {code}")) for code in CODES[1:]]
    make_village(CODES[0])

    run_state_machine_as_test(Ledger, settings=SMALL)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_in_which_facts_arrive_changes_no_balance(db, seed):
    random = Random(seed)
    weavers = make_producer(make_village(CODES[0]))
    make_village(CODES[1], "บ้านแม่")
    sales = [
        rig.place([rig.Part(weavers, {CODES[0]: 5 * n, CODES[1]: 3})], {weavers.pk: n})
        for n in range(1, 6)
    ]
    refunds = [
        services.SaleRefund(s.order_number, f"re_{s.order_number}", rig.NOON, {line(s): 4})
        for s in sales
    ]
    balances = []
    for _ in range(3):
        random.shuffle(sales)
        random.shuffle(refunds)
        with transaction.atomic():
            for sale in sales:
                services.record_sale(sale)
            for fact in refunds:
                services.record_refund(fact)
            balances.append(balance())
            transaction.set_rollback(True)

    assert balances[0] == balances[1] == balances[2]
    assert sum(balances[0].values()) == 0


def line(sale):
    return sale.shares[0].line_id


def balance():
    """Debits less credits of every account."""
    sums = Counter()
    for debit, credit, satang in Transfer.objects.values_list(
        "debit__code", "credit__code", "amount_satang"
    ):
        sums[debit] += satang
        sums[credit] -= satang
    return dict(sums)
