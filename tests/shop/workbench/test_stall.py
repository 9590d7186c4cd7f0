"""The stall in the workbench: one tap, the longer form, the way back; without scripts."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from oscar.apps.partner.models import StockRecord

from marketplace.core import thai
from marketplace.ledger.models import Event
from marketplace.ledger.periods import month_period
from marketplace.ledger.services import close_month
from marketplace.provenance.models import Provenance
from marketplace.provenance.services import OptionPlan
from shop.stall.models import DeclaredSale
from shop.stall.queries import PER_PAGE
from tests.factories import make_member, make_producer, make_product, make_village, place_order

pytestmark = pytest.mark.django_db
STALL = "workbench:stall-sell"


@pytest.fixture
def weavers(client):
    producer = make_producer(make_village())
    client.force_login(make_member(producer).user)
    return producer


def url(name, producer, **ids):
    return reverse(name, kwargs={"producer_id": producer.pk} | ids)


def stall(client, producer, **query):
    return client.get(url(STALL, producer), query)


def form_of(page, product):
    """What the browser would send of this product's form."""
    text = page.content.decode().split(f'id="p{product.pk}"')[1].split("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))


def tap(client, thing, **query):
    page = stall(client, thing.producer, **query)
    return client.post(url(STALL, thing.producer), form_of(page, thing.product))


def in_stock(thing):
    return StockRecord.objects.get(product=thing.product).num_in_stock


def test_one_tap_records_a_piece_and_offers_the_way_back(client, weavers):
    scarf = make_product(weavers, price_baht="250", stock=3, title_th="ผ้าคลุมไหล่")

    answer = tap(client, scarf)

    sale = DeclaredSale.objects.get()
    there = f"{url(STALL, weavers)}?sold={sale.pk}#p{scarf.product_id}"
    assert (answer.status_code, answer.headers["location"]) == (302, there)
    assert (sale.amount_satang, sale.channel, in_stock(scarf)) == (25_000, "stall", 2)
    page = client.get(there).content.decode()
    toast = page.split('class="toast worktoast"')[1].split("</form>")[0]
    assert "฿250" in toast and "ผ้าคลุมไหล่" in toast
    back = url("workbench:stall-take-back", weavers, pk=sale.pk)
    assert f'action="{back}"' in toast

    client.post(back)

    assert in_stock(scarf) == 3
    assert "worktoast" not in client.get(there).content.decode()


def test_a_double_tap_records_once_and_says_so(client, weavers):
    scarf = make_product(weavers, stock=3)
    form = form_of(stall(client, weavers), scarf.product)

    client.post(url(STALL, weavers), form)
    again = client.post(url(STALL, weavers), form, follow=True)

    assert DeclaredSale.objects.count() == Event.objects.count() == 1
    assert "notice--info" in again.content.decode()


def test_two_things_tapped_on_one_page_are_two_sales(client, weavers):
    scarf, bag = make_product(weavers), make_product(weavers)
    page = stall(client, weavers)

    for thing in (scarf, bag):
        client.post(url(STALL, weavers), form_of(page, thing.product))

    assert DeclaredSale.objects.count() == 2


def test_sold_out_is_said_and_changes_nothing(client, weavers):
    scarf = make_product(weavers, stock=1)
    form = form_of(stall(client, weavers), scarf.product)
    place_order((scarf, 1))

    answer = client.post(url(STALL, weavers), form, follow=True)

    assert "notice--error" in answer.content.decode()
    assert not DeclaredSale.objects.exists() and in_stock(scarf) == 1
    gone = answer.content.decode().split(f'id="p{scarf.product_id}"')[1].split("</li>")[0]
    assert "<button" not in gone and "chip--danger" in gone


def test_of_options_the_chosen_one_is_sold(client, weavers):
    plans = [OptionPlan(f"ลาย {n}", "", 30_000 + n, 4, picture=None) for n in (1, 2)]
    cloth = make_product(weavers, options=plans)
    second = cloth.product.children.order_by("-pk").first()
    form = form_of(stall(client, weavers), cloth.product)

    client.post(url(STALL, weavers), form | {"product": ""}, follow=True)
    assert not DeclaredSale.objects.exists()
    client.post(url(STALL, weavers), form | {"product": cloth.product_id}, follow=True)
    assert not DeclaredSale.objects.exists()
    client.post(url(STALL, weavers), form | {"product": second.pk})

    sale = DeclaredSale.objects.get()
    assert (sale.product, sale.amount_satang) == (second, 30_002)


def test_the_channel_is_the_last_one_used_and_can_be_chosen(client, weavers):
    scarf = make_product(weavers)
    assert form_of(stall(client, weavers), scarf.product)["channel"] == "stall"

    tap(client, scarf, channel="fair")

    assert DeclaredSale.objects.get().channel == "fair"
    assert form_of(stall(client, weavers), scarf.product)["channel"] == "fair"
    assert form_of(stall(client, weavers, channel="moon"), scarf.product)["channel"] == "fair"


def long_form(client, thing, **typed):
    address = url("workbench:stall-more", thing.producer, pk=thing.product_id)
    token = re.search(r'name="form_token" value="([^"]+)"', client.get(address).content.decode())[1]
    usual = {
        "product": thing.product_id,
        "quantity": 1,
        "sold_on": thai.today().isoformat(),
        "channel": "stall",
        "form_token": token,
    }
    return client.post(address, usual | typed)


def test_the_longer_form_records_pieces_price_day_and_channel(client, weavers):
    scarf = make_product(weavers, stock=9)

    answer = long_form(client, scarf, quantity=3, amount="๑,๒๐๐.๕๐", channel="home")

    sale = DeclaredSale.objects.get()
    assert answer.status_code == 302
    assert (sale.quantity, sale.amount_satang, sale.channel) == (3, 120_050, "home")
    assert in_stock(scarf) == 6


def test_without_an_amount_the_usual_price_counts(client, weavers):
    scarf = make_product(weavers, price_baht="250", stock=9)

    long_form(client, scarf, quantity=2)

    assert DeclaredSale.objects.get().amount_satang == 50_000


def other_form(client, producer, **typed):
    address = url("workbench:stall-other", producer)
    token = re.search(r'name="form_token" value="([^"]+)"', client.get(address).content.decode())[1]
    usual = {
        "title_th": "ผ้าถุง",
        "otop_type": "textile",
        "income_kind": "goods",
        "quantity": 1,
        "amount": "300",
        "sold_on": thai.today().isoformat(),
        "channel": "hotel",
        "form_token": token,
    }
    return client.post(address, usual | typed)


def test_something_not_shown_here_is_told_by_name_and_kind(client, weavers):
    assert url("workbench:stall-other", weavers) in stall(client, weavers).content.decode()

    answer = other_form(client, weavers, income_kind="stay", title_th="ห้องพัก <b>1</b> คืน")

    sale = DeclaredSale.objects.get()
    assert answer.headers["location"] == f"{url(STALL, weavers)}?sold={sale.pk}"
    assert (sale.title_th, sale.otop_type, sale.income_kind) == (
        "ห้องพัก <b>1</b> คืน",
        "textile",
        "stay",
    )
    assert (sale.amount_satang, sale.channel, sale.recorded_by_id is None) == (
        30_000,
        "hotel",
        False,
    )
    page = client.get(answer.headers["location"]).content.decode()
    assert "ห้องพัก &lt;b&gt;1&lt;/b&gt; คืน" in page and "<b>1</b>" not in page


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title_th": ""}, "title_th"),
        ({"title_th": "ก" * 256}, "title_th"),
        ({"title_th": "\u200b\u200b"}, "title_th"),
        ({"otop_type": ""}, "otop_type"),
        ({"otop_type": "gold"}, "otop_type"),
        ({"income_kind": "gift"}, "income_kind"),
        ({"amount": ""}, "amount"),
        ({"amount": "10000000.01"}, "amount"),
        ({"sold_on": "29/2/2569"}, "sold_on"),
    ],
)
def test_of_something_not_shown_here_what_is_wrong_is_said_and_nothing_typed_is_lost(
    client, weavers, typed, field
):
    usual = {"quantity": "4", "title_th": "ย่าม", "amount": "77"}

    answer = other_form(client, weavers, **usual | typed)

    form = answer.context["form"]
    assert answer.status_code == 200 and list(form.errors) == [field]
    assert all(form[name].value() == typed.get(name, text) for name, text in usual.items())
    assert not DeclaredSale.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"quantity": "0"}, "quantity"),
        ({"quantity": "9"}, "quantity"),  # of 5
        ({"quantity": "x"}, "quantity"),
        ({"amount": "0"}, "amount"),
        ({"amount": "-5"}, "amount"),
        ({"amount": "1e30"}, "amount"),
        ({"amount": "1.005"}, "amount"),
        ({"amount": "NaN"}, "amount"),
        ({"amount": "ร้อย"}, "amount"),
        ({"sold_on": "2999-01-01"}, "sold_on"),
        ({"sold_on": "2020-01-01"}, "sold_on"),
        ({"sold_on": ""}, "sold_on"),
        ({"channel": "moon"}, "channel"),
        ({"product": "0"}, "product"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_typed_is_lost(
    client, weavers, typed, field
):
    scarf = make_product(weavers, stock=5)
    usual = {"quantity": "4", "amount": "77"}

    answer = long_form(client, scarf, **usual | typed)

    form = answer.context["form"]
    assert answer.status_code == 200 and list(form.errors) == [field]
    assert all(form[name].value() == typed.get(name, text) for name, text in usual.items())
    assert not DeclaredSale.objects.exists() and in_stock(scarf) == 5


def test_the_days_of_the_form_begin_with_last_month_until_it_is_closed(client, weavers):
    scarf = make_product(weavers)
    address = url("workbench:stall-more", weavers, pk=scarf.product_id)
    first = thai.today().replace(day=1)
    last_month = (first - timedelta(days=1)).replace(day=1)

    page = client.get(address).content.decode()
    assert f'min="{last_month.isoformat()}"' in page
    assert f'max="{thai.today().isoformat()}"' in page

    close_month(last_month)
    assert f'min="{first.isoformat()}"' in client.get(address).content.decode()


def test_things_of_others_and_things_not_on_offer_do_not_appear(client, weavers):
    theirs, draft = make_product(make_producer()), make_product(weavers, public=False)
    waiting = make_product(weavers, public=False)
    Provenance.objects.filter(pk=waiting.pk).update(
        status=Provenance.Status.IN_REVIEW, submitted_at=timezone.now()
    )

    rows = stall(client, weavers).context["listing"].rows

    assert [row.pk for row in rows] == [waiting.product_id]
    for thing in (theirs, draft):
        address = url("workbench:stall-more", weavers, pk=thing.product_id)
        assert client.get(address).status_code == 404


def test_many_products_come_in_pages_and_are_found_by_a_word(client, weavers):
    for number in range(PER_PAGE + 1):
        make_product(weavers, title_th=f"ผ้า {number}")
    last = make_product(weavers, title_th="กระเป๋า")

    assert len(stall(client, weavers, page=2).context["listing"].rows) == 2
    found = stall(client, weavers, q="กระเป๋า")
    assert [row.pk for row in found.context["listing"].rows] == [last.product_id]
    assert form_of(found, last.product)["q"] == "กระเป๋า"
    assert stall(client, weavers, q="x\x00" * 500).status_code == 200


def test_what_was_told_today_and_this_month_can_be_taken_back(client, weavers):
    scarf = make_product(weavers, stock=3)
    tap(client, scarf)
    sale = DeclaredSale.objects.get()
    month = url("workbench:stall-sales", weavers, key=month_period(thai.today()).key)
    back = url("workbench:stall-take-back", weavers, pk=sale.pk)
    assert f'action="{back}"' in stall(client, weavers).content.decode()
    assert f'action="{back}"' in client.get(month).content.decode()

    first, second = (client.post(back, {"to": "month"}) for _ in range(2))

    assert first.headers["location"] == second.headers["location"] == month
    assert f'action="{back}"' not in client.get(month).content.decode()
    assert in_stock(scarf) == 3 and Event.objects.count() == 2


def test_months_that_are_none_are_not_found(client, weavers):
    later = month_period(thai.today() + timedelta(days=40)).key
    for key in ("2569", "x", later):
        assert client.get(url("workbench:stall-sales", weavers, key=key)).status_code == 404
    for sold in ("0", "999999", "x"):
        assert stall(client, weavers, sold=sold).status_code == 404


def test_the_income_pages_show_declared_sales_apart(client, weavers):
    scarf = make_product(weavers, price_baht="250", stock=3)
    key = month_period(thai.today()).key
    pages = [
        url("workbench:income-months", weavers),
        url("workbench:income-month", weavers, key=key),
    ]
    assert not any('id="declared"' in client.get(page).content.decode() for page in pages)

    tap(client, scarf)

    for page in pages:
        text = client.get(page).content.decode()
        assert "฿250" in text.split('id="declared"')[1].split("</section>")[0]
    month = client.get(pages[1]).content.decode()
    assert "฿250" not in month.replace(month.split('id="declared"')[1].split("</section>")[0], "")
    told = [(one.net_satang, one.declared_satang) for one in client.get(pages[0]).context["months"]]
    assert told.count((0, 25_000)) == 1 and set(told) <= {(0, 25_000), (0, 0)}
