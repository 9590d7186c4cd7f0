"""The officers' desk: whose sales they see, recording for a producer, the way back."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from oscar.apps.partner.models import StockRecord

from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from marketplace.core.models import AuditEntry
from marketplace.core.row_changes import ReasonRequired
from marketplace.ledger import verification
from marketplace.ledger.models import Event
from marketplace.producers.models import Producer
from marketplace.producers.queries import acts_of_agents
from marketplace.provenance.models import OtopType
from shop.stall import errors
from shop.stall.models import DeclaredSale, Receipt
from shop.stall.services import Unlisted, declare_sale, take_back
from tests import people
from tests.factories import make_member, make_producer, make_product, make_user, make_village
from tests.shop.stall.test_declare_sale import refused
from tests.shop.stall.test_receipts import take, upload

pytestmark = pytest.mark.django_db
NAME = "declared-sale-register"
CHIANG_MAI, UBON = "50010811", "34010105"


@pytest.fixture(autouse=True)
def private(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path


@pytest.fixture
def weavers():
    return make_producer(make_village(CHIANG_MAI, "บ้านปุย"), "กลุ่มทอผ้า")


@pytest.fixture
def carvers():
    return make_producer(make_village(UBON, "บ้านปะอาว"), "กลุ่มแกะสลัก")


@pytest.fixture
def officer(client):
    user = people.staff(StaffRole.OFFICER, "50")
    client.force_login(user)
    return user


def url(page, *ids):
    return reverse(f"{NAME}:{page}", args=ids)


def declared(producer, token="form-1", **facts):
    usual = {"product": Unlisted("ผ้าถุง", OtopType.TEXTILE), "amount_satang": 30_000, "by": None}
    return declare_sale(producer=producer, form_token=token, **usual | facts).sale


def typed(**more):
    return {
        "form_token": "token-of-a-form-long-enough",
        "title_th": "ย่าม <script>",
        "otop_type": "textile",
        "income_kind": "goods",
        "quantity": "2",
        "amount": "๑,๒๐๐",
        "sold_on": thai.thai_date(thai.today(), "numeric"),
        "channel": "hotel",
        "told_by": "ยายคำ",
    } | more


def titles(client, **query):
    return [row.title_th for row in client.get(url("index"), query).context["object_list"]]


# --- Recording -----------------------------------------------------------------------------------
def test_an_officer_records_for_a_producer_of_her_area_who_reads_of_it(client, officer, weavers):
    answer = client.post(url("record-other", weavers.pk), typed(photo=upload()))

    sale = DeclaredSale.objects.get()
    assert answer.headers["location"] == url("inspect", sale.pk)
    assert (sale.producer, sale.recorded_by, sale.is_by_officer) == (weavers, officer, True)
    assert (sale.told_by, sale.amount_satang, sale.channel) == ("ยายคำ", 120_000, "hotel")
    assert sale.receipt.uploaded_by == officer
    event = Event.objects.get()
    assert (event.kind, event.actor, event.total_satang) == ("declared", officer, 120_000)
    entry = AuditEntry.objects.get(act="stall.declare")
    assert (entry.actor, entry.on_behalf_of) == (officer, f"producer:{weavers.pk}")
    assert entry in acts_of_agents(weavers)
    details = client.get(url("inspect", sale.pk)).content.decode()
    assert "ยายคำ" in details and "฿1,200" in details and "ย่าม &lt;script&gt;" in details
    assert url("receipt", sale.receipt_id) in details
    client.force_login(make_member(weavers).user)
    page = client.get(reverse("workbench:stall-sell", args=[weavers.pk])).content.decode()
    assert "ยายคำ" in page and officer.email in page


def test_an_officer_records_a_product_and_its_pieces_leave_the_stock(client, officer, weavers):
    scarf = make_product(weavers, price_baht="250", stock=3)
    chosen = client.get(url("record-for", weavers.pk)).content.decode()
    assert url("record-product", weavers.pk, scarf.product_id) in chosen

    client.post(
        url("record-product", weavers.pk, scarf.product_id),
        typed(product=scarf.product_id, amount=""),
    )

    assert DeclaredSale.objects.get().amount_satang == 50_000
    assert StockRecord.objects.get().num_in_stock == 1
    assert list(verification.verify()) == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"told_by": ""}, "told_by"),
        ({"told_by": "\u200b "}, "told_by"),
        ({"amount": "x"}, "amount"),
        ({"sold_on": "1/1/2600"}, "sold_on"),
        ({"sold_on": "30/2/2569"}, "sold_on"),
        ({"title_th": ""}, "title_th"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    client, officer, weavers, wrong, field
):
    page = client.post(url("record-other", weavers.pk), typed(**wrong))

    form = page.context["form"]
    assert list(form.errors) == [field] and form["channel"].value() == "hotel"
    assert 'role="alert"' in page.content.decode()
    assert not DeclaredSale.objects.exists()


def test_a_doubt_is_shown_and_confirmed_at_the_desk_too(client, officer, weavers):
    for number in range(3):
        declared(weavers, f"form-{number}", amount_satang=100 + number)

    page = client.post(url("record-other", weavers.pk), typed())
    key = re.search(r'name="confirmed" value="([0-9a-f]+)"', page.content.decode())[1]
    assert DeclaredSale.objects.count() == 3
    client.post(url("record-other", weavers.pk), typed(confirmed=key))

    assert DeclaredSale.objects.latest("pk").amount_satang == 120_000


def test_a_form_sent_twice_is_one_sale(client, officer, weavers):
    for _ in range(2):
        answer = client.post(url("record-other", weavers.pk), typed())
        assert answer.headers["location"] == url("inspect", DeclaredSale.objects.get().pk)

    assert Event.objects.count() == 1


def test_an_officer_without_a_teller_is_refused_by_the_service_and_by_the_database(weavers):
    refused(errors.WhoTold, lambda: declared(weavers, as_officer=True))

    sale = declared(weavers)
    with pytest.raises(IntegrityError), transaction.atomic():
        DeclaredSale.objects.filter(pk=sale.pk).update(is_by_officer=True)


# --- Areas ---------------------------------------------------------------------------------------
def test_producers_of_other_areas_and_closed_ones_are_not_found(client, officer, weavers, carvers):
    thing = make_product(carvers)
    theirs = take(carvers)
    sale = declared(carvers, receipt=theirs)
    before = DeclaredSale.objects.count(), Event.objects.count()
    for address in (
        url("record-for", carvers.pk),
        url("record-other", carvers.pk),
        url("record-product", carvers.pk, thing.product_id),
        url("record-product", weavers.pk, thing.product_id),
        url("inspect", sale.pk),
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, typed()).status_code in (404, 405)
    assert client.get(url("receipt", theirs.pk)).status_code == 404
    assert (DeclaredSale.objects.count(), Event.objects.count()) == before
    assert carvers.name_th not in client.get(url("record")).content.decode()
    assert client.get(url("record")).content.decode().count("/record/") > 1

    Producer.objects.filter(pk=weavers.pk).update(status=Producer.Status.CLOSED)
    assert client.get(url("record-other", weavers.pk)).status_code == 404


def test_anothers_receipt_in_the_form_is_not_taken(client, officer, weavers, carvers):
    client.post(url("record-other", weavers.pk), typed(receipt=take(carvers).pk))

    assert DeclaredSale.objects.get().receipt is None


@pytest.mark.parametrize(
    ("role", "sees", "records"),
    [
        (StaffRole.FINANCE, True, False),
        (StaffRole.CURATOR, False, False),
        (StaffRole.REVIEWER, False, False),
        (StaffRole.SUPPORT, False, False),
        ("administrator", True, True),
        ("officer without an area", False, False),
    ],
)
def test_who_sees_the_desk_and_who_records(client, weavers, carvers, role, sees, records):
    if role == "administrator":
        user = make_user(is_staff=True, is_superuser=True)
    else:
        user = people.staff(StaffRole.OFFICER if role not in list(StaffRole) else role)
    client.force_login(user)
    receipt = take(weavers)
    sale = declared(weavers, receipt=receipt)
    declared(carvers)

    if sees:
        assert len(titles(client)) == 2
    assert (client.get(url("inspect", sale.pk)).status_code == 200) == sees
    assert (client.get(url("receipt", receipt.pk)).status_code == 200) == sees
    answers = {client.get(url("record")).status_code}
    answers.add(client.post(url("record-other", weavers.pk), typed()).status_code)
    assert answers == ({200, 302} if records else {403})
    client.post(url("inspect", sale.pk), {"reason": "ผิด", "act": "take-back"})
    sale.refresh_from_db()
    assert sale.is_taken_back == records
    assert DeclaredSale.objects.count() == (3 if records else 2)


def test_people_without_a_role_do_not_come_in(client, weavers):
    receipt = take(weavers)
    for user in (None, make_user(), make_member(weavers).user):
        if user:
            client.force_login(user)
        for address in (url("index"), url("record"), url("receipt", receipt.pk)):
            assert client.get(address).status_code == 302


# --- The list ------------------------------------------------------------------------------------
def test_the_list_is_found_by_words_days_channel_place_writer_and_state(
    client, officer, weavers, carvers
):
    other = make_producer(make_village("50010812", "บ้านแม่"), "กลุ่มจักสาน")
    yesterday = thai.today() - timedelta(days=1)
    cloth = declared(weavers, channel="fair")
    basket = Unlisted("ตะกร้า", OtopType.HOUSEHOLD)
    declared(other, product=basket, sold_on=yesterday, told_by="ลุงมี", as_officer=True)
    declared(carvers)
    take_back(sale=cloth, by=None)

    assert titles(client) == ["ผ้าถุง", "ตะกร้า"]
    assert titles(client, q="จักสาน") == titles(client, q="ลุงมี") == ["ตะกร้า"]
    assert titles(client, channel="fair") == titles(client, state="back") == ["ผ้าถุง"]
    assert titles(client, state="stands") == titles(client, writer="True") == ["ตะกร้า"]
    assert titles(client, code="50010812") == ["ตะกร้า"]
    assert titles(client, last=thai.thai_date(yesterday, "numeric")) == ["ตะกร้า"]
    assert titles(client, first=thai.today().isoformat()) == ["ผ้าถุง"]
    assert client.get(url("index"), {"first": "31/2/2569"}).status_code == 200


def test_the_list_takes_the_same_statements_for_any_number_of_sales(client, officer, weavers):
    declared(weavers)
    client.get(url("index"))
    with CaptureQueriesContext(connection) as few:
        client.get(url("index"))
    for number in range(5):
        declared(make_producer(make_village(f"5001082{number}")), f"more-{number}")

    with CaptureQueriesContext(connection) as many:
        client.get(url("index"))

    assert len(many) == len(few)


# --- The way back --------------------------------------------------------------------------------
def test_a_sale_is_taken_back_after_a_reason_and_a_second_look_once(client, officer, weavers):
    sale = declared(weavers)
    page = url("inspect", sale.pk)

    empty = client.post(page, {"act": "look", "reason": " "})
    assert empty.context["form"].errors and not empty.context["is_second_look"]
    look = client.post(page, {"act": "look", "reason": "เขียน <b>ผิด</b>"}).content.decode()
    assert 'value="take-back"' in look and "เขียน &lt;b&gt;ผิด&lt;/b&gt;" in look
    sale.refresh_from_db()
    assert not sale.is_taken_back and Event.objects.count() == 1

    for _ in range(2):
        answer = client.post(page, {"act": "take-back", "reason": "เขียน <b>ผิด</b>"})
        assert answer.headers["location"] == page

    sale.refresh_from_db()
    assert (sale.taken_back_by, sale.taken_back_reason) == (officer, "เขียน <b>ผิด</b>")
    assert list(Event.objects.order_by("recorded_at").values_list("kind", flat=True)) == [
        "declared",
        "declared-reversal",
    ]
    entry = AuditEntry.objects.get(act="stall.take_back")
    assert (entry.actor, entry.on_behalf_of) == (officer, f"producer:{weavers.pk}")
    assert 'value="look"' not in client.get(page).content.decode()
    assert list(verification.verify()) == []


def test_an_officer_who_gives_no_reason_takes_nothing_back(weavers):
    sale = declared(weavers)

    with pytest.raises(ReasonRequired):
        take_back(sale=sale, by=None, reason=" ", as_officer=True)

    sale.refresh_from_db()
    assert not sale.is_taken_back and Event.objects.count() == 1


def test_an_officers_grant_that_ended_ends_her_desk(client, officer, weavers):
    receipt = take(weavers)
    officer.area_grants.update(valid_until=date(2020, 6, 1))

    assert client.get(url("record-other", weavers.pk)).status_code == 403
    assert client.get(url("receipt", receipt.pk)).status_code == 404
    assert Receipt.objects.count() == 1
