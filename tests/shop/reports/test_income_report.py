"""The income report of staff in the admin."""

import csv
import io
import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.users.models import UserProfile

from marketplace.accounts.models import AreaGrant
from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from marketplace.core.documents.formats import FORMATS
from marketplace.core.models import AuditEntry
from marketplace.ledger.queries import Dimension, courses
from marketplace.places.models import FormerName, Tambon
from shop.targets.services import set_target
from tests.factories import make_member, make_producer, make_user, make_village
from tests.marketplace.ledger import rig
from tests.shop.reports.abolishing import abolish
from tests.shop.reports.pictures.markup import parsed
from tests.shop.targets.test_targets import baseline

PUI, UBON = "50010811", "34010105"
URL = "/cms/reports/income/"
BUDGETS = json.loads((Path(__file__).parents[2] / "budgets.json").read_text())["reports"]


@pytest.fixture
def sold(db, monkeypatch):
    """฿100.50 of ดอยปุย in May 2026, ฿7 of it paid back, ฿40 declared; ฿9 of a village of Ubon."""
    monkeypatch.setattr(thai, "today", lambda: date(2026, 11, 22))
    weavers = make_producer(make_village(PUI, "บ้านดอยปุย", name_en="Ban Doi Pui"))
    sale = rig.sell_in({PUI: 10_050}, producer=weavers)
    rig.refund(sale, {sale.shares[0].line_id: 700})
    rig.declare_in({PUI: 4_000}, weavers)
    rig.take_back(rig.declare_in({PUI: 100}, weavers))
    rig.sell_in({UBON: 900}, producer=make_producer(make_village(UBON, "บ้านปะอาว")))
    return weavers


def staff(role, *areas):
    user = make_user(is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    for area in areas:
        AreaGrant.objects.create(user=user, area_code=area, valid_from=date(2020, 1, 1))
    return user


@pytest.fixture
def finance(client, sold):
    user = staff(StaffRole.FINANCE)
    client.force_login(user)
    return user


def show(client, **query):
    return client.get(URL, query)


def export(client, **query):
    response = show(client, export="csv", **query)
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


def test_staff_drill_down_from_the_country_to_the_producer(client, finance):
    code, incomes = "", []
    for below in ("N", "50", "5001", "500108", PUI):
        page = show(client, area=code, period="2026-05")
        report = page.context["report"]
        assert f"area={below}&amp;period=2026-05" in page.content.decode()
        incomes.append({row.code: row.income_satang for row in report.rows}[below])
        code = below

    village = show(client, area=PUI, period="2026-05").context["report"]
    assert incomes == [9_350] * 5
    assert [row.income_satang for row in village.rows] == [9_350]


def test_the_page_shows_figures_total_and_chart(client, finance):
    page = show(client, area="5001", period="2569").content.decode()

    assert "฿100.50" in page and "฿93.50" in page and "฿7" in page and "฿40" in page
    assert page.count('<svg class="picture__drawing bars"') == 2  # income, and what was declared
    assert "<tfoot>" in page


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"period": "2569-q9"}, 400),
        ({"period": "x" * 10_000}, 400),
        ({"period": "2569' OR 1=1"}, 400),
        ({"area": "99"}, 404),
        ({"area": "<script>alert(1)</script>"}, 404),
        ({"area": "50\x00"}, 404),
        ({"area": "x" * 10_000}, 404),
    ],
)
def test_bad_choices_get_a_sentence(client, finance, query, status):
    page = show(client, **query)

    assert page.status_code == status
    assert 'role="alert"' in page.content.decode()
    assert "<script>alert" not in page.content.decode()


def test_an_abolished_area_leads_to_what_took_its_ground(client, finance):
    abolish("500101", "500108")

    before = show(client, area="500101", period="2026-04")
    page = show(client, area="500101", period="2026-05")

    assert (before.context["report"].total.code, before.context["followed"].gone) == ("500101", "")
    assert (page.context["report"].total.code, page.context["followed"].gone) == (
        "500108",
        "500101",
    )
    assert "500101" in page.content.decode() and 'role="status"' in page.content.decode()


def test_an_area_whose_ground_was_divided_names_its_heirs(client, finance):
    abolish("500101", "500108", "500201")

    page = show(client, area="500101", period="2026-05")

    assert page.status_code == 400
    assert "500108, 500201" in page.content.decode()


def test_an_officer_is_not_led_out_of_his_areas(client, sold):
    abolish("500101", "340101")
    client.force_login(staff(StaffRole.OFFICER, "50"))

    assert show(client, area="500101", period="2026-05").status_code == 403
    assert show(client, area="500101", period="2026-04").status_code == 200


# --- Who may read what ---------------------------------------------------------------------------


@pytest.mark.parametrize("role", [StaffRole.FINANCE, StaffRole.CURATOR])
def test_whole_country_readers_see_every_area(client, sold, role):
    client.force_login(staff(role))

    assert [show(client, area=code).status_code for code in ("", "N", "50", PUI)] == [200] * 4


def test_an_administrator_sees_every_area(client, sold):
    client.force_login(make_user(is_staff=True, is_superuser=True))

    assert show(client).context["report"].total.code == ""


def test_an_officer_sees_only_the_areas_granted(client, sold):
    client.force_login(staff(StaffRole.OFFICER, "5001"))

    page = show(client)

    assert page.context["report"].total.code == "5001"
    assert page.context["area_choices"] == [("5001", "เมืองเชียงใหม่ (5001)")]
    assert [show(client, area=a).status_code for a in ("5001", "500108", PUI)] == [200] * 3
    refused = ["", "N", "50", "5002", "3401", UBON, "NE", "500"]
    assert [show(client, area=a).status_code for a in refused] == [403] * len(refused)
    assert [show(client, area=a, export="csv").status_code for a in refused] == [403] * len(refused)
    assert not AuditEntry.objects.filter(act="report.export").exists()


def test_links_of_an_officer_lead_only_where_he_may_go(client, sold):
    client.force_login(staff(StaffRole.OFFICER, "5001"))

    crumbs = show(client, area="500108").context["breadcrumbs_items"]

    assert [crumb["url"].partition("area=")[2][:6] for crumb in crumbs[2:]] == ["5001&p", "500108"]


def test_an_ended_grant_opens_nothing(client, sold):
    user = staff(StaffRole.OFFICER, "50")
    AreaGrant.objects.update(valid_until=date(2026, 11, 21))
    client.force_login(user)

    assert show(client, area="50").status_code == 403


@pytest.mark.parametrize("role", [StaffRole.SUPPORT, StaffRole.OFFICER])
def test_other_staff_are_refused(client, sold, role):
    client.force_login(staff(role))

    assert show(client).status_code == 403


def test_shoppers_makers_and_strangers_never_get_in(client, sold):
    assert show(client).status_code == 302
    for person in (make_user(), make_member(sold).user):
        client.force_login(person)
        assert show(client).status_code in (302, 403)


# --- CSV -----------------------------------------------------------------------------------------


def test_the_csv_has_the_rows_of_the_screen_and_their_total(client, finance):
    screen = show(client, area="500108", period="2026-05").context["report"]

    header, *rows = export(client, area="500108", period="2026-05")

    days, sums = ["พฤษภาคม 2569", "1/5/2569", "31/5/2569"], ["1", "1", "1", "1", "1"]
    money = ["100.50", "0.00", "7.00", "0.00", "93.50"]
    assert [row[:16] for row in rows] == [
        [*days, '="50010811"', "บ้านดอยปุย", "Ban Doi Pui", *sums, *money],
        [*days, "รวม", "สุเทพ", "Suthep", *sums, *money],
    ]
    assert (len(header), header[0], header[-1]) == (26, "ช่วงเวลา", "ยอดขายที่แจ้งเอง (บาท)")
    assert [row.income_satang for row in screen.rows] == [9_350]


def test_the_csv_opens_in_excel_and_is_in_the_language_of_its_reader(client, finance):
    response = show(client, area="", period="2569", export="csv")

    assert response.getvalue().startswith(b"\xef\xbb\xbf")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="village-income-TH-2569.csv"'
    UserProfile.objects.create(user=finance, preferred_language="en")
    assert export(client, period="2569")[0][0] == "Period"


def test_a_file_of_every_format_has_the_figures(client, finance):
    query = {"area": "5001", "period": "2569", "before": "last-year"}

    files = {one: show(client, export=one, **query).getvalue() for one in FORMATS}

    assert [files[one][:4] for one in ("csv", "xlsx", "pdf")] == [
        b"\xef\xbb\xbf" + files["csv"][3:4],
        b"PK\x03\x04",
        b"%PDF",
    ]
    told = json.loads(files["json"])
    assert [row["income_satang"] for row in told["tables"]["rows"]["rows"]] == [9_350]
    assert len(told["tables"]["months"]["rows"]) == 24


# --- Questions -----------------------------------------------------------------------------------


def test_rows_may_be_types_and_lead_to_their_sales(client, finance):
    page = show(client, area="", period="2026-05", by="type")

    report = page.context["report"]
    assert {row.code: row.income_satang for row in report.rows} == {"textile": 10_250}
    assert "area=&amp;period=2026-05&amp;type=textile" in page.content.decode()
    only = show(client, area="", period="2026-05", type="textile")
    assert only.context["report"].total.income_satang == 10_250
    assert "ผ้า เครื่องแต่งกาย" in only.content.decode()


def test_days_are_typed_in_either_era(client, finance):
    page = show(client, area="50", period="days", first="1/5/2569", last="2026-05-20")

    assert page.context["report"].period.key == "2026-05-01--2026-05-20"
    assert page.context["report"].total.income_satang == 9_350


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"first": "29/2/2569", "last": "1/3/2569"}, "first"),
        ({"first": "1/5/2569"}, "last"),
        ({"first": "20/5/2569", "last": "1/5/2569"}, "last"),
        ({"first": "1/5/2550", "last": "1/5/2569"}, "last"),
        ({"first": "1/5/69", "last": "1/5/2569"}, "first"),
    ],
)
def test_impossible_days_are_marked_and_stay_in_their_field(client, finance, query, field):
    page = show(client, area="50", period="days", **query)

    assert page.status_code == 400
    assert list(page.context["form"].errors) == [field]
    assert f'value="{query["first"]}"' in page.content.decode()


@pytest.mark.parametrize(
    "query", [{"type": "gold"}, {"by": "<script>"}, {"before": "x" * 9_000}, {"route": "'--"}]
)
def test_a_choice_that_is_none_is_refused(client, finance, query):
    page = show(client, area="50", period="2569", **query)

    assert page.status_code in (200, 400)
    assert "<script>alert" not in page.content.decode()


def test_the_rows_of_an_area_before_are_forgotten(client, finance):
    report = show(client, area=PUI, period="2026-05", by="province").context["report"]

    assert report.question.rows_by == Dimension.PRODUCER


def test_a_report_is_held_against_the_year_before(client, finance):
    page = show(client, area="50", period="2026-05", before="last-year")

    assert page.context["report"].total.before_satang == 0
    assert "▲" in page.content.decode()


def test_all_provinces_come_with_their_map(client, finance):
    page = show(client, area="", period="2026-05", by="province").content.decode()

    assert 'class="province-map' in page
    assert "by=" not in page.partition('id="map-figures"')[2].partition("</details>")[0]


def test_long_lists_come_in_pages(client, finance):
    for number in range(101):
        make_village(f"5001{8 + number // 90:02}{number % 90 + 10}", "บ้าน")

    first = show(client, area="50", period="2026-05", by="village")
    second = show(client, area="50", period="2026-05", by="village", p="2")

    assert (len(first.context["rows"]), len(second.context["rows"])) == (100, 1)
    assert "p=2" in first.content.decode()


def test_an_export_is_written_down(client, finance):
    export(client, area="50", period="2569")

    entry = AuditEntry.objects.get(act="report.export")

    assert (entry.actor, entry.target) == (finance, "area:50")
    assert entry.details["period"] == "2569" and entry.details["rows"] >= 1


def test_a_formula_in_a_name_stays_text(client, finance):
    make_village("50010812", "=HYPERLINK(1)")

    rows = export(client, area="500108", period="2026-05")

    assert [row[4] for row in rows[1:]] == ["บ้านดอยปุย", "'=HYPERLINK(1)", "สุเทพ"]


def test_later_changes_leave_the_bytes_of_a_past_period(client, finance, sold):
    before = {
        code: show(client, area=code, period="2026-05", export="csv").getvalue()
        for code in ("", "N", "50", "5001", "500108", PUI)
    }

    Tambon.objects.filter(code="500108").update(name_th="ใหม่", name_en="New")
    FormerName.objects.create(
        code="500108", name_th="สุเทพ", name_en="Suthep", valid_until=date(2026, 6, 30)
    )
    other = make_village("50010899", "บ้านใหม่", valid_from=date(2026, 7, 1))
    type(sold).objects.filter(pk=sold.pk).update(home_village=other, status="closed")
    rig.sell_in({PUI: 500}, datetime(2026, 7, 1, 5, tzinfo=UTC), sold)

    after = {
        code: show(client, area=code, period="2026-05", export="csv").getvalue() for code in before
    }
    assert after == before
    assert show(client, area="", period="2026-07", export="csv").getvalue() != before[""]


def test_the_number_of_statements_does_not_grow(client, finance):
    few = statements(client)
    for number in range(20, 40):
        rig.sell_in(
            {f"500108{number}": 5}, producer=make_producer(make_village(f"500108{number}", "บ้าน"))
        )

    assert statements(client) == few


def statements(client):
    show(client)  # what Wagtail keeps for an hour is not asked again
    with CaptureQueriesContext(connection) as captured:
        assert show(client, area="500108", period="2026-05").status_code == 200
    return len(captured)


# --- Beside the income ---------------------------------------------------------------------------


def test_each_row_has_a_line_of_its_twelve_months_with_words(client, finance):
    page = show(client, area="500108", period="2026-05").content.decode()

    [line] = re.findall(r'<svg class="sparkline".*?</svg>', page, re.DOTALL)
    drawn = parsed(line)
    assert drawn.get("role") == "img" and drawn.get("aria-labelledby") == "line-1-title"
    assert drawn.find("title").text == "บ้านดอยปุย มิ.ย. 68 ถึง พ.ค. 69"
    assert "฿93.50" in drawn.find("desc").text and "พฤษภาคม 2569" in drawn.find("desc").text
    months = page.partition("ตัวเลขของแต่ละเดือน")[2]
    assert "฿93.50" in months  # the same figure in a table


def test_a_page_without_a_roll_up_has_no_column_of_lines(client, finance):
    by_type = show(client, area="5001", period="2026-05", by="type")

    assert not by_type.context["has_lines"]
    assert 'sparkline"' not in by_type.content.decode()


def test_declared_sales_have_a_column_and_a_picture_of_their_own(client, finance):
    page = show(client, area="50", period="2026-05")

    month, _before = page.context["months"][-1][1:]
    assert (month.income_satang, month.declared_satang) == (9_350, 4_000)
    text = page.content.decode()
    assert text.count('class="picture__drawing bars"') == 2
    none = show(client, area="34", period="2026-05").content.decode()
    assert none.count('class="picture__drawing bars"') == 1
    files = show(client, area="50", period="2026-05", export="json").getvalue()
    last = json.loads(files)["tables"]["months"]["rows"][-1]
    assert (last["income_satang"], last["declared_satang"]) == (9_350, 4_000)


@pytest.fixture
def aimed(sold):
    """A target of ฿200 for the province, and of 2568 ฿50 of the village at fairs."""
    set_target(area_code="50", fiscal_year_be=2569, amount_satang=20_000, by=None)
    baseline(PUI, 5_000, channel="fair")


def test_targets_and_figures_from_before_stand_apart(client, finance, aimed):
    page = show(client, area="", period="2569", by="province")

    rows = {name: aim for name, _url, aim in page.context["aimed"]}
    north = rows["เชียงใหม่"]
    assert (north.target_satang, north.reached_ppm, north.lacking_satang) == (
        20_000,
        467_500,
        10_650,
    )
    assert (north.before_satang, north.growth_ppm) == (5_000, 870_000)
    assert rows["อุบลราชธานี"].target_satang is None
    assert page.context["report"].total.income_satang == 10_250  # nothing added
    text = page.content.decode()
    assert "46.75%" in text and "87.00%" in text and "งานออกร้าน" in text and "พช." in text


@pytest.mark.parametrize(
    "query",
    [{"period": "2569-q3"}, {"period": "2569", "type": "textile"}, {"period": "2570"}],
)
def test_they_are_of_a_whole_year_and_all_sales_alone(client, finance, aimed, query):
    assert show(client, area="50", **query).context["aims"] is None


def test_files_have_them_in_columns_of_their_own(client, finance, aimed):
    header, *rows = export(client, area="", period="2569", by="province")
    told = json.loads(
        show(client, area="", period="2569", by="province", export="json").getvalue()
    )["tables"]

    assert len(header) == 26 + 5
    mine = next(row for row in rows if row[3] == '="50"')
    assert mine[26:] == ["200.00", "46.7500%", "50.00", "187.0000%", "87.0000%"]
    assert rows[-1][26:] == ["", "", "50.00", "187.0000%", "87.0000%"]
    assert [row[15] for row in (mine, rows[-1])] == ["93.50", "102.50"]
    assert "target_satang" not in told["rows"]["rows"][0]
    apart = next(row for row in told["targets"]["rows"] if row["code"] == "50")
    assert (apart["income_satang"], apart["target_satang"]) == (9_350, 20_000)
    assert (apart["baseline_satang"], apart["growth_ppm"]) == (5_000, 870_000)
    assert [row["baseline_satang"] for row in told["before"]["rows"]] == [5_000]
    assert told["before"]["rows"][0]["channel"] == "งานออกร้าน"


@pytest.mark.parametrize("area", ["", "N", "50", "500108", PUI])
def test_what_stands_beside_takes_few_statements(client, finance, aimed, area):
    def statements(period):
        show(client, area=area, period=period)
        with CaptureQueriesContext(connection) as captured:
            show(client, area=area, period=period)
        return len(captured)

    # A quarter has the same lines, and neither targets nor baselines.
    assert statements("2569") - statements("2569-q3") <= BUDGETS["targets-and-baselines"]


def test_the_lines_take_one_statement(client, finance):
    report = show(client, area="50", period="2026-05").context["report"]

    with CaptureQueriesContext(connection) as captured:
        courses(report, [row.code for row in report.rows])

    assert len(captured) == BUDGETS["lines-of-rows"]


def test_the_pages_of_village_and_producer_lead_to_why_it_changed(client, finance, sold):
    for register, row, asked in (
        ("village-register", PUI, f"area={PUI}"),
        ("producer-register", sold.pk, f"producer={sold.pk}"),
    ):
        url = f"/cms/reports/change/?{asked}"
        page = client.get(reverse(f"{register}:inspect", args=[row])).content.decode()
        assert url in page
        assert client.get(url).status_code == 200
    client.force_login(staff(StaffRole.SUPPORT))
    page = client.get(reverse("village-register:inspect", args=[PUI]))
    assert page.status_code == 200 and "/cms/reports/change/" not in page.content.decode()


def test_a_producer_is_asked_for_in_the_readers_own_area(client, finance, sold):
    url = f"/cms/reports/change/?producer={sold.pk}&period=2569"
    whole = client.get(url).context
    client.force_login(staff(StaffRole.OFFICER, "34", "5001"))
    own = client.get(url).context

    assert (whole["area_code"], own["area_code"]) == ("", "5001")
    assert whole["answer"]["change"].income_satang == 9_350
    assert own["answer"]["change"].income_satang == 9_350
    client.force_login(staff(StaffRole.OFFICER, "34"))
    assert client.get(url).context["answer"]["change"].income_satang == 0


def test_secondary_cities_and_main_ones_are_rows_that_lead_to_their_provinces(client, finance):
    page = show(client, period="2026-05", by="city")
    html, report = page.content.decode(), page.context["report"]

    assert [(row.code, row.income_satang, row.villages) for row in report.rows] == [
        ("secondary", 900, 1),
        ("main", 9_350, 1),
    ]
    assert report.total.income_satang == 10_250
    asked = [
        f"/cms/reports/income/?area=&amp;period=2026-05&amp;by=province&amp;city={code}"
        for code in ("secondary", "main")
    ]
    assert [html.count(address) for address in asked] == [1, 1]
    assert "55 จังหวัดของกรมสรรพากร" in html and not report.counts_orders

    provinces = show(client, period="2026-05", by="province", city="secondary")
    assert [(row.code, row.income_satang) for row in provinces.context["report"].rows] == [
        ("34", 900)
    ]
    assert "เมืองรองหรือเมืองหลัก: เมืองรอง" in provinces.content.decode()
    assert provinces.context["map"] is None
    sales = client.get("/cms/reports/income/sales/", {"period": "2026-05", "city": "main"})
    assert [row.income_satang for row, _url in sales.context["rows"]] == [0, 0, 9_350]


def test_files_by_kind_of_city_have_the_rows_of_the_screen(client, finance):
    query = {"period": "2026-05", "by": "city"}

    _header, *rows = export(client, **query)
    data = json.loads(show(client, export="json", **query).getvalue())

    assert [row[3:8] for row in rows] == [
        ['="secondary"', "เมืองรอง", "secondary cities", "1", "1"],
        ['="main"', "เมืองหลัก", "main cities", "1", "1"],
        ["รวม", "ประเทศไทย", "Thailand", "2", "2"],
    ]
    assert [row["income_satang"] for row in data["tables"]["rows"]["rows"]] == [900, 9_350]
    assert any("55 จังหวัดของกรมสรรพากร" in note for note in data["notes"])
    for format in ("xlsx", "pdf"):
        assert show(client, export=format, **query).status_code == 200
    assert show(client, period="2026-05", city="34").status_code == 400
