"""The machine: every act of every part, the books kept meanwhile, and all that always holds.

`test_invariants.py` walks some hundred steps of it, `make soak` a million.
"""

from datetime import UTC, datetime

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from marketplace.ledger import errors, services
from marketplace.ledger.periods import next_month
from tests.marketplace.ledger import rig
from tests.marketplace.ledger.machine.declaring import Declaring
from tests.marketplace.ledger.machine.paying import Paying
from tests.marketplace.ledger.machine.paying_out import PayingOut
from tests.marketplace.ledger.machine.selling import SellingGoods
from tests.marketplace.ledger.machine.walk import MOMENTS


class Ledger(SellingGoods, Paying, PayingOut, Declaring):
    def __init__(self):
        super().__init__()
        self.open_from = None  # the first open day, once a month is closed
        self.sealed = 0

    @rule(month=st.sampled_from([4, 5, 6]))
    def close(self, month):
        day = datetime(2026, month, 15, tzinfo=UTC).date()
        try:
            with transaction.atomic():
                close = services.close_month(day)
        except (errors.AlreadyClosed, errors.MonthsBeforeOpen):
            return
        self.closed[close.month] = close.totals_hash
        self.open_from = next_month(close.month)

    @rule(at=MOMENTS)
    def rebuild(self, at):
        assert services.rebuild_month(at.date()) == []
        rig.make_anew(at.date())

    @rule()
    def seal(self):
        """Every event once."""
        assert services.seal_events() == len(self.announced) - self.sealed
        self.sealed = len(self.announced)

    @invariant()
    def the_fourteen_invariants_hold(self):
        self.check()
