"""What always holds of the ledger, whatever happened (`acts.py`).

The fourteen invariants are numbered as they were agreed; number 14, of the stock, is held in
tests/shop/placing. `test_invariants.py` walks some hundred steps, `make soak` a million.
"""

from collections import Counter

from hypothesis.stateful import invariant

from marketplace.ledger import services, verification
from marketplace.ledger.models import Event, MonthClose, Transfer
from marketplace.ledger.periods import next_month
from marketplace.provenance.models import LineOrigin
from tests.marketplace.ledger.acts import LedgerActs
from tests.marketplace.ledger.recount import balances, recounted, stored

FIRST = {"moved-in": "sale", "discount-moved-in": "discount"}


class Ledger(LedgerActs):
    """Acts, and after each of them all that always holds."""

    @invariant()
    def all_accounts_together_are_zero(self):
        """1."""
        assert sum(balances().values()) == 0

    @invariant()
    def events_are_what_their_transfers_are(self):
        """2."""
        for event in Event.objects.order_by("-recorded_at")[:3]:
            transfers = list(event.transfers.all())
            assert len(transfers) == event.transfer_count >= 1
            assert sum(one.amount_satang for one in transfers) == event.total_satang
            assert {one.day for one in transfers} == {event.day}

    @invariant()
    def an_order_is_worth_what_was_captured(self):
        """3."""
        for sale, event in self.sales[-2:]:
            by_account = Counter()
            for one in event.transfers.select_related("debit", "credit"):
                by_account[one.debit.kind] -= one.amount_satang
                by_account[one.credit.kind] += one.amount_satang
            captured = -by_account.pop("gateway.clearing")
            assert captured == sale.captured_satang == sum(by_account.values())

    @invariant()
    def what_can_be_given_back_is_what_was_not(self):
        """4."""
        for order in {sale.order_number for sale, _event in self.sales[-2:]}:
            left = services.refundable(order)
            for (number, key), amount in self.paid.items():
                if number == order:
                    part = left.lines if key > 0 else left.delivery
                    assert part.get(abs(key), 0) == amount >= 0
            if not any((*left.lines.values(), *left.delivery.values())):
                self.nothing_is_left(order)

    def nothing_is_left(self, order):
        """Of what was given back whole no discount or fee stays behind."""
        sold, back = Counter(), Counter()
        kinds = ("discount", "platform-discount", "fee", "fee-vat", "sale", "delivery")
        posted = Transfer.objects.filter(event__order_number=order).select_related("reverses")
        for one in posted:
            if one.reverses_id:
                back[FIRST.get(one.reverses.kind, one.reverses.kind)] += one.amount_satang
            else:
                sold[FIRST.get(one.kind, one.kind)] += one.amount_satang
        paid = sum(a for (number, _key), a in self.paid.items() if number == order)
        free = any(
            share.price_satang and not share.paid_satang
            for sale, _event in self.sales
            if sale.order_number == order
            for share in sale.shares
        )
        assert paid == 0
        if not free:
            assert {kind: sold[kind] for kind in kinds} == {kind: back[kind] for kind in kinds}

    @invariant()
    def no_row_changes_or_goes(self):
        """6 and 8."""
        now = {
            (model.__name__, row["id"]): row
            for model in (Event, Transfer, LineOrigin)
            for row in model.objects.values()
        }
        assert self.earlier.items() <= now.items()
        self.earlier = now

    @invariant()
    def roll_ups_are_the_recount(self):
        """7."""
        assert stored() == recounted()

    @invariant()
    def closed_months_stay(self):
        """10."""
        closes = MonthClose.objects.all()
        assert {close.month: close.totals_hash for close in closes} == self.closed
        assert list(verification.changed_closes()) == []
        for close in closes:
            later = Event.objects.filter(day__lt=next_month(close.month))
            assert not later.filter(recorded_at__gt=close.closed_at).exists()

    @invariant()
    def the_provider_holds_what_clearing_says(self):
        """12."""
        assert balances().get("gateway.clearing", 0) == self.provider.balance_satang
        assert balances().get("dispute.held", 0) == sum(self.provider.held.values())
        assert balances().get("bank", 0) == self.bank

    @invariant()
    def declared_money_never_meets_money_of_this_site(self):
        told = sum(event.total_satang for _sale, event in self.declared)
        back = sum(event.total_satang for event in self.taken_back.values())
        sums = balances()
        assert sums.get("declared.elsewhere", 0) == told - back
        mine = [sums[code] for code in sums if code.startswith("producer.declared")]
        assert sum(mine) == back - told
