"""The list of one's products: what it says of each, and price and stock changed in its row."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from oscar.apps.partner.models import StockRecord

from marketplace.core.money import to_satang
from marketplace.provenance.models import ProductChange, Provenance, StockKind
from marketplace.provenance.services import OptionPlan, propose_change, save_draft, start_draft
from tests.factories import make_member, make_producer, make_product, make_village, place_order

pytestmark = pytest.mark.django_db
Status = Provenance.Status


@pytest.fixture
def weavers(client):
    producer = make_producer(make_village())
    client.force_login(make_member(producer).user)
    return producer


def url(name, producer, **ids):
    return reverse(f"workbench:products-{name}", kwargs={"producer_id": producer.pk} | ids)


def text_of(client, address, **query):
    return client.get(address, query).content.decode()


def row_of(text, thing):
    return text.split(f'id="p{thing.product_id}"')[1].split('class="goods__one"')[0]


def form_to(text, address):
    """The hidden inputs of the first form that is sent to this address."""
    form = text.split(f'action="{address}"')[1].split("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


def sold(thing):
    record = StockRecord.objects.get(product=thing.product)
    return to_satang(record.price), record.net_stock_level


def test_each_status_is_said_in_words_with_its_reason(client, weavers):
    things = {status: make_product(weavers, public=status == "public") for status in Status.values}
    Provenance.objects.filter(pk=things["refused"].pk).update(
        status="refused", status_reason="รูปมืดไป"
    )
    for status in ("in_review", "withdrawn"):
        Provenance.objects.filter(pk=things[status].pk).update(
            status=status, submitted_at=timezone.now()
        )

    page = text_of(client, f"/en{url('list', weavers)}")

    words = {
        "public": "On sale",
        "in_review": "Waiting for review",
        "refused": "รูปมืดไป",
        "withdrawn": "Off sale",
        "draft": "Not sent in yet",
    }
    for status, said in words.items():
        assert said in row_of(page, things[status])


def test_a_change_that_waits_and_one_refused_are_marked(client, weavers):
    waiting, refused = make_product(weavers), make_product(weavers)
    for thing in (waiting, refused):
        propose_change(provenance=thing, facts={"title_th": "ชื่อใหม่"}, by=None)
    ProductChange.objects.filter(provenance=refused).update(
        state="refused", reason="ชื่อยาวไป", decided_at=timezone.now()
    )

    page = text_of(client, f"/en{url('list', weavers)}")

    assert "A change waits" in row_of(page, waiting)
    assert "ชื่อยาวไป" in row_of(page, refused) and "A change waits" not in row_of(page, refused)


def test_shelves_and_words_inside_thai_names(client, weavers):
    scarf = make_product(weavers, title_th="ผ้าคลุมไหล่ครามลายขอ")
    basket = make_product(weavers, title_th="กระติบข้าว", public=False)

    found = text_of(client, url("list", weavers), q="คราม")
    unsent = text_of(client, url("shelf", weavers, which="not-sent"))

    assert f'id="p{scarf.product_id}"' in found and f'id="p{basket.product_id}"' not in found
    assert f'id="p{basket.product_id}"' in unsent and f'id="p{scarf.product_id}"' not in unsent
    assert client.get(url("shelf", weavers, which="nothing")).status_code == 404


def test_pages_follow_each_other(client, weavers):
    things = [make_product(weavers) for _ in range(25)]

    first = text_of(client, url("list", weavers))
    second = text_of(client, url("list", weavers), page="2")

    assert f'id="p{things[0].product_id}"' not in first
    assert second.count('class="goods__one"') == 1
    assert f'id="p{things[0].product_id}"' in second


def test_plus_and_minus_change_the_stock_once_and_lead_back(client, weavers):
    scarf = make_product(weavers, stock=3)
    shelf = url("shelf", weavers, which="on-sale")
    form = form_to(text_of(client, shelf), url("stock", weavers, pk=scarf.product_id))

    for _ in range(2):  # a double tap
        answer = client.post(url("stock", weavers, pk=scarf.product_id), form | {"step": "more"})

    assert sold(scarf)[1] == 4
    assert answer.headers["location"] == f"{shelf}#p{scarf.product_id}"


def test_a_number_that_moved_meanwhile_is_not_overwritten(client, weavers):
    scarf = make_product(weavers, stock=3)
    address = url("stock", weavers, pk=scarf.product_id)
    form = form_to(text_of(client, url("list", weavers)), address)
    place_order((scarf, 2))

    answer = client.post(address, form | {"quantity": "5"}, follow=True)

    assert "notice--error" in answer.content.decode()
    assert sold(scarf)[1] == 1


def test_the_price_changes_at_once(client, weavers):
    scarf = make_product(weavers, price_baht="250")

    client.post(url("price", weavers, pk=scarf.product_id), {"price": "๑,๒๕๐.๕๐"})

    assert sold(scarf)[0] == 125_050


@pytest.mark.parametrize(
    ("what", "typed"), [("price", "ร้อยบาท"), ("price", "0"), ("stock", "มาก"), ("stock", "")]
)
def test_what_cannot_be_read_stays_in_the_field_beside_its_error(client, weavers, what, typed):
    scarf = make_product(weavers, stock=3)
    before = sold(scarf)
    field = {"price": "price", "stock": "quantity"}[what]

    answer = client.post(url(what, weavers, pk=scarf.product_id), {field: typed, "seen": "3"})

    page = answer.content.decode()
    assert answer.status_code == 200 and 'aria-invalid="true"' in page
    assert not typed or f'value="{typed}"' in page
    assert sold(scarf) == before


def test_options_have_price_and_stock_of_their_own(client, weavers):
    plans = [OptionPlan(f"ลาย {n}", "", 30_000 + n, 4, picture=None) for n in (1, 2)]
    cloth = make_product(weavers, options=plans)
    second = cloth.product.children.order_by("-pk").first()

    client.post(url("stock", weavers, pk=second.pk), {"seen": "4", "step": "less"})
    client.post(url("price", weavers, pk=second.pk), {"price": "310"})

    record = StockRecord.objects.get(product=second)
    assert (to_satang(record.price), record.net_stock_level) == (31_000, 3)
    assert client.get(url("price", weavers, pk=cloth.product_id)).status_code == 404


def test_a_single_piece_is_there_once_or_not(client, weavers):
    pot = make_product(weavers, stock=1, stock_kind=StockKind.ONE_PIECE)

    answer = client.post(url("stock", weavers, pk=pot.product_id), {"seen": "1", "quantity": "2"})

    assert 'aria-invalid="true"' in answer.content.decode()
    assert sold(pot)[1] == 1


def test_what_is_made_to_order_is_not_counted(client, weavers):
    pot = make_product(weavers, stock_kind=StockKind.MADE_TO_ORDER, lead_days=5, stock=None)

    assert client.get(url("stock", weavers, pk=pot.product_id)).status_code == 404
    assert url("stock", weavers, pk=pot.product_id) not in text_of(client, url("list", weavers))


def test_roles_meet_the_buttons_they_may_use(client, weavers):
    scarf = make_product(weavers)
    price, stock = (url(what, weavers, pk=scarf.product_id) for what in ("price", "stock"))
    start_draft(producer=weavers, by=None)

    found = {}
    for role in ("packer", "viewer", "manager"):
        client.force_login(make_member(weavers, role).user)
        page = text_of(client, url("list", weavers))
        found[role] = (price in page, stock in page, "unfinished" in page)

    assert found == {
        "packer": (False, True, False),
        "viewer": (False, False, False),
        "manager": (True, True, True),
    }


def test_unfinished_forms_are_listed_by_name(client, weavers):
    draft = start_draft(producer=weavers, by=None)
    save_draft(draft=draft, data={"title_th": "<b>ตะกร้า"}, version=0, by=None)

    assert "&lt;b&gt;ตะกร้า" in text_of(client, url("list", weavers))


def test_another_producers_products_are_not_found_and_stay(client, weavers):
    theirs = make_product(make_producer(make_village("34010105")), stock=3)
    before = sold(theirs)

    for what, form in (("price", {"price": "1"}), ("stock", {"seen": "3", "quantity": "9"})):
        address = url(what, weavers, pk=theirs.product_id)
        assert client.get(address).status_code == 404
        assert client.post(address, form).status_code == 404

    assert sold(theirs) == before
