"""The desk of packs and its public page: who sees what, what is pressed, what is said."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.accounts.roles import StaffRole
from marketplace.core.models import AuditEntry
from shop.yearpacks.models import PackDraft, YearPack
from tests.factories import make_member, make_producer
from tests.marketplace.ledger import rig
from tests.people import staff
from tests.shop.bookkeeping.desk import keeper
from tests.shop.yearpacks import years
from tests.shop.yearpacks.years import PUI, YEAR, ready_draft, signed, stored_at
from tests.visitor import Visitor

BUDGETS = json.loads((Path(__file__).parents[2] / "budgets.json").read_text())
LIST = "/cms/reports/year-packs/"
PUBLIC = "/income/year-packs/"


@pytest.fixture
def finance(client, db):
    user = keeper()
    client.force_login(user)
    return user


@pytest.fixture
def year(db):
    return years.make_small_year()


@pytest.fixture
def draft(year):
    return ready_draft()


@pytest.fixture
def pack(draft):
    return signed(draft)


def draft_url(draft):
    return reverse("year-pack-draft", args=[draft.pk])


def file_url(pack):
    return reverse("year-pack-file", args=[pack.pk])


def body_of(response):
    return b"".join(response.streaming_content)


def test_a_closed_year_is_made_by_one_press_and_an_open_one_is_explained(client, finance, year):
    rig.sell_in({PUI: 1}, at=years.AFTER_THE_YEAR)
    page = client.get(LIST).text
    assert "จัดทำชุดรายงานปีงบประมาณ 2568" in page
    assert "จัดทำชุดรายงานปีงบประมาณ 2569" not in page
    assert "เดือนเหล่านี้ยังไม่ปิด: ตุลาคม 2568" in page and reverse("ledger-months") in page

    answer = client.post(LIST, {"act": "make", "year": "2568"}, follow=True)

    draft = PackDraft.objects.get()
    assert answer.redirect_chain == [(draft_url(draft), 302)]
    assert (draft.fiscal_year_be, draft.made_by) == (YEAR, finance)
    assert "กำลังจัดทำ" in answer.text and "<progress" in answer.text


@pytest.mark.parametrize("year", ["2569", "2567", "", "x", "9" * 17, "2568\x00", "-1"])
def test_a_year_that_cannot_be_made_is_refused_with_a_sentence(client, finance, year):
    years.make_small_year()

    answer = client.post(LIST, {"act": "make", "year": year})

    assert answer.status_code == 409 and 'class="messages"' in answer.text
    assert not PackDraft.objects.exists()


def test_the_maker_sees_no_button_to_sign_and_posting_it_signs_nothing(client, finance, year):
    draft = ready_draft(finance)

    page = client.get(draft_url(draft)).text
    answer = client.post(
        draft_url(draft), {"act": "sign", "is_sure": "on", "sha256": draft.sha256}, follow=True
    )

    assert "คุณจัดทำชุดนี้" in page and "ลงนามถาวร" not in page
    assert "คุณจัดทำชุดนี้เอง" in answer.text and not YearPack.objects.exists()


def test_another_signs_after_a_tick_and_then_the_file_is_there_for_ever(client, finance, draft):
    url = draft_url(draft)
    typed = {"act": "sign", "sha256": draft.sha256}
    assert body_of(client.get(reverse("year-pack-draft-file", args=[draft.pk]))) == b"a pack"

    without = client.post(url, typed)
    answer = client.post(url, typed | {"is_sure": "on"}, follow=True)

    assert without.status_code == 400 and "ทำเครื่องหมายนี้ก่อน" in without.text
    pack = YearPack.objects.get()
    assert pack.sha256 in answer.text and finance.email in answer.text
    sent = client.get(file_url(pack))
    assert body_of(sent) == b"a pack"
    assert sent["Content-Disposition"] == 'attachment; filename="fiscal-year-2568.zip"'
    acts = AuditEntry.objects.filter(act__startswith="yearpack.").order_by("pk")
    assert list(acts.values_list("act", flat=True)) == [
        *("yearpack.look", "yearpack.sign", "yearpack.download")
    ]


def test_what_was_thrown_away_meanwhile_is_said(client, finance, draft):
    client.post(draft_url(draft), {"act": "drop"})
    assert not PackDraft.objects.exists()

    assert client.get(draft_url(draft)).status_code == 404
    assert client.post(draft_url(draft), {"act": "drop"}).status_code == 404


def test_a_changed_file_is_not_handed_out(client, finance, pack):
    stored_at(pack.sha256).write_bytes(b"another")

    answer = client.get(file_url(pack))

    assert answer.status_code == 409
    assert "ไม่ตรงกับที่ลงนาม" in answer.text and 'role="alert"' in answer.text
    assert AuditEntry.objects.filter(act="yearpack.broken").count() == 1
    stored_at(pack.sha256).unlink()
    assert "ไม่พบไฟล์" in client.get(file_url(pack)).text


def test_an_amendment_without_reason_or_difference_says_so_and_keeps_what_was_typed(
    client, finance, pack
):
    without = client.post(LIST, {"act": "amend", "year": "2568", "reason": ""})
    nothing = client.post(LIST, {"act": "amend", "year": "2568", "reason": "ตรวจพบภายหลัง"})

    assert without.status_code == 400 and "<details open" in without.text
    assert nothing.status_code == 409 and "ตรวจพบภายหลัง" in nothing.text
    assert "ไม่ต้องทำฉบับแก้ไข" in nothing.text
    assert not PackDraft.objects.exists()


@pytest.mark.parametrize(
    ("role", "areas", "status"),
    [
        (StaffRole.CURATOR, [], 200),
        (StaffRole.REVIEWER, [], 200),
        (StaffRole.OFFICER, [""], 200),
        (StaffRole.OFFICER, ["50"], 403),
        (StaffRole.SUPPORT, [], 403),
    ],
)
def test_whole_country_readers_read_and_act_on_nothing(client, pack, role, areas, status):
    waiting = ready_draft(content=b"more", fiscal_year_be=YEAR + 1)
    client.force_login(staff(role, *areas))
    urls = (LIST, reverse("year-pack", args=[pack.pk]), file_url(pack))

    assert [client.get(url).status_code for url in urls] == [status] * 3
    drafts = (draft_url(waiting), reverse("year-pack-draft-file", args=[waiting.pk]))
    assert [client.get(url).status_code for url in drafts] == [403] * 2
    posts = (
        (LIST, {"act": "make", "year": "2568"}),
        (LIST, {"act": "amend", "year": "2568", "reason": "x"}),
        (draft_url(waiting), {"act": "sign", "is_sure": "on", "sha256": waiting.sha256}),
        (draft_url(waiting), {"act": "drop"}),
    )
    assert [client.post(url, data).status_code for url, data in posts] == [403] * 4
    assert PackDraft.objects.get() == waiting and YearPack.objects.get() == pack


def test_makers_and_visitors_are_sent_away(client, pack):
    for user in (None, make_member(make_producer()).user):
        if user:
            client.force_login(user)
        for url in (LIST, reverse("year-pack", args=[pack.pk]), file_url(pack)):
            answer = client.get(url)
            assert answer.status_code in (302, 403) and pack.sha256 not in answer.text


def test_the_public_sees_hashes_day_and_office_and_no_figure_nor_name(client, draft):
    assert "ยังไม่มีปีงบประมาณที่ลงนาม" in client.get(PUBLIC).text
    pack = signed(draft)

    page = client.get(PUBLIC).text
    english = client.get(f"/en{PUBLIC}").text

    assert pack.sha256 in page and pack.tables_sha256 in page
    assert "โดยการเงิน" in page and "by finance" in english
    for secret in (pack.made_by.email, pack.signed_by.email, "12,345", "1234500", "฿"):
        assert secret not in page.split("<main", 1)[1].split("</main", 1)[0]
    assert client.get(file_url(pack)).status_code == 302


def test_anybody_can_check_the_number_on_a_copy(client, pack):
    spaced = f" {pack.tables_sha256[:30]} {pack.tables_sha256[30:].upper()}"
    for number in (pack.sha256, spaced):
        assert "รหัสนี้ตรงกับไฟล์ที่ลงนามแล้ว" in client.get(PUBLIC, {"q": number}).text
    for number in ("0" * 64, pack.sha256 + "0", "<script>", "x" * 999, "\x00"):
        page = client.get(PUBLIC, {"q": number}).text
        assert "ไม่มีไฟล์ที่ลงนามแล้วใช้รหัสนี้" in page and "<script>x" not in page


def test_statements_do_not_grow_with_packs(client, finance, draft):
    pack = signed(draft)
    waiting = ready_draft(content=b"more", fiscal_year_be=YEAR + 1)
    urls = {
        "year-packs": LIST,
        "year-pack": reverse("year-pack", args=[pack.pk]),
        "year-pack-draft": draft_url(waiting),
    }
    for url in urls.values():
        client.get(url)  # caches of content types and menus
    visitor = Visitor()
    public = statements(visitor, PUBLIC)

    few = {name: statements(client, url) for name, url in urls.items()}
    for number in range(1, 4):
        before = YearPack.objects.order_by("-pk").first()
        amendment = ready_draft(content=bytes([number]), number=number, before=before, reason="x")
        signed(amendment)
    many = {name: statements(client, url) for name, url in urls.items()}

    assert many == few == {name: BUDGETS["staff"][name] for name in urls}
    assert statements(visitor, PUBLIC) == public == BUDGETS["reports"]["year-packs"]


def statements(client, url) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
