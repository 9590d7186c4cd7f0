"""Everything that can happen to the ledger, in any order, beside a plain model of it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from marketplace.core.money import MoreThanRemaining
from marketplace.ledger import errors, services, verification
from marketplace.ledger.models import Account, Event, Transfer
from marketplace.provenance.models import LineOrigin
from tests.marketplace.ledger import rig
from tests.marketplace.ledger.provider import Provider
from tests.marketplace.ledger.recount import balances

CODES = ("50010811", "50010812", "34010105")
AMOUNTS = st.one_of(st.integers(0, 10), st.integers(1, 10**9), st.sampled_from([99, 101, 33_333]))
MOMENTS = st.datetimes(datetime(2026, 4, 30), datetime(2026, 6, 2), timezones=st.just(UTC))
SHARES = st.dictionaries(st.sampled_from(CODES), AMOUNTS, min_size=1)
TERMS = st.builds(
    rig.Terms,
    producer_discount=st.sampled_from([0, 50_000, 333_333]),
    platform_discount=st.sampled_from([0, 100_000, 999_999]),
    fee=st.sampled_from([0, 30_000, 77_777]),
    fee_vat=st.sampled_from([0, 2_100]),
)


class Crash(Exception):
    """The process dies just before its transaction is committed."""


class LedgerActs(RuleBasedStateMachine):
    """`producers` and `staff` (two people) are set before it runs."""

    producers: list = []
    staff: list = []

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.provider = Provider()
        self.sales = []  # (facts, event)
        self.refunds = []
        self.declared = []  # (facts, event), kept when taken back
        self.taken_back = {}  # reference -> event
        self.disputes = {}  # reference -> order number, while open
        self.payouts = []  # (facts, event)
        self.returned = set()  # (payout, producer)
        self.paid = {}  # (order, line or minus producer) -> satang the shopper could get back
        self.bank = 0
        self.numbers = 0
        self.earlier = {}
        self.origins = {}
        self.closed = {}

    def teardown(self):
        try:
            assert list(verification.verify()) == []
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    def number(self, word):
        self.numbers += 1
        return f"{word}_{self.numbers}"

    def do(self, act, crashes=False):
        """Do it; if it crashes, once before its transaction is committed, leaving nothing."""
        if crashes:
            before = self.counts()
            with pytest.raises(Crash), transaction.atomic():
                act()
                raise Crash
            assert self.counts() == before
        return act()

    def refused(self, error, act):
        before = self.counts()
        with pytest.raises(error), transaction.atomic():
            act()
        assert self.counts() == before

    def counts(self):
        return Event.objects.count(), Transfer.objects.count()

    # --- Sales and refunds ---

    @rule(
        lines=st.lists(st.tuples(st.integers(0, 1), SHARES, TERMS), min_size=1, max_size=3),
        delivery=st.dictionaries(st.integers(0, 1), AMOUNTS),
        at=MOMENTS,
        buyer=st.sampled_from(["", "10", "50"]),
        crashes=st.booleans(),
    )
    def sell(self, lines, delivery, at, buyer, crashes):
        parts = [
            rig.Part(
                *(self.producers[n], amounts, terms),
                programmes=("nawatwithi",) * (n == 0),
                buyer_province_code=buyer,
            )
            for n, amounts, terms in lines
        ]
        sending = {self.producers[n].pk: a for n, a in delivery.items()}
        sale = rig.place(parts, sending, at)
        if not any([*(s.price_satang for s in sale.shares), *sending.values()]):
            self.refused(errors.NothingToRecord, lambda: services.record_sale(sale))
            return
        event = self.do(lambda: services.record_sale(sale), crashes)
        self.sales.append((sale, event))
        self.provider.capture(sale.captured_satang)
        for share in sale.shares:
            key = (sale.order_number, share.line_id)
            self.paid[key] = self.paid.get(key, 0) + share.paid_satang
        for part in sale.delivery:
            self.paid[sale.order_number, -part.producer_id] = part.amount_satang

    @precondition(lambda self: self.sales)
    @rule(data=st.data(), at=MOMENTS)
    def sell_again(self, data, at):
        """5: a webhook, a browser's return and the reconciler tell the same, at other moments."""
        sale, event = data.draw(st.sampled_from(self.sales))
        before = self.counts()
        assert services.record_sale(replace(sale, occurred_at=at)) == event
        more = replace(sale, captured_satang=sale.captured_satang + 1)
        self.refused(errors.ContentDiffers, lambda: services.record_sale(more))
        other = replace(sale, payment_reference=f"{sale.payment_reference}-2")
        self.refused(errors.AlreadySold, lambda: services.record_sale(other))
        assert self.counts() == before

    @precondition(lambda self: self.paid)
    @rule(data=st.data(), at=MOMENTS, crashes=st.booleans())
    def refund(self, data, at, crashes):
        order, key = data.draw(st.sampled_from(sorted(self.paid)))
        left = self.paid[order, key]
        amount = data.draw(st.sampled_from(sorted({1, left, left // 2, left // 3 + 1, left + 1})))
        lines, delivery = ({key: amount}, {}) if key > 0 else ({}, {-key: amount})
        fact = services.SaleRefund(order, self.number("re"), at, lines, delivery)
        if amount > left:
            wanted = (MoreThanRemaining, errors.NoSuchSale)
            self.refused(wanted, lambda: services.record_refund(fact))
            return
        if amount == 0:
            return
        event = self.do(lambda: services.record_refund(fact), crashes)
        self.refunds.append((fact, event))
        self.paid[order, key] -= amount
        self.provider.pay_back(amount)

    @precondition(lambda self: self.refunds)
    @rule(data=st.data())
    def refund_again(self, data):
        fact, event = data.draw(st.sampled_from(self.refunds))
        assert services.record_refund(fact) == event
        doubled = {line: 2 * amount for line, amount in fact.lines.items()}
        other = replace(fact, lines=doubled, delivery={**fact.delivery, 0: 1})
        self.refused(errors.ContentDiffers, lambda: services.record_refund(other))

    # --- The payment provider ---

    @precondition(lambda self: self.sales)
    @rule(data=st.data(), at=MOMENTS, satang=st.integers(1, 10**6), passes=st.booleans())
    def take_gateway_fee(self, data, at, satang, passes):
        sale, _event = data.draw(st.sampled_from(self.sales))
        passed = frozenset(share.producer_id for share in sale.shares) if passes else frozenset()
        fee = services.GatewayFee(sale.order_number, self.number("txn"), at, satang, passed)
        event = services.record_gateway_fee(fee)
        assert services.record_gateway_fee(fee) == event
        assert event.total_satang == satang
        self.provider.pay_back(satang)

    @precondition(lambda self: self.sales)
    @rule(data=st.data(), at=MOMENTS, satang=st.integers(1, 10**9), fee=st.integers(0, 1_500))
    def open_dispute(self, data, at, satang, fee):
        sale, _event = data.draw(st.sampled_from(self.sales))
        fact = services.Dispute(sale.order_number, self.number("dp"), at, satang, fee)
        event = services.record_dispute(fact)
        assert services.record_dispute(fact) == event
        self.disputes[fact.reference] = sale.order_number
        self.provider.open_dispute(fact.reference, satang, fee)

    @precondition(lambda self: self.disputes)
    @rule(data=st.data(), at=MOMENTS, is_won=st.booleans(), blames=st.booleans())
    def end_dispute(self, data, at, is_won, blames):
        reference = data.draw(st.sampled_from(sorted(self.disputes)))
        order = self.disputes.pop(reference)
        whose = frozenset([self.producers[0].pk]) if blames else frozenset()
        fact = services.DisputeEnd(reference, at, is_won, whose)
        event = services.end_dispute(fact)
        assert services.end_dispute(fact) == event
        self.refused(
            errors.ContentDiffers, lambda: services.end_dispute(replace(fact, is_won=not is_won))
        )
        self.provider.end_dispute(reference, is_won)
        if not is_won:
            self.bear(order, event, whose)

    def bear(self, order, event, whose):
        """What the producers bear is no longer theirs to give back; the others lose nothing."""
        left = services.refundable(order)
        released = sum(
            event.transfers.filter(kind="dispute-released").values_list("amount_satang", flat=True)
        )
        gone = 0
        for (number, key), before in self.paid.items():
            if number == order:
                part = left.lines if key > 0 else left.delivery
                now = part.get(abs(key), 0)
                gone += before - now
                assert now == before or (-key in whose or self.makes(key, whose))
                self.paid[number, key] = now
        assert gone == released

    def makes(self, line, whose):
        return LineOrigin.objects.filter(line=line, producer__in=whose).exists()

    @rule(at=MOMENTS, satang=st.integers(1, 10**9), fails=st.booleans())
    def send_to_bank(self, at, satang, fails):
        reference = self.number("po")
        fact = {"reference": reference, "occurred_at": at}
        event = services.record_gateway_payout(**fact, amount_satang=satang)
        assert services.record_gateway_payout(**fact, amount_satang=satang) == event
        if fails:
            services.record_gateway_payout_return(**fact)
            return
        self.provider.pay_back(satang)
        self.bank += satang

    # --- Producers ---

    @rule(at=MOMENTS, who=st.integers(0, 1), share=st.sampled_from([1, 2, 3]))
    def pay_out(self, at, who, share):
        """11: never more than is owed."""
        producer = self.producers[who]
        owed = self.owed(producer, "producer.payable")
        sending = self.owed(producer, "delivery.payable")
        goods, delivery = max(0, owed) // share, max(0, sending) // share
        part = services.PayoutPart(producer.pk, goods, delivery, producer.home_village_id)
        fact = services.Payout(self.number("batch"), at, (part,))
        more = replace(fact, parts=(replace(part, goods_satang=max(0, owed) + 1),))
        self.refused(errors.MoreThanOwed, lambda: services.record_payout(more))
        if goods + delivery == 0:
            return
        event = services.record_payout(fact)
        assert services.record_payout(fact) == event
        self.payouts.append((fact, event))
        self.bank -= goods + delivery
        assert self.owed(producer, "producer.payable") == owed - goods

    def owed(self, producer, kind):
        accounts = Account.objects.filter(kind=kind, producer=producer)
        return -sum(balances().get(code, 0) for code in accounts.values_list("code", flat=True))

    @precondition(lambda self: self.payouts)
    @rule(data=st.data(), at=MOMENTS)
    def return_payout(self, data, at):
        fact, event = data.draw(st.sampled_from(self.payouts))
        part = fact.parts[0]
        back = services.PayoutReturn(fact.reference, part.producer_id, self.number("back"), at)
        if fact.reference in self.returned:
            self.refused(errors.NoSuchPayout, lambda: services.record_payout_return(back))
            return
        returned = services.record_payout_return(back)
        assert returned.total_satang == event.total_satang
        self.returned.add(fact.reference)
        self.bank += event.total_satang

    @rule(at=MOMENTS, who=st.integers(0, 1), satang=st.integers(-(10**6), 10**6))
    def adjust(self, at, who, satang):
        producer, (one, another) = self.producers[who], self.staff
        fact = services.Adjustment(
            *(self.number("adj"), producer.pk, producer.home_village_id, satang, at, "why"),
            proposed_by_id=one.pk,
            approved_by_id=another.pk,
        )
        alone = replace(fact, approved_by_id=one.pk)
        self.refused(errors.OneByOneself, lambda: services.record_adjustment(alone))
        if satang:
            assert services.record_adjustment(fact).total_satang == abs(satang)

    @precondition(lambda self: self.sales)
    @rule(data=st.data(), at=MOMENTS, there=st.sampled_from(CODES))
    def move(self, data, at, there):
        """9: what leaves one village arrives in the other, and nothing else changes."""
        sale, _event = data.draw(st.sampled_from(self.sales))
        share = data.draw(st.sampled_from(sale.shares))
        one, another = self.staff
        fact = services.Reclassification(
            *(self.number("move"), sale.order_number, share.line_id, share.village_code, there),
            *(at, "why", one.pk, another.pk),
        )
        before, left = balances(), services.refundable(sale.order_number)
        try:
            with transaction.atomic():
                services.record_reclassification(fact)
        except errors.NothingToMove:
            pass
        assert balances() == before
        assert services.refundable(sale.order_number) == left

    # --- Declared elsewhere ---

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
        event = self.do(lambda: services.record_declared_sale(sale), crashes)
        assert (event.total_satang, event.channel) == (sale.amount_satang, channel)
        self.declared.append((sale, event))

    @precondition(lambda self: self.declared)
    @rule(data=st.data(), at=MOMENTS, crashes=st.booleans())
    def take_back(self, data, at, crashes):
        sale, event = data.draw(st.sampled_from(self.declared))
        assert services.record_declared_sale(replace(sale, occurred_at=at)) == event
        channel = "fair" if sale.channel == "stall" else "stall"
        other = replace(sale, channel=channel)
        self.refused(errors.ContentDiffers, lambda: services.record_declared_sale(other))
        fact = services.DeclaredReversalFacts(sale.reference, at)
        back = self.do(lambda: services.record_declared_reversal(fact), crashes)
        assert (back.total_satang, back.channel) == (event.total_satang, event.channel)
        assert self.taken_back.setdefault(sale.reference, back) == back

    # --- The books ---

    @rule(month=st.sampled_from([4, 5, 6]))
    def close(self, month):
        day = datetime(2026, month, 15, tzinfo=UTC).date()
        try:
            with transaction.atomic():
                close = services.close_month(day)
        except (errors.AlreadyClosed, errors.MonthsBeforeOpen):
            return
        self.closed[close.month] = close.totals_hash

    @rule(at=MOMENTS)
    def rebuild(self, at):
        assert services.rebuild_month(at.date()) == []

    @rule()
    def seal(self):
        services.seal_events()
        assert services.seal_events() == 0
