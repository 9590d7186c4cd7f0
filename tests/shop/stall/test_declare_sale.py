"""One tap takes pieces out of stock and records a declared sale; a slip is taken back whole."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from oscar.apps.partner.models import StockRecord

from marketplace.core import thai
from marketplace.core.models import AuditEntry
from marketplace.ledger import verification
from marketplace.ledger.models import Account, Event, Transfer
from marketplace.producers.services import grant_agent
from marketplace.provenance.models import LineOrigin, Listing, Provenance
from marketplace.provenance.services import OptionPlan, change_stock, set_village_shares
from shop.placing.services import cancel_unpaid
from shop.stall import errors
from shop.stall.models import DeclaredSale
from shop.stall.services import declare_sale, take_back
from tests.factories import (
    make_member,
    make_producer,
    make_product,
    make_user,
    make_village,
    pay,
    place_order,
)

TODAY = date(2026, 5, 15)
PUI, MAE = "50010811", "50010812"


@pytest.fixture
def weavers(db):
    return make_producer(make_village(PUI))


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr(thai, "today", lambda: TODAY)


def declare(producer, thing, token="form-1", **facts):
    product = thing.product if isinstance(thing, Provenance) else thing
    return declare_sale(
        producer=producer, product=product, form_token=token, **{"by": None} | facts
    )


def left(thing):
    record = StockRecord.objects.get(product=thing.product)
    return record.num_in_stock, record.num_allocated or 0


def everything():
    models = (DeclaredSale, LineOrigin, Event, Transfer, Account, StockRecord, AuditEntry)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def refused(error, act):
    before = everything()
    with pytest.raises(error) as refusal:
        act()
    assert str(refusal.value)
    assert everything() == before


def test_one_tap_takes_one_piece_and_records_its_price(weavers):
    owner = make_member(weavers).user
    scarf = make_product(weavers, price_baht="250", stock=3)

    sale, is_new = declare(weavers, scarf, by=owner)

    assert is_new and left(scarf) == (2, 0)
    assert (sale.quantity, sale.amount_satang, sale.channel) == (1, 25_000, "stall")
    assert (sale.sold_on, sale.recorded_by) == (thai.today(), owner)
    event = Event.objects.get()
    assert (event.kind, event.channel, event.day) == ("declared", "stall", thai.today())
    assert (event.total_satang, event.actor) == (25_000, owner)
    origin = LineOrigin.objects.get()
    assert (origin.line, origin.declared_sale, origin.village_code) == (None, sale, PUI)
    entry = AuditEntry.objects.get(act="stall.declare")
    assert (entry.actor, entry.target) == (owner, f"declared-sale:{sale.pk}")
    assert list(verification.verify()) == []


def test_a_double_tap_is_one_sale_and_a_new_form_another(weavers):
    scarf = make_product(weavers, stock=3)

    first = declare(weavers, scarf)
    again = declare(weavers, scarf)
    declare(weavers, scarf, "form-2")

    assert again == (first.sale, False)
    assert DeclaredSale.objects.count() == 2 and left(scarf) == (1, 0)


def test_the_double_tap_for_the_last_piece_is_no_refusal(weavers):
    scarf = make_product(weavers, stock=1)

    declare(weavers, scarf)

    assert not declare(weavers, scarf).is_new


def test_several_pieces_at_another_price_on_another_day_elsewhere(weavers, today):
    scarf = make_product(weavers, price_baht="250", stock=9)

    sale, _ = declare(
        weavers,
        scarf,
        quantity=3,
        amount_satang=60_001,
        channel="fair",
        sold_on=TODAY,
    )

    assert (sale.amount_satang, left(scarf)) == (60_001, (6, 0))
    assert Event.objects.get().channel == "fair"


def test_a_sale_of_an_earlier_day_counts_on_that_day(weavers, monkeypatch):
    scarf = make_product(weavers)
    later = thai.today().replace(day=28)
    monkeypatch.setattr(thai, "today", lambda: later)

    sale, _ = declare(weavers, scarf, sold_on=later - timedelta(days=1))

    assert Event.objects.get().day == sale.sold_on == later - timedelta(days=1)


def test_an_amount_is_split_over_the_villages_of_the_product(weavers):
    make_village(MAE, "บ้านแม่")
    shares = {PUI: 666_667, MAE: 333_333}
    scarf = make_product(weavers, price_baht="1.01", shares=shares)

    declare(weavers, scarf)

    rows = Transfer.objects.order_by("village_code").values_list("village_code", "amount_satang")
    assert list(rows) == [(PUI, 67), (MAE, 34)]


def test_sold_out_says_so_and_changes_nothing(weavers):
    scarf = make_product(weavers, stock=2)
    place_order((scarf, 1))

    refused(errors.NotEnoughLeft, lambda: declare(weavers, scarf, quantity=2))
    declare(weavers, scarf)
    refused(errors.NotEnoughLeft, lambda: declare(weavers, scarf, "form-2"))

    assert left(scarf) == (1, 1)  # what the order waits for


def test_things_made_to_order_are_recorded_and_nothing_is_counted(weavers):
    bag = make_product(weavers, stock=None, stock_kind="made_to_order", lead_days=7)

    sale, _ = declare(weavers, bag, quantity=20)
    take_back(sale=sale, by=None)

    assert left(bag) == (None, 0)
    assert not sale.is_counted and sale.is_taken_back


def test_of_a_product_with_options_the_option_is_sold(weavers):
    plans = [OptionPlan(f"ลาย {n}", "", 30_000, 4, picture=None) for n in (1, 2)]
    cloth = make_product(weavers, options=plans, title_th="ผ้าซิ่น")
    first = cloth.product.children.order_by("pk").first()

    refused(errors.ChooseOption, lambda: declare(weavers, cloth))
    sale, _ = declare(weavers, first)

    assert (sale.title_th, sale.option_title_th) == ("ผ้าซิ่น", "ลาย 1")
    assert sale.amount_satang == 30_000
    counts = StockRecord.objects.order_by("product_id").values_list("num_in_stock", flat=True)
    assert list(counts) == [3, 4]


def test_taking_back_puts_the_pieces_back_and_nets_to_zero_once(
    weavers, django_capture_on_commit_callbacks
):
    owner = make_member(weavers).user
    scarf = make_product(weavers, stock=3)
    with django_capture_on_commit_callbacks(execute=True):
        sale, _ = declare(weavers, scarf, quantity=3, by=owner)
    assert not Listing.objects.get().is_available

    with django_capture_on_commit_callbacks(execute=True):
        assert take_back(sale=sale, by=owner)
    assert not take_back(sale=sale, by=owner)
    assert Listing.objects.get().is_available

    sale.refresh_from_db()
    assert (sale.taken_back_by, left(scarf)) == (owner, (3, 0))
    assert list(Event.objects.order_by("recorded_at").values_list("kind", "total_satang")) == [
        ("declared", 75_000),
        ("declared-reversal", 75_000),
    ]
    assert AuditEntry.objects.filter(act="stall.take_back").count() == 1
    assert list(verification.verify()) == []


def test_a_sale_is_taken_back_after_the_product_was_withdrawn(weavers):
    scarf = make_product(weavers, stock=3)
    sale, _ = declare(weavers, scarf)
    Provenance.objects.update(status=Provenance.Status.WITHDRAWN)

    assert take_back(sale=sale, by=None)

    assert left(scarf) == (3, 0)


def test_only_ones_own_things_on_offer_are_sold(weavers):
    other = make_product(make_producer(), stock=3)
    draft = make_product(weavers, public=False)

    refused(errors.NotForSale, lambda: declare(weavers, other))
    refused(errors.NotForSale, lambda: declare(weavers, draft))


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"quantity": 0}, errors.WrongQuantity),
        ({"quantity": -1}, errors.WrongQuantity),
        ({"quantity": 10_000}, errors.WrongQuantity),
        ({"amount_satang": 0}, errors.WrongAmount),
        ({"amount_satang": -1}, errors.WrongAmount),
        ({"amount_satang": 1_000_000_001}, errors.WrongAmount),
        ({"channel": "moon"}, errors.WrongChannel),
        ({"channel": ""}, errors.WrongChannel),
        ({"sold_on": TODAY + timedelta(days=1)}, errors.NotYet),
        ({"sold_on": date(2026, 3, 31)}, errors.MonthClosed),
        ({"sold_on": TODAY.replace(day=1)}, errors.NotYetOfVillage),
    ],
)
def test_what_cannot_be_is_refused_in_words(weavers, today, facts, error):
    scarf = make_product(weavers, stock=5)

    refused(error, lambda: declare(weavers, scarf, **facts))


def test_two_producers_may_use_the_same_token(weavers):
    carvers = make_producer()

    declare(weavers, make_product(weavers))
    sale, is_new = declare(carvers, make_product(carvers))

    assert is_new and sale.producer == carvers


def test_later_shares_and_names_leave_a_declared_sale_as_it_was(weavers):
    scarf = make_product(weavers, title_th="ผ้าเก่า")
    sale, _ = declare(weavers, scarf)
    before = list(Transfer.objects.values()), list(LineOrigin.objects.values())
    make_village(MAE, "บ้านแม่")

    set_village_shares(provenance=scarf, shares={MAE: 1_000_000}, by=None)
    scarf.product.title = "ผ้าใหม่"
    scarf.product.save()

    sale.refresh_from_db()
    assert sale.title_th == "ผ้าเก่า"
    assert (list(Transfer.objects.values()), list(LineOrigin.objects.values())) == before


def test_an_agents_act_is_written_down_as_on_behalf(weavers):
    owner, agent = make_member(weavers).user, make_user()
    grant_agent(
        producer=weavers, agent=agent, scopes=("declared-sales",), since=thai.today(), by=owner
    )

    declare(weavers, make_product(weavers), by=agent)

    entry = AuditEntry.objects.get(act="stall.declare")
    assert (entry.actor, entry.on_behalf_of) == (agent, f"producer:{weavers.pk}")


def test_a_declared_sale_changes_no_income_and_owes_nothing(weavers):
    scarf = make_product(weavers, price_baht="250", stock=5)
    pay(place_order((scarf, 1)))
    before = set(Account.objects.values_list("code", "debits", "credits"))

    declare(weavers, scarf)

    payable = Transfer.objects.filter(credit__kind="producer.payable")
    assert [one.amount_satang for one in payable] == [25_000]
    assert before <= set(Account.objects.values_list("code", "debits", "credits"))


# --- One piece -----------------------------------------------------------------------------------
def make_single(weavers):
    return make_product(weavers, stock=1, stock_kind="one_piece")


def test_a_single_piece_entered_again_meanwhile_stays_one(weavers, client):
    jar = make_single(weavers)
    sale = declare(weavers, jar).sale
    change_stock(product=jar.product, quantity=1, by=None)
    client.force_login(make_member(weavers, "owner").user)

    answer = client.post(
        reverse("workbench:stall-take-back", args=[weavers.pk, sale.pk]), follow=True
    )

    assert left(jar) == (1, 0)
    [said] = map(str, answer.context["messages"])
    assert said.startswith("ยกเลิกการขายแล้ว สินค้านี้มีชิ้นเดียว")
    sale.refresh_from_db()
    assert sale.is_taken_back


def test_a_single_piece_comes_back_where_nobody_entered_it(weavers, client):
    jar = make_single(weavers)
    sale = declare(weavers, jar).sale
    assert left(jar) == (0, 0)

    assert take_back(sale=sale, by=None)

    assert (left(jar), sale.pieces_back) == ((1, 0), 1)


def test_a_single_piece_that_was_entered_again_and_ordered_does_not_come_back_twice(weavers):
    jar = make_single(weavers)
    sale = declare(weavers, jar).sale
    change_stock(product=jar.product, quantity=1, by=None)
    place_order((jar, 1))
    assert left(jar) == (1, 1)

    assert take_back(sale=sale, by=None)

    assert (left(jar), sale.pieces_back) == ((1, 1), 0)


def test_an_option_that_is_a_single_piece_stays_one_too(weavers):
    options = (OptionPlan("แดง", price_satang=100, quantity=1), OptionPlan("ดำ", price_satang=100))
    jar = make_product(weavers, stock=1, stock_kind="one_piece", options=options)
    red = jar.product.children.get(title="แดง")
    sale = declare(weavers, red).sale
    change_stock(product=red, quantity=1, by=None)

    take_back(sale=sale, by=None)

    assert StockRecord.objects.get(product=red).num_in_stock == 1


def test_of_several_pieces_all_come_back(weavers):
    scarf = make_product(weavers, stock=5)
    sale = declare(weavers, scarf, quantity=3).sale
    change_stock(product=scarf.product, quantity=5, by=None)

    take_back(sale=sale, by=None)

    assert (left(scarf), sale.pieces_back) == ((8, 0), 3)


def test_an_order_given_up_leaves_a_single_piece_one(weavers):
    jar = make_single(weavers)
    order = place_order((jar, 1)).order
    change_stock(product=jar.product, quantity=1, by=None)
    assert left(jar) == (2, 1)

    cancel_unpaid(order)

    assert left(jar) == (1, 0)
