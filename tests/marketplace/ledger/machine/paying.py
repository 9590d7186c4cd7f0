"""The payment provider: what it keeps, takes back for a while, and sends to our bank."""

from dataclasses import dataclass, replace
from datetime import datetime

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from marketplace.ledger import services
from tests.marketplace.ledger.machine import invariants
from tests.marketplace.ledger.machine.selling import Selling
from tests.marketplace.ledger.machine.walk import MOMENTS, PICK, chosen


@dataclass(frozen=True)
class ToBank:
    reference: str
    occurred_at: datetime
    amount_satang: int = 0


def send_to_bank(fact):
    return services.record_gateway_payout(**vars(fact))


def fail_to_send(fact):
    return services.record_gateway_payout_return(
        reference=fact.reference, occurred_at=fact.occurred_at
    )


class Paying(Selling):
    def __init__(self):
        super().__init__()
        self.disputes = {}  # reference -> order number, while open

    @precondition(lambda self: self.sales)
    @rule(pick=PICK, at=MOMENTS, satang=st.integers(1, 10**6), passes=st.booleans())
    def take_gateway_fee(self, pick, at, satang, passes):
        sale = chosen(self.sales, pick)
        passed = frozenset(share.producer_id for share in sale.shares) if passes else frozenset()
        fee = services.GatewayFee(sale.order_number, self.number("txn"), at, satang, passed)
        other = replace(fee, amount_satang=satang + 1)
        assert self.record(services.record_gateway_fee, fee, other).total_satang == satang
        self.provider.pay_back(satang)

    @precondition(lambda self: self.sales)
    @rule(pick=PICK, at=MOMENTS, satang=st.integers(1, 10**9), fee=st.integers(0, 1_500))
    def open_dispute(self, pick, at, satang, fee):
        order = chosen(self.sales, pick).order_number
        fact = services.Dispute(order, self.number("dp"), at, satang, fee)
        self.record(services.record_dispute, fact, replace(fact, fee_satang=fee + 1))
        self.disputes[fact.reference] = order
        self.provider.open_dispute(fact.reference, satang, fee)

    @precondition(lambda self: self.disputes)
    @rule(pick=PICK, at=MOMENTS, is_won=st.booleans(), blames=st.booleans())
    def end_dispute(self, pick, at, is_won, blames):
        reference = chosen(list(self.disputes), pick)
        order = self.disputes.pop(reference)
        whose = frozenset([self.producers[0].pk]) if blames else frozenset()
        fact = services.DisputeEnd(reference, at, is_won, whose)
        event = self.record(services.end_dispute, fact, replace(fact, is_won=not is_won))
        self.provider.end_dispute(reference, is_won)
        if not is_won:
            self.bear(order, event, whose)

    def bear(self, order, event, whose):
        """What the producers bear is no longer theirs to give back; the others lose nothing."""
        left = services.refundable(order)
        released = sum(
            event.transfers.filter(kind="dispute-released").values_list("amount_satang", flat=True)
        )
        maker = {share.line_id: share.producer_id for share in self.sold[order].shares}
        gone = 0
        for (number, key), before in self.paid.items():
            if number == order:
                part = left.lines if key > 0 else left.delivery
                now = part.get(abs(key), 0)
                gone += before - now
                assert now == before or maker.get(key, -key) in whose
                self.paid[number, key] = now
        assert gone == released

    @rule(at=MOMENTS, satang=st.integers(1, 10**9), fails=st.booleans())
    def send_to_bank(self, at, satang, fails):
        fact = ToBank(self.number("po"), at, satang)
        self.record(send_to_bank, fact, replace(fact, amount_satang=satang + 1))
        if fails:
            self.record(fail_to_send, fact)
            return
        self.provider.pay_back(satang)
        self.bank += satang

    @precondition(lambda self: self.sales)
    @rule(
        pick=PICK,
        at=MOMENTS,
        satang=st.integers(1, 10**6),
        came=st.permutations(range(5)),
    )
    def hear_in_another_order(self, pick, at, satang, came):
        """The provider's news of one order, as they were sent and as they came."""
        sale = chosen(self.sales, pick)
        order, passed = sale.order_number, frozenset([self.producers[0].pk])
        news = [
            (services.record_gateway_fee, services.GatewayFee(order, "txn", at, satang, passed)),
            (services.record_dispute, services.Dispute(order, "dp", at, satang, 15)),
            (send_to_bank, ToBank("po", at, satang)),
            *self._two_refunds(sale, at),
        ]
        as_it_came = [news[n] for n in came if n < len(news)]
        invariants.invariant_13_any_order_of_news_ends_alike(self, [news, as_it_came])

    def _two_refunds(self, sale, at):
        """Of the same line, not the same amount, and not all of it together."""
        line = next((share.line_id for share in sale.shares), None)
        left = self.paid.get((sale.order_number, line), 0)
        amounts = [satang for satang in {left // 3, left // 4 + 1} if 0 < satang < left]
        return [
            (
                services.record_refund,
                services.SaleRefund(sale.order_number, f"re{satang}", at, {line: satang}),
            )
            for satang in amounts
        ]
