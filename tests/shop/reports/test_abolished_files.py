"""A file of an abolished area has the figures of what took its ground, and says so in its head."""

import csv
import io
import json

import openpyxl
import pypdfium2
import pytest
from django.utils import timezone
from wagtail.users.models import UserProfile

from marketplace.accounts.models import AreaGrant
from marketplace.accounts.roles import StaffRole
from marketplace.core.documents.formats import FORMATS
from marketplace.core.models import AuditEntry
from marketplace.core.worker import run_ready_jobs
from shop.reports.models import Export
from tests.shop.reports.abolishing import abolish
from tests.shop.reports.test_exports import EXPORTS, NOW, all_are_large, ask, file_of, page_of
from tests.shop.reports.test_income_report import finance, sold, staff

__all__ = ["all_are_large", "finance", "sold"]  # the fixtures

DESKS = {
    "income": ("income", "village-income-500108-2026-05"),
    "sales": ("income/sales", "village-sales-500108-2026-05"),
    "groups": ("groups", "groups-500108-2026-05"),
    "flows": ("flows", "flows-500108-2026-05"),
    "spread": ("distribution", "distribution-500108-2026-05"),
}
GONE, HEIR = "500101", "500108"
OF_MAY = {"area": GONE, "period": "2026-05"}
WORDS = {
    "th": "พื้นที่ ศรีภูมิ (500101) ถูกยกเลิกไปก่อนช่วงเวลานี้ จึงแสดงพื้นที่ที่มาแทน: สุเทพ (500108)",
    "en": "The area Si Phum (500101) was abolished before this period. What took its ground is "
    "shown: Suthep (500108).",
}
COLUMNS = {
    "th": ["พื้นที่ที่ขอ ซึ่งถูกยกเลิกแล้ว", "พื้นที่ที่แสดงแทน"],
    "en": ["Abolished area asked for", "Shown in its place"],
}


@pytest.fixture(autouse=True)
def private(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path / "private"


def speak(user, language):
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})


def taken(client, url, **query):
    answer = client.get(f"/cms/reports/{url}/", query)
    assert answer.status_code == 200
    return answer


def name_of(answer):
    return answer["Content-Disposition"].partition('filename="')[2].rstrip('"')


def table_of(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def said_in(format, content):
    """The lines of its head; of a CSV the names and cells of the two columns that say it."""
    if format == "csv":
        [heads, *rows] = table_of(content)
        return heads[:2], {tuple(row[:2]) for row in rows}
    if format == "json":
        return json.loads(content)["subtitle"]
    if format == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        return [row[0] for row in book.worksheets[-1].values]
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content)]
    return " ".join(" ".join(pages).split())


def made(client, kind, format, **asked) -> Export:
    answer = ask(client, kind=kind, format=format, **asked)
    assert answer.status_code == 302, answer.text
    run_ready_jobs()
    return Export.objects.latest("pk")


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("kind", DESKS)
def test_every_file_says_it_at_once_and_from_the_worker(
    client, finance, monkeypatch, kind, language
):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    speak(finance, language)
    abolish(GONE, HEIR)
    url, stem = DESKS[kind]
    for format in FORMATS:
        small = taken(client, url, **OF_MAY, export=format)
        content, export = small.getvalue(), made(client, kind, format, **OF_MAY)

        assert name_of(small) == f"{stem}-in-place-of-500101.{format}"
        found = said_in(format, content)
        if format == "csv":
            assert found == (COLUMNS[language], {('="500101"', '="500108"')})
        elif format != "pdf":
            assert WORDS[language] in found
        elif language == "en":  # a PDF has no Thai words that compare: vowels stand apart
            assert WORDS["en"] in found
        else:
            assert "(500101)" in found and "(500108)" in found
        assert file_of(client, export).getvalue() == content, format
        assert export.file_name == name_of(small)
        assert (export.area, export.heir, export.shown_area) == (GONE, HEIR, HEIR)
    entries = AuditEntry.objects.filter(act="report.export")
    assert set(entries.values_list("target", flat=True)) == {"area:500108"}


def test_it_has_the_rows_of_what_took_its_ground(client, finance):
    abolish(GONE, HEIR)

    of_gone = table_of(taken(client, "income", **OF_MAY, export="csv").getvalue())
    of_heir = table_of(
        taken(client, "income", area=HEIR, period="2026-05", export="csv").getvalue()
    )

    assert [row[2:] for row in of_gone] == of_heir
    income = of_heir[0].index("รายได้หมู่บ้าน (บาท)")
    assert [row[income] for row in of_heir[1:]] == ["93.50", "93.50"]


def test_why_income_changed_says_it_too(client, finance):
    speak(finance, "en")
    abolish(GONE, HEIR)

    answer = taken(client, "change", **OF_MAY, export="json")

    assert json.loads(answer.getvalue())["subtitle"][0] == WORDS["en"]
    assert name_of(answer) == ("income-change-500108-2026-05-from-2025-05-in-place-of-500101.json")


@pytest.mark.parametrize("kind", [*DESKS, "change"])
def test_an_area_that_was_there_says_nothing(client, finance, kind):
    abolish(GONE, HEIR)
    url = DESKS.get(kind, ("change", ""))[0]
    for area, period in ((GONE, "2026-04"), (HEIR, "2026-05")):
        page = taken(client, url, area=area, period=period)
        answer = taken(client, url, area=area, period=period, export="json")

        assert "ถูกยกเลิกไปก่อน" not in page.text
        assert "ยกเลิก" not in "".join(json.loads(answer.getvalue())["subtitle"])
        assert "in-place-of" not in name_of(answer)
        header = table_of(taken(client, url, area=area, period=period, export="csv").getvalue())[0]
        assert not {*COLUMNS["th"]} & {*header}
    if kind in DESKS:
        export = made(client, kind, "csv", area=HEIR, period="2026-05")
        assert (export.state, export.heir) == ("ready", "")


@pytest.mark.parametrize("kind", [kind for kind in DESKS if kind != "flows"])  # nothing was sent
def test_pages_say_it_and_ask_for_files_of_the_area_that_was_asked_for(
    client, finance, all_are_large, kind
):
    speak(finance, "en")
    abolish(GONE, HEIR)
    url = DESKS[kind][0]

    page = taken(client, url, **OF_MAY)

    assert f'role="status">{WORDS["en"]}</p>' in page.text
    assert '<input type="hidden" name="area" value="500101">' in page.text


def test_links_to_small_files_lead_there_too(client, finance):
    abolish(GONE, HEIR)
    for url in (*(url for url, _stem in DESKS.values()), "change"):
        page = taken(client, url, **OF_MAY)

        assert "area=500101&amp;period=2026-05" in page.text.partition("export=csv")[0][-200:]


def test_the_pages_of_a_file_name_both(client, finance):
    abolish(GONE, HEIR)

    export = made(client, "income", "csv", **OF_MAY)

    assert "<dd>ศรีภูมิ (500101)</dd>" in page_of(client, export).text
    assert "<dt>ถูกยกเลิกแล้ว แสดงแทนด้วย</dt><dd>สุเทพ (500108)</dd>" in page_of(client, export).text
    assert "<br>ถูกยกเลิกแล้ว แสดง สุเทพ (500108) แทน</th>" in client.get(EXPORTS).text


@pytest.mark.parametrize("kind", DESKS)
def test_what_was_divided_is_told_in_a_sentence(client, finance, kind):
    abolish(GONE, HEIR, "500201")

    export = made(client, kind, "xlsx", **OF_MAY)

    assert (export.state, export.name) == ("failed", "")
    assert export.error == (
        "พื้นที่นี้ถูกยกเลิกไปก่อนช่วงเวลาที่เลือก และถูกแบ่งให้หลายพื้นที่ กรุณาเลือกพื้นที่ปัจจุบันหนึ่งแห่ง: 500108, 500201"
    )
    assert export.error in page_of(client, export).text


# --- Rights --------------------------------------------------------------------------------------


@pytest.fixture
def officer(client, sold):
    user = staff(StaffRole.OFFICER, GONE)
    client.force_login(user)
    return user


@pytest.mark.parametrize("kind", DESKS)
def test_an_officer_is_not_led_out_of_the_own_areas(client, officer, kind):
    abolish(GONE, HEIR)
    assert client.get(f"/cms/reports/{DESKS[kind][0]}/", OF_MAY).status_code == 403

    export = made(client, kind, "csv", **OF_MAY)

    assert (export.state, export.name, export.heir) == ("failed", "", "")
    assert export.error == (
        "พื้นที่นี้ถูกยกเลิกไปก่อนช่วงเวลาที่เลือก และคุณไม่มีสิทธิ์อ่านตัวเลขของพื้นที่ที่มาแทน จึงไม่ได้สร้างไฟล์"
    )
    page = page_of(client, export)
    assert page.status_code == 200 and export.error in page.text


def test_who_may_read_both_has_the_file_until_one_right_is_lost(client, officer):
    abolish(GONE, HEIR)
    heir = AreaGrant.objects.create(user=officer, area_code=HEIR, valid_from="2020-01-01")
    export = made(client, "income", "csv", **OF_MAY)
    assert file_of(client, export).status_code == 200

    heir.delete()

    assert [page_of(client, export).status_code, file_of(client, export).status_code] == [403] * 2
    assert client.get(EXPORTS).status_code == 200
