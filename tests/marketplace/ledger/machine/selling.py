"""Orders of this site: sold, given back, and placed before they are paid."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from oscar.apps.partner.models import StockRecord

from marketplace.core import thai
from marketplace.core.money import PPM, MoreThanRemaining, split_satang
from marketplace.ledger import errors, services
from marketplace.producers.models import Producer
from marketplace.provenance import services as provenance
from marketplace.villages.models import Village
from shop.partner import services as stock
from tests.marketplace.ledger import rig
from tests.marketplace.ledger.machine.walk import (
    AMOUNTS,
    MOMENTS,
    PICK,
    SHARES,
    TERMS,
    Walk,
    chosen,
)
from tests.marketplace.ledger.machine.world import CODES, order_line, sale_of, share_out

PRICE_SATANG = 33_333
ORDER = {
    "lines": st.lists(st.tuples(st.integers(0, 1), SHARES, TERMS), min_size=1, max_size=3),
    "delivery": st.dictionaries(st.integers(0, 1), AMOUNTS),
    "at": MOMENTS,
    "buyer": st.sampled_from(["", "10", "50"]),
    "crashes": st.booleans(),
}


class Selling(Walk):
    def __init__(self):
        super().__init__()
        self.sold = {}  # order number -> facts
        self.homes = {one.pk: one.home_village_id for one in self.producers}

    @initialize(**ORDER)
    def sell_first(self, **order):
        """No walk is without a sale, whichever acts Hypothesis leaves out of it."""
        self.sell(**order)

    @rule(**ORDER)
    def sell(self, lines, delivery, at, buyer, crashes):
        parts = [
            rig.Part(
                *(self.producers[n], amounts, terms),
                programmes=("nawatwithi",) * (n == 0),
                buyer_province_code=buyer,
            )
            for n, amounts, terms in lines
        ]
        sending = {self.producers[n].pk: amount for n, amount in delivery.items()}
        sale = rig.place(parts, sending, at, self.homes)
        if any([*(share.price_satang for share in sale.shares), *sending.values()]):
            self.take_payment(sale, crashes)
        else:
            self.refused(errors.NothingToRecord, services.record_sale, sale)

    def take_payment(self, sale, crashes):
        more = replace(sale, captured_satang=sale.captured_satang + 1)
        self.refused(errors.AmountsDiffer, services.record_sale, more)
        self.record(services.record_sale, sale, more, crashes)
        self.sold[sale.order_number] = sale
        self.sales.append(sale)
        self.provider.capture(sale.captured_satang)
        for share in sale.shares:
            key = (sale.order_number, share.line_id)
            self.paid[key] = self.paid.get(key, 0) + share.paid_satang
        for part in sale.delivery:
            self.paid[sale.order_number, -part.producer_id] = part.amount_satang

    @precondition(lambda self: self.paid)
    @rule(pick=PICK, at=MOMENTS, part=st.integers(0, 4), crashes=st.booleans())
    def refund(self, pick, at, part, crashes):
        order, key = chosen(list(self.paid), pick)
        left = self.paid[order, key]
        amount = (left, left // 2, left // 3 + 1, 1, left + 1)[part]
        lines, delivery = ({key: amount}, {}) if key > 0 else ({}, {-key: amount})
        fact = services.SaleRefund(order, self.number("re"), at, lines, delivery)
        if amount > left:
            wanted = (MoreThanRemaining, errors.NoSuchSale)
            self.refused(wanted, services.record_refund, fact)
        elif amount:
            other = replace(fact, lines={**lines, 0: 1})
            self.record(services.record_refund, fact, other, crashes)
            self.paid[order, key] -= amount
            self.provider.pay_back(amount)


class SellingGoods(Selling):
    """One product with a counted stock: orders hold it, people edit where it comes from."""

    def __init__(self):
        super().__init__()
        self.waiting = []  # (facts, pieces), placed and not paid
        self.paid_for = 0  # pieces
        self.on_hand = self.world.on_hand
        self.shares = dict(self.world.shares)  # village -> ppm

    def stock(self):
        rows = StockRecord.objects.filter(pk=self.world.stockrecord_id)
        on_hand, allocated = rows.values_list("num_in_stock", "num_allocated").get()
        return on_hand, allocated or 0

    def promised(self):
        return self.paid_for + sum(pieces for _sale, pieces in self.waiting)

    @rule(pieces=st.integers(1, 4), at=MOMENTS)
    def place(self, pieces, at):
        """Hold its stock and freeze where it comes from today; paid later, or never."""
        is_held = stock.hold_stock(self.world.stockrecord_id, pieces)
        assert is_held == (self.on_hand - self.promised() >= pieces)
        if not is_held:
            return
        line = order_line(self.producers[0], pieces * PRICE_SATANG)
        facts = provenance.LineFacts(
            line.pk, self.world.goods.product_id, pieces, pieces * PRICE_SATANG
        )
        origins = provenance.freeze_origins(lines=[facts], day=thai.today())
        amounts = split_satang(facts.amount_satang, [ppm for _, ppm in sorted(self.shares.items())])
        assert [(one.village_code, one.share_ppm, one.amount_satang) for one in origins] == [
            (*share, amount)
            for share, amount in zip(sorted(self.shares.items()), amounts, strict=True)
        ]
        self.waiting.append((sale_of(line.order.number, origins, at), pieces))

    @precondition(lambda self: self.waiting)
    @rule(pick=PICK, crashes=st.booleans())
    def pay(self, pick, crashes):
        sale, pieces = waiting = chosen(self.waiting, pick)
        self.waiting.remove(waiting)
        self.paid_for += pieces
        self.take_payment(sale, crashes)

    @precondition(lambda self: self.waiting)
    @rule(pick=PICK)
    def give_up(self, pick):
        _sale, pieces = waiting = chosen(self.waiting, pick)
        self.waiting.remove(waiting)
        stock.release_stock(self.world.stockrecord_id, pieces)

    @rule(pieces=st.integers(0, 9))
    def count_again(self, pieces):
        """The shelf is counted; less than is promised is refused by the database."""
        rows = StockRecord.objects.filter(pk=self.world.stockrecord_id)
        if pieces < self.promised():
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(num_in_stock=pieces)
        else:
            rows.update(num_in_stock=pieces)
            self.on_hand = pieces

    @rule(pieces=st.integers(1, 3), comes_back=st.booleans())
    def sell_at_a_stall(self, pieces, comes_back):
        is_taken = stock.take_stock(self.world.stockrecord_id, pieces)
        assert is_taken == (self.on_hand - self.promised() >= pieces)
        if is_taken and comes_back:
            assert stock.return_stock(self.world.stockrecord_id, pieces) == pieces
        elif is_taken:
            self.on_hand -= pieces

    @rule(
        who=st.integers(0, 1),
        there=st.sampled_from(CODES),
        ppm=st.integers(1, PPM - 1),
        name=st.sampled_from(["บ้านใหม่", "บ้านเดิม"]),
    )
    def edit_places(self, who, there, ppm, name):
        """A producer moves, a village is renamed, a product gets other shares."""
        Producer.objects.filter(pk=self.producers[who].pk).update(home_village=there, name_th=name)
        self.homes[self.producers[who].pk] = there
        Village.objects.filter(pk=there).update(name_th=name)
        other = next(code for code in CODES if code != there)
        self.shares = {there: ppm, other: PPM - ppm}
        share_out(self.world.goods, self.shares)
