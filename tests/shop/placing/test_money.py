"""Where the money of an order goes adds up to what was paid, whatever happened since."""

import json

import pytest
from oscar.apps.order.models import Order

from marketplace.core import thai
from marketplace.ledger import services as ledger
from marketplace.ledger import verifier
from marketplace.ledger.queries import money_of_order
from marketplace.provenance.services import set_village_shares
from shop.placing.money import split_of
from shop.placing.queries import read_order
from tests.factories import (
    give_back,
    make_producer,
    make_product,
    make_user,
    make_village,
    pay,
    place_order,
)
from tests.marketplace.ledger import rig

PUI, MAE, NUEA = "50010811", "50010812", "57010501"
pytestmark = pytest.mark.django_db


@pytest.fixture
def placement():
    """A cloth of two villages for ฿100.01 and a pot for ฿99.50, each sent by its makers."""
    weavers = make_producer(make_village(PUI, "บ้านดอยปุย", name_en="Doi Pui"))
    make_village(MAE, "บ้านแม่")
    potters = make_producer(make_village(NUEA, "บ้านเหนือ"))
    cloth = make_product(weavers, price_baht="100.01", shares={PUI: 333_333, MAE: 666_667})
    return place_order(cloth, make_product(potters, price_baht="99.50"))


def split(placement):
    return read_order(placement.token).money


def incomes(placement):
    return {one.code: one.amount_satang for one in split(placement).incomes}


def adds_up(money) -> bool:
    kept = sum(one.kept_satang for one in money.incomes)
    total = sum(part.amount_satang for part in money.parts)
    return (total - money.added_satang, kept) == (
        money.paid_satang,
        next(part.amount_satang for part in money.parts if part.tone == "ramp-5"),
    )


def test_what_waits_shows_what_will_be_recorded_and_what_is_paid_the_same(placement):
    total = read_order(placement.token).total_satang
    waiting = split(placement)

    pay(placement)

    paid = split(placement)
    assert adds_up(waiting) and waiting.paid_satang == total
    assert adds_up(paid) and paid.paid_satang == total
    assert {one.code: one.amount_satang for one in waiting.incomes} == incomes(placement)
    assert incomes(placement) == {PUI: 3_334, MAE: 6_667, NUEA: 9_950}
    assert [one.name for one in paid.incomes] == ["บ้านดอยปุย", "บ้านแม่", "บ้านเหนือ"]


def test_what_came_back_is_taken_from_where_it_went(placement):
    pay(placement)
    pot = placement.order.lines.last()

    give_back(placement, lines={pot.pk: 9_950})

    money = split(placement)
    assert adds_up(money)
    assert money.paid_satang == read_order(placement.token).total_satang - 9_950
    assert incomes(placement) == {PUI: 3_334, MAE: 6_667, NUEA: 0}


def test_fees_are_parts_of_what_was_paid():
    weavers = make_producer(make_village(PUI))
    terms = rig.Terms(platform_discount=100_000, fee=50_000, fee_vat=3_500)
    sale, _event = rig.sell([rig.Part(weavers, {PUI: 80_000}, terms)], {weavers.pk: 4_000})

    money = money_of_order(sale.order_number)
    assert money.paid_satang == 80_000 - 8_000 + 4_000 == sale.captured_satang
    assert (money.fee_satang, money.fee_vat_satang) == (4_000, 280)
    assert money.kept_satang(PUI) == 80_000 - 4_280
    parts = money.kept_satang(PUI) + 4_000 + 280 + money.delivery_satang
    assert parts - money.platform_discount_satang == money.paid_satang


def test_fees_are_told_before_they_are_taken():
    weavers = make_producer(make_village(PUI))
    terms = rig.Terms(platform_discount=100_000, fee=50_000, fee_vat=3_500)
    sale = rig.place([rig.Part(weavers, {PUI: 80_000}, terms)])
    order = Order.objects.get(number=sale.order_number)
    waiting = split_of(order, ())

    ledger.record_sale(sale)

    assert waiting == split_of(order, ())
    assert [part.amount_satang for part in waiting.parts] == [75_720, 4_000, 280]
    assert (waiting.added_satang, waiting.paid_satang) == (8_000, 72_000)


def test_income_that_was_moved_is_shown_where_it_is(placement):
    pay(placement)
    make_village("50010813", "บ้านใหม่", name_en="New")
    ledger.record_reclassification(
        ledger.Reclassification(
            reference="m1",
            order_number=placement.order.number,
            line_id=placement.order.lines.first().pk,
            from_village_code=PUI,
            to_village_code="50010813",
            occurred_at=placement.placed_at,
            reason="ทอที่บ้านใหม่",
            proposed_by_id=make_user().pk,
            approved_by_id=make_user().pk,
        )
    )

    money = split(placement)

    assert incomes(placement) == {PUI: 0, MAE: 6_667, NUEA: 9_950, "50010813": 3_334}
    assert adds_up(money)
    assert money.incomes[-1].name == "บ้านใหม่"


def test_the_bar_is_full(placement):
    parts = split(placement).parts

    assert parts[0].left == 0 and parts[-1].left + parts[-1].width == 1_000
    assert all(a.left + a.width == b.left for a, b in zip(parts, parts[1:], strict=False))


def test_later_shares_of_the_product_change_nothing(placement):
    pay(placement)
    before = incomes(placement)
    cloth = placement.order.lines.first().product.provenance

    set_village_shares(provenance=cloth, shares={NUEA: 1_000_000}, since=thai.today(), by=None)

    assert incomes(placement) == before


# --- Proof ---------------------------------------------------------------------------------------


def test_a_paid_order_can_be_proved_once_its_day_is_over(client, placement, monkeypatch):
    address = f"/orders/{placement.token}/proof.json"
    page = f"/en/orders/{placement.token}/"
    assert client.get(address).status_code == 404
    pay(placement)
    ledger.seal_events()
    assert client.get(address).status_code == 404
    assert "proof.json" not in client.get(page).content.decode()
    later = thai.today().replace(year=thai.today().year + 1)
    with monkeypatch.context() as patch:
        patch.setattr(thai, "today", lambda: later)
        ledger.publish_roots()

    proof = client.get(address)

    assert "proof.json" in client.get(page).content.decode()
    assert len(proof.content) <= 2_000
    told = json.loads(proof.content)
    assert told["header"]["order_number"] == placement.order.number
    assert list(verifier.check_proof(told)) == []
    assert proof["X-Robots-Tag"] == "noindex, nofollow"
    told["header"]["total_satang"] += 1
    assert list(verifier.check_proof(told)) != []


def test_nobody_proves_an_order_whose_link_they_do_not_have(client):
    for token in ("x", "x" * 500, "' OR 1=1"):
        assert client.get(f"/orders/{token}/proof.json").status_code == 404
