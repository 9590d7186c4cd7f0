"""Producers: paid by the bank, corrected by two people; and income that belongs elsewhere."""

from contextlib import suppress
from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from marketplace.ledger import errors, services
from tests.marketplace.ledger.machine import invariants
from tests.marketplace.ledger.machine.selling import Selling
from tests.marketplace.ledger.machine.walk import MOMENTS, PICK, chosen
from tests.marketplace.ledger.machine.world import CODES


class PayingOut(Selling):
    def __init__(self):
        super().__init__()
        self.payouts = []  # (facts, event)
        self.returned = set()  # payouts

    @rule(at=MOMENTS, who=st.integers(0, 1), share=st.sampled_from([1, 2, 3]))
    def pay_out(self, at, who, share):
        """Never more than is owed (number 11), and nothing while the producer owes us."""
        producer = self.producers[who]
        owed, sending = self.owed(producer, "producer"), self.owed(producer, "delivery")
        goods, delivery = max(0, owed) // share, max(0, sending) // share
        part = services.PayoutPart(producer.pk, goods, delivery, self.homes[producer.pk])
        fact = services.Payout(self.number("batch"), at, (part,))
        for more in (
            replace(part, goods_satang=max(0, owed) + 1),
            replace(part, delivery_satang=max(0, sending) + 1),
        ):
            too_much = replace(fact, parts=(more,))
            invariants.invariant_11_more_than_is_owed_is_refused(self, too_much)
        if goods + delivery:
            event = self.record(services.record_payout, fact, too_much)
            assert event.total_satang == goods + delivery
            self.payouts.append((fact, event))
            self.bank -= goods + delivery

    def owed(self, producer, what):
        return -self.book.balances[f"{what}.payable:{producer.pk}"]

    @precondition(lambda self: self.payouts)
    @rule(pick=PICK, at=MOMENTS)
    def return_payout(self, pick, at):
        fact, event = chosen(self.payouts, pick)
        part = fact.parts[0]
        back = services.PayoutReturn(fact.reference, part.producer_id, self.number("back"), at)
        if fact.reference in self.returned:
            invariants.invariant_09_nothing_comes_back_twice(self, back)
            return
        other = replace(back, producer_id=0)
        returned = self.record(services.record_payout_return, back, other)
        assert returned.total_satang == event.total_satang
        self.returned.add(fact.reference)
        self.bank += event.total_satang

    @rule(at=MOMENTS, who=st.integers(0, 1), satang=st.integers(-(10**6), 10**6))
    def adjust(self, at, who, satang):
        producer, (one, another) = self.producers[who], self.staff
        fact = services.Adjustment(
            *(self.number("adj"), producer.pk, self.homes[producer.pk], satang, at, "why"),
            proposed_by_id=one.pk,
            approved_by_id=another.pk,
        )
        alone = replace(fact, approved_by_id=one.pk)
        self.refused(errors.OneByOneself, services.record_adjustment, alone)
        if satang:
            other = replace(fact, amount_satang=satang + (1 if satang > 0 else -1))
            event = self.record(services.record_adjustment, fact, other)
            assert event.total_satang == abs(satang)

    @precondition(lambda self: self.sales)
    @rule(pick=PICK, share=PICK, at=MOMENTS, there=st.sampled_from(CODES))
    def move(self, pick, share, at, there):
        """What leaves one village arrives in the other, and nothing else changes."""
        sale = chosen(self.sales, pick)
        if not sale.shares:
            return
        share, (one, another) = chosen(sale.shares, share), self.staff
        fact = services.Reclassification(
            *(self.number("move"), sale.order_number, share.line_id, share.village_code, there),
            *(at, "why", one.pk, another.pk),
        )
        left = services.refundable(sale.order_number)
        other = replace(fact, to_village_code="10010101")
        with suppress(errors.NothingToMove):
            self.record(services.record_reclassification, fact, other)
        assert services.refundable(sale.order_number) == left
