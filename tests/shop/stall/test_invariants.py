"""Orders, declared sales and take-backs in any order: stock and ledger add up after each step."""

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
from oscar.apps.partner.models import StockRecord

from marketplace.core import thai
from marketplace.ledger import verification
from marketplace.ledger.models import Event
from marketplace.ledger.periods import month_period
from marketplace.ledger.queries import Question, declared_sales_of, income_report
from shop.placing import errors as placing_errors
from shop.placing import services as placing
from shop.stall import errors
from shop.stall.models import DeclaredSale
from shop.stall.services import declare_sale, take_back
from tests.factories import make_producer, make_product, make_village, pay, place_order

STOCK, PRICE_SATANG = 4, 25_000


class Crash(Exception):
    """The process dies just before its transaction is committed."""


class Stall(RuleBasedStateMachine):
    """A plain count of pieces and satang beside the true rows."""

    scarf = None

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.on_hand, self.held = STOCK, 0
        self.sales = {}  # token -> sale, kept when taken back
        self.told = self.earned = 0
        self.waiting = []

    def teardown(self):
        try:
            assert list(verification.verify()) == []
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    # --- Acts ---

    def declare(self, token, quantity, amount=None):
        return declare_sale(
            producer=self.scarf.producer,
            product=self.scarf.product,
            quantity=quantity,
            amount_satang=amount,
            form_token=token,
            by=None,
        )

    @rule(
        quantity=st.integers(1, 3),
        amount=st.one_of(st.none(), st.integers(1, 10**6)),
        crashes=st.booleans(),
    )
    def tap(self, quantity, amount, crashes):
        token = f"form-{len(self.sales)}"
        if quantity > self.on_hand - self.held:
            rows = DeclaredSale.objects.count(), Event.objects.count()
            with pytest.raises(errors.NotEnoughLeft):
                self.declare(token, quantity, amount)
            assert rows == (DeclaredSale.objects.count(), Event.objects.count())
            return
        if crashes:
            self.crash(lambda: self.declare(token, quantity, amount))
        sale, is_new = self.declare(token, quantity, amount)
        assert is_new
        self.sales[token] = sale
        self.on_hand -= quantity
        self.told += PRICE_SATANG * quantity if amount is None else amount

    @precondition(lambda self: self.sales)
    @rule(data=st.data())
    def tap_again(self, data):
        token = data.draw(st.sampled_from(sorted(self.sales)))
        assert self.declare(token, 1) == (self.sales[token], False)

    @precondition(lambda self: self.sales)
    @rule(data=st.data(), crashes=st.booleans())
    def undo(self, data, crashes):
        sale = self.sales[data.draw(st.sampled_from(sorted(self.sales)))]
        sale.refresh_from_db()
        was_back = sale.is_taken_back
        if crashes:
            self.crash(lambda: take_back(sale=sale, by=None))
            sale.refresh_from_db()
        assert take_back(sale=sale, by=None) is not was_back
        if not was_back:
            self.on_hand += sale.quantity
            self.told -= sale.amount_satang

    @rule(quantity=st.integers(1, 3))
    def order(self, quantity):
        if quantity > self.on_hand - self.held:
            return
        self.waiting.append((place_order((self.scarf, quantity)), quantity))
        self.held += quantity

    @precondition(lambda self: self.waiting)
    @rule(is_paid=st.booleans())
    def settle(self, is_paid):
        placement, quantity = self.waiting.pop()
        if is_paid:
            pay(placement)
            self.earned += PRICE_SATANG * quantity
        else:
            placing.cancel_unpaid(placement.order)
            self.held -= quantity
        with pytest.raises((placing_errors.OrderIsPaid, placing_errors.OrderIsReleased)):
            (placing.cancel_unpaid if is_paid else placing.mark_paid)(placement.order)

    def crash(self, act):
        with pytest.raises(Crash), transaction.atomic():
            act()
            raise Crash

    # --- What always holds ---

    @invariant()
    def stock_is_the_model_and_never_below_zero(self):
        record = StockRecord.objects.get(product=self.scarf.product)
        assert (record.num_in_stock, record.num_allocated or 0) == (self.on_hand, self.held)
        assert 0 <= self.held <= self.on_hand

    @invariant()
    def declared_sales_and_income_are_the_model_and_never_mixed(self):
        period = month_period(thai.today())
        country = income_report(Question("", period)).total
        assert (country.declared_satang, country.income_satang) == (self.told, self.earned)
        assert declared_sales_of(self.scarf.producer, period).declared_satang == self.told


SMALL = settings(
    max_examples=8,
    stateful_step_count=15,
    derandomize=True,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


def test_stock_and_figures_add_up_after_every_step(db):
    Stall.scarf = make_product(
        make_producer(make_village()), price_baht="250", stock=STOCK, title_th="ผ้าพันคอ"
    )

    run_state_machine_as_test(Stall, settings=SMALL)
