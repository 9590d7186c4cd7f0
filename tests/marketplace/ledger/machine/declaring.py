"""Sales that producers say they made elsewhere: recorded once, taken back whole, kept apart."""

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from marketplace.ledger import errors, services
from marketplace.ledger.models import Event
from tests.marketplace.ledger import rig
from tests.marketplace.ledger.machine.walk import MOMENTS, PICK, SHARES, Walk, chosen


class Declaring(Walk):
    def __init__(self):
        super().__init__()
        self.declared = []  # (facts, event), kept when taken back
        self.taken_back = {}  # reference -> event
        self.declared_satang = 0

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
            self.refused(errors.NothingToRecord, services.record_declared_sale, sale)
            return
        other = replace(sale, channel="fair" if channel == "stall" else "stall")
        event = self.record(services.record_declared_sale, sale, other, crashes)
        assert (event.total_satang, event.channel) == (sale.amount_satang, channel)
        self.declared.append((sale, event))
        self.declared_satang += sale.amount_satang

    @precondition(lambda self: self.declared)
    @rule(pick=PICK, at=MOMENTS, crashes=st.booleans())
    def take_back(self, pick, at, crashes):
        sale, event = chosen(self.declared, pick)
        fact = services.DeclaredReversalFacts(sale.reference, at)
        if sale.reference in self.taken_back:
            again = services.record_declared_reversal(fact)
            assert again == self.taken_back[sale.reference]
            return
        back = self.record(services.record_declared_reversal, fact, crashes=crashes)
        assert (back.total_satang, back.channel) == (event.total_satang, event.channel)
        self.taken_back[sale.reference] = back
        self.declared_satang -= sale.amount_satang
