"""What all acts have in common: random facts, in a transaction that is never kept."""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from marketplace.ledger.models import Event
from tests.marketplace.ledger import rig
from tests.marketplace.ledger.machine import invariants
from tests.marketplace.ledger.machine.book import Book
from tests.marketplace.ledger.machine.provider import Provider
from tests.marketplace.ledger.machine.world import CODES, World

WHOLE_EVERY = 20  # steps between two looks at everything

AMOUNTS = st.one_of(st.integers(0, 10), st.integers(1, 10**9), st.sampled_from([99, 101, 33_333]))
SHARES = st.dictionaries(st.sampled_from(CODES), AMOUNTS, min_size=1)
PICK = st.integers(0, 255)  # which of those there are; `chosen`
_FIRST = datetime(2026, 4, 30, tzinfo=UTC)
MOMENTS = st.integers(0, 33 * 24 * 60).map(lambda minutes: _FIRST + timedelta(minutes=minutes))
TERMS = st.builds(
    rig.Terms,
    producer_discount=st.sampled_from([0, 50_000, 333_333]),
    platform_discount=st.sampled_from([0, 100_000, 999_999]),
    fee=st.sampled_from([0, 30_000, 77_777]),
    fee_vat=st.sampled_from([0, 2_100]),
)


class Crash(Exception):
    """The process dies just before its transaction is committed."""


@dataclass(frozen=True)
class Told:
    """A fact that the ledger was told, and what it would be with other money."""

    act: Callable[[Any], Event]
    fact: Any
    other: Any
    event: Event


def chosen(things: Sequence, pick: int):
    return things[-1 - pick % len(things)]


class Walk(RuleBasedStateMachine):
    """Beside the ledger, a plain model of it. `world` is set before it runs."""

    world: World = None
    walked = Counter()  # steps, and events by kind, of all walks of this process

    def __init__(self):
        super().__init__()
        self.outer_error = sys.exc_info()[1]  # Hypothesis walks again while it handles a failure
        self.block = transaction.atomic()
        self.block.__enter__()
        self.book, self.provider = Book(), Provider()
        self.producers, self.staff = self.world.producers, self.world.staff
        self.told = []
        self.told_twice = set()
        self.announced = {}  # event -> when it happened
        self.sales = []  # facts
        self.paid = {}  # (order, line or minus producer) -> satang the shopper could get back
        self.closed = {}  # month -> hash
        self.steps = self.numbers = self.bank = 0

    def teardown(self):
        try:
            if sys.exc_info()[1] is self.outer_error:
                self.look_at_everything()
                rig.assert_whole()
            self.walked["steps"] += self.steps
            self.walked.update(event.kind for event in self.book.events.values())
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    def check(self):
        """Look at what the step has changed, and at everything now and then."""
        events = self.book.read()
        for holds in invariants.AFTER_EACH_STEP:
            holds(self, events)
        self.steps += 1
        if self.steps % WHOLE_EVERY == 0:
            self.look_at_everything()

    def look_at_everything(self):
        for holds in invariants.NOW_AND_THEN:
            holds(self)

    def number(self, word: str) -> str:
        self.numbers += 1
        return f"{word}_{self.numbers}"

    def record(self, act, fact, other=None, crashes=False) -> Event:
        """Tell the ledger of a fact. `other` is the same reference with other money. If it
        crashes, then once before the transaction is committed: that must leave nothing."""
        if crashes:
            with pytest.raises(Crash), transaction.atomic():
                act(fact)
                raise Crash
        event = act(fact)
        self.announced[event.pk.hex] = fact.occurred_at
        self.told.append(Told(act, fact, other, event))
        if event.kind not in self.told_twice:  # one of each kind at once, others by `tell_again`
            self.told_twice.add(event.kind)
            invariants.invariant_05_told_again_is_the_same_event(
                self, self.told[-1], fact.occurred_at
            )
        return event

    def refused(self, error, act, fact) -> None:
        """That nothing was written is seen after the step: no event comes unannounced."""
        with pytest.raises(error):
            act(fact)

    @precondition(lambda self: self.told)
    @rule(pick=PICK, at=MOMENTS)
    def tell_again(self, pick, at):
        """A webhook, a browser's return and the reconciler tell the same, at other moments."""
        invariants.invariant_05_told_again_is_the_same_event(self, chosen(self.told, pick), at)
