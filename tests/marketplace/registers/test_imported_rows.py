"""Imported rows in the staff's registers: found, kept to areas, settled once; contacts kept."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from marketplace.accounts.roles import StaffRole
from marketplace.core.models import AuditEntry
from marketplace.provenance.imports import reasons
from marketplace.provenance.imports.names import search_key
from marketplace.provenance.imports.settling import NotWaiting, reject_row, settle_row
from marketplace.provenance.models import ImportBatch, ImportRow, Provenance
from tests import factories
from tests.people import staff

pytestmark = pytest.mark.django_db

BUDGETS = json.loads((Path(__file__).parents[2] / "budgets.json").read_text())["staff"]
Status = ImportRow.Status
INDEX = "import-row-register:index"
PAGE = "import-row-register:inspect"
OUTLET, PHONE = "นางสมศรี ใจดี", "081-234-5678"


@pytest.fixture(autouse=True)
def village():
    factories.make_tambon("340101")
    return factories.make_village("50010811", "บ้านดอยปุย")


@pytest.fixture
def batch():
    return ImportBatch.objects.create(source="lanna", layout="government")


def stage(batch, title="ข้าวแต๋นน้ำแตงโม", status=Status.REVIEW, **facts):
    """A row as the import stages it."""
    number = ImportRow.objects.count() + 1
    raw = {
        "ชื่อสินค้า OTOP": title,
        "อำเภอ": "เมืองเชียงใหม่",
        "ชื่อสถานที่จัดจำหน่าย": OUTLET,
        "โทร": PHONE,
        "ที่อยู่": f"บ้าน{OUTLET} 9 หมู่ 11",
    }
    defaults = {
        "source": batch.source,
        "row_hash": f"{number:064}",
        "first_batch": batch,
        "line_number": number,
        "raw": raw,
        "title_th": title,
        "match_key": search_key(title),
        "facts": {"title_th": title, "otop_type": "food", "price_satang": 12_050, "quantity": 4},
        "status": status,
        "reason_th": reasons.NO_MOO,
        "tambon_code": "500108",
    }
    return ImportRow.objects.create(**(defaults | facts))


def listed(client, **query) -> str:
    answer = client.get(reverse(INDEX), query)
    assert answer.status_code == 200, answer
    return answer.text


def page(client, row):
    return client.get(reverse(PAGE, args=[row.pk]))


def statements(client, url) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def settle(client, row, village, **facts):
    form = {"title_th": row.title_th, "otop_type": "food", "stock_kind": "in_stock"} | facts
    form = {f"settle-{name}": fact for name, fact in form.items()}
    form |= {"act": "settle", "settle-village": village.pk if village else ""}
    return client.post(reverse(PAGE, args=[row.pk]), form)


def reject(client, row, reason):
    url = reverse(PAGE, args=[row.pk])
    return client.post(url, {"act": "reject", "reject-reason": reason})


# --- Finding -------------------------------------------------------------------------------------
@pytest.mark.parametrize("words", ["แต๋น", "น้ำแตงโม", "ข้าว แต๋น", "50010", "ไม่ระบุหมู่ที่"])
def test_a_thai_word_inside_a_name_a_reason_and_a_code_are_found(client, curator, batch, words):
    stage(batch)
    stage(batch, "ผ้าไหม", reason_th=reasons.UNKNOWN_TYPE, tambon_code="340101")

    text = listed(client, q=words)

    assert "ข้าวแต๋น" in text
    assert "ผ้าไหม" not in text


def test_filters_narrow_the_list_and_counts_say_what_became_of_the_rows(client, curator, batch):
    other = ImportBatch.objects.create(source="isan", layout="ours")
    stage(batch)
    stage(batch, "กล้วยตาก", Status.OK)
    stage(other, "ผ้าไหม", Status.REJECTED, tambon_code="340101")

    for query in ({"status": "rejected"}, {"first_batch": other.pk}, {"province": "34"}):
        text = listed(client, **query)
        assert "ผ้าไหม" in text
        assert "แต๋น" not in text and "กล้วยตาก" not in text

    counts = client.get(reverse(INDEX), {"province": "50", "status": "ok"}).context["counts"]
    assert [rows for _, rows, _ in counts] == [1, 0, 1, 0]
    assert client.get(counts[2][2]).text.count("แต๋น") >= 1
    assert listed(client, first_batch="999999")


def test_statements_do_not_grow_with_rows(client, curator, batch):
    row = stage(batch)
    urls = {"imported-rows": reverse(INDEX), "imported-row": reverse(PAGE, args=[row.pk])}
    for url in urls.values():
        client.get(url)  # caches of content types and menus

    few = {name: statements(client, url) for name, url in urls.items()}
    for number in range(60):
        stage(batch, f"สินค้า {number}", list(Status)[number % 4])
    many = {name: statements(client, url) for name, url in urls.items()}

    assert many == few
    assert many == {name: BUDGETS[name] for name in urls}


# --- Who sees what -------------------------------------------------------------------------------
def test_an_officer_sees_rows_of_his_areas_in_the_list_and_by_address_alike(client, batch):
    mine = stage(batch)
    theirs = stage(batch, "ผ้าไหม", tambon_code="340101", village_code="34010105")
    nowhere = stage(batch, "ปลาร้า", tambon_code="")
    in_village = stage(batch, "น้ำพริก", village_code="50010811")
    client.force_login(staff(StaffRole.OFFICER, "5001"))

    text = listed(client)

    assert "แต๋น" in text and "น้ำพริก" in text
    assert "ผ้าไหม" not in text and "ปลาร้า" not in text
    assert [page(client, row).status_code for row in (mine, theirs, nowhere, in_village)] == [
        200, 404, 404, 200,
    ]  # fmt: skip
    counts = client.get(reverse(INDEX)).context["counts"]
    assert sum(rows for _, rows, _ in counts) == 2
    client.force_login(staff(StaffRole.OFFICER, "50010811"))
    assert [page(client, row).status_code for row in (mine, in_village)] == [404, 200]


@pytest.mark.parametrize("role", [StaffRole.FINANCE, StaffRole.SUPPORT, None])
def test_others_see_nothing(client, batch, role):
    row = stage(batch)
    user = staff(role) if role else factories.make_member(factories.make_producer()).user
    client.force_login(user)

    for answer in (client.get(reverse(INDEX)), page(client, row), reject(client, row, "x")):
        assert answer.status_code in (302, 403, 404)
        assert "แต๋น" not in answer.text
    row.refresh_from_db()
    assert row.status == Status.REVIEW


@pytest.mark.parametrize("areas", [None, ["5001"], [""]])
def test_names_and_telephones_are_shown_to_curators_only(client, curator, batch, areas):
    facts = {"title_th": "ข้าวแต๋น", "producer_name": OUTLET, "description_th": f"โทร {PHONE}"}
    row = stage(batch, facts=facts)
    person = stage(batch, OUTLET, Status.REJECTED, reason_th=reasons.NAME_IS_PERSON)
    called = stage(batch, f"กล้วยตาก {PHONE}", reason_th=reasons.NAME_HAS_PHONE)
    rows = (row, person, called)
    assert all(OUTLET in page(client, one).text and PHONE in page(client, one).text for one in rows)
    assert OUTLET in listed(client, q="สมศรี")

    client.force_login(
        staff(StaffRole.REVIEWER) if areas is None else staff(StaffRole.OFFICER, *areas)
    )

    texts = [page(client, one).text for one in rows] + [listed(client)]
    assert not [text for text in texts if "สมศรี" in text or PHONE in text]
    assert "เมืองเชียงใหม่" in texts[0] and "ข้าวแต๋น" in texts[0]
    for words in ("สมศรี", "กล้วยตาก", "081"):
        assert f"{reverse(INDEX)}inspect" not in listed(client, q=words)


def test_only_curators_settle_and_reject(client, batch, village):
    row = stage(batch)
    for user in (staff(StaffRole.REVIEWER), staff(StaffRole.OFFICER, "")):
        client.force_login(user)
        assert 'name="act"' not in page(client, row).text
        assert settle(client, row, village).status_code == 403
        assert reject(client, row, "ซ้ำ").status_code == 403

    row.refresh_from_db()
    assert (row.status, row.product_id) == (Status.REVIEW, None)
    assert not Provenance.objects.exists()


@pytest.mark.parametrize("act", ["delete", "copy", "history", "usage", "edit"])
def test_rows_are_not_edited_or_deleted(act):
    with pytest.raises(NoReverseMatch):
        reverse(f"import-row-register:{act}", args=[1])


# --- Settling ------------------------------------------------------------------------------------
def test_a_curator_settles_a_row_with_the_village_of_the_chooser(client, curator, batch, village):
    row = stage(batch)
    text = page(client, row).text
    assert '<select name="settle-village"' not in text
    assert 'type="hidden" name="settle-village"' in text
    assert reverse("registered_village_chooser:choose") in text

    answer = settle(client, row, village, price_baht="99.50", quantity="7", otop_type="beverage")

    assert answer.url == f"{reverse(INDEX)}?status=review"
    made = Provenance.objects.get()
    assert (made.status, made.otop_type, made.is_alcoholic) == ("draft", "beverage", False)
    assert made.producer.home_village == village
    stock = made.product.stockrecords.get()
    assert (str(stock.price), stock.num_in_stock) == ("99.50", 7)
    row.refresh_from_db()
    assert (row.status, row.product_id, row.reason_th) == ("ok", made.product_id, "")
    assert AuditEntry.objects.get(act="import.settle").actor == curator


def test_a_proven_village_need_not_be_chosen_again(client, curator, batch):
    row = stage(batch, village_code="50010803")

    assert settle(client, row, None).status_code == 302

    assert Provenance.objects.get().producer.home_village_id == "50010803"


def test_a_row_with_options_keeps_their_prices(client, curator, batch, village):
    options = [{"title_th": "เล็ก", "price_satang": 5_000, "quantity": 1}]
    row = stage(batch, facts={"title_th": "ข้าวแต๋น", "otop_type": "food", "options": options})
    assert "settle-price_baht" not in page(client, row).text

    assert settle(client, row, village).status_code == 302

    made = Provenance.objects.get()
    assert str(made.product.children.get().stockrecords.get().price) == "50.00"


def test_a_taken_otop_code_is_taken_out_by_the_curator(client, curator, batch, village):
    factories.make_product(otop_code="OT-1")
    row = stage(batch, facts={"title_th": "ข้าวแต๋น", "otop_type": "food", "otop_code": "OT-1"})

    answer = settle(client, row, village, otop_code="OT-1")
    assert (answer.status_code, Provenance.objects.count()) == (200, 1)
    assert settle(client, row, village, otop_code="").status_code == 302

    assert Provenance.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"title_th": ""},
        {"title_th": OUTLET},
        {"title_th": f"ข้าวแต๋น {PHONE}"},
        {"title_th": "=1+1"},
        {"otop_type": "gold"},
        {"price_baht": "-1"},
        {"price_baht": "NaN"},
        {"price_baht": "1.234"},
        {"quantity": "-1"},
        {"quantity": "9" * 12},
        {"quantity": "x"},
        {"stock_kind": "made_to_order", "lead_days": "0"},
        {"stock_kind": "one_piece", "quantity": "3"},
        {"weight_grams": "0"},
        {"village": ""},
        {"village": "99999999"},
        {"village": "x" * 500},
    ],
)
def test_wrong_input_is_answered_above_the_form_and_changes_nothing(
    client, curator, batch, village, wrong
):
    row = stage(batch)
    chosen = wrong.pop("village", None)
    form = {"otop_type": "food", "stock_kind": "in_stock", "title_th": row.title_th} | wrong
    data = {f"settle-{name}": fact for name, fact in form.items()} | {"act": "settle"}
    data["settle-village"] = village.pk if chosen is None else chosen

    answer = client.post(reverse(PAGE, args=[row.pk]), data)

    assert answer.status_code == 200
    assert answer.context["forms"]["settle"].errors
    row.refresh_from_db()
    assert (row.status, row.product_id) == (Status.REVIEW, None)
    assert not Provenance.objects.exists()
    assert not AuditEntry.objects.filter(act="import.settle").exists()


def test_a_form_sent_twice_or_too_late_is_told_so(client, curator, batch, village):
    row, other = stage(batch), stage(batch, "กล้วยตาก")
    settle(client, row, village)
    reject_row(row=other, reason="ไม่ใช่สินค้า", by=None)
    made = Provenance.objects.get()

    answers = [
        settle(client, row, village),
        reject(client, row, "ซ้ำ"),
        settle(client, other, village),
        reject(client, other, "ซ้ำ"),
    ]

    assert [answer.status_code for answer in answers] == [302] * 4
    _, *said = map(str, client.get(answers[0].url).context["messages"])
    assert said == [str(NotWaiting())] * 4
    other.refresh_from_db()
    assert (other.status, other.reason_th) == (Status.REJECTED, "ไม่ใช่สินค้า")
    assert Provenance.objects.get() == made
    assert settle_row(row=row, village_code=village.pk, by=None) == made


def test_a_curator_rejects_a_row_with_a_reason(client, curator, batch):
    row = stage(batch)

    for nothing in ("", "  ", "ก" * 301):
        assert reject(client, row, nothing).status_code == 200
    row.refresh_from_db()
    assert row.status == Status.REVIEW
    assert reject(client, row, " ซ้ำกับ  แถวก่อน ").status_code == 302

    row.refresh_from_db()
    assert (row.status, row.reason_th) == (Status.REJECTED, "ซ้ำกับ แถวก่อน")
    entry = AuditEntry.objects.get(act="import.reject")
    assert (entry.actor, entry.target) == (curator, f"import-row:{row.pk}")
