"""Lists of villages: no row ever aborts, counts add up, a second run changes nothing."""

import os
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from marketplace.core import thai
from marketplace.core.models import AuditEntry, OutboxEntry
from marketplace.places.models import FormerName, Tambon
from marketplace.villages import services
from marketplace.villages.importing import import_villages
from marketplace.villages.models import Programme, ProgrammeMembership, Village
from marketplace.villages.village_lists import UnknownLayout, read_villages
from tests import factories

pytestmark = pytest.mark.django_db

REAL_DATA = os.environ.get("REAL_DATA", "")
HEADER = "village_code,name_th,name_en,programme,since,moo,subdistrict_code\n"


@pytest.fixture(autouse=True)
def suthep(request):
    if "whole_register" not in request.fixturenames:
        factories.make_tambon("500108")


def take(text: str, **options):
    return import_villages(read_villages(BytesIO(text.encode())), **options)


def counts(report) -> tuple[int, int, int, int, int]:
    parts = report.created + report.updated + report.unchanged + report.rejected
    assert report.read == parts
    return report.read, report.created, report.updated, report.unchanged, report.rejected


OFFICIAL = {
    "without header": "50010801,บ้านหนึ่ง\n50010802,บ้านสอง\n",
    "yearly file": "50010801,บ้านหนึ่ง,120,131,80\n50010802,บ้านสอง,1,2,3\n",
    "with header": "รหัสหมู่บ้าน,ชื่อหมู่บ้าน,ชาย,หญิง,ครัวเรือน\n"
    "50010801,บ้านหนึ่ง,120,131,80\n50010802,บ้านสอง,1,2,3\n",
    "Thai digits, BOM, semicolons": "\ufeff๕๐๐๑๐๘๐๑;บ้านหนึ่ง\n50010802; บ้านสอง \n",
}


@pytest.mark.parametrize("layout", OFFICIAL)
def test_the_official_layout_registers_confirmed_villages(layout):
    assert counts(take(OFFICIAL[layout])) == (2, 2, 0, 0, 0)

    villages = Village.objects.order_by("code")
    assert list(villages.values_list("code", "name_th", "is_code_confirmed")) == [
        ("50010801", "บ้านหนึ่ง", True),
        ("50010802", "บ้านสอง", True),
    ]
    assert all(row.sort_key == thai.sort_key(row.name_th) and row.match_key for row in villages)
    assert counts(take(OFFICIAL[layout])) == (2, 0, 0, 2, 0)


def test_a_spreadsheet_in_cp874_or_xlsx_is_read_too():
    book = Workbook()
    book.active.append([50010801, "บ้านหนึ่ง"])
    stream = BytesIO()
    book.save(stream)
    stream.seek(0)

    assert counts(import_villages(read_villages(stream))) == (1, 1, 0, 0, 0)
    rows = read_villages(BytesIO("50010802,บ้านสอง\n".encode("cp874")))
    assert counts(import_villages(rows)) == (1, 1, 0, 0, 0)


def test_bad_rows_are_rejected_with_a_thai_reason_and_stop_nothing():
    report = take(
        HEADER + "50010801,ดี,,,,,\n"
        "5001080,สั้น,,,,,\n"
        ",ไม่มีรหัส,,,,,\n"
        "50010800,รวม,,,,,\n"
        "99010101,ไม่มีตำบล,,,,,\n"
        "50010802,ขัดกัน,,,,3,500108\n"
        "50010803,โครงการ,,ไม่รู้จัก,,,\n"
        "50010804,วันที่,,cbt,31/02/2560,,\n"
        f"50010805,{'ย' * 121},,,,,\n"
        "50010806,ดี,,,,,\n"
    )

    assert counts(report) == (10, 2, 0, 0, 8)
    assert [bad.line for bad in report.rejections] == [3, 4, 5, 6, 7, 8, 9, 10]
    assert [bad.reason for bad in report.rejections] == [
        "รหัสหมู่บ้านต้องเป็นตัวเลข 8 หลัก",
        "ไม่มีรหัสหมู่บ้าน",
        "เป็นแถวรวมของพื้นที่ ไม่ใช่หมู่บ้าน",
        "ไม่มีตำบลที่มีรหัสนี้",
        "รหัสหมู่บ้านไม่ตรงกับรหัสตำบลและหมู่ที่",
        "ไม่รู้จักโครงการนี้",
        "อ่านวันที่ไม่ได้",
        "ชื่อยาวเกิน 120 ตัวอักษร",
    ]
    assert set(Village.objects.values_list("code", flat=True)) == {"50010801", "50010806"}
    assert not ProgrammeMembership.objects.exists()


def test_our_layout_enrols_in_programmes_from_their_day():
    text = (
        HEADER + "50010801,หนึ่ง,One,nawatwithi,1 ต.ค. 2560,,\n"
        "50010801,หนึ่ง,One,หมู่บ้านท่องเที่ยวโดยชุมชน,2561,,\n"
        ",สอง,,cbt,,2,500108\n"
    )
    report = take(text, since=date(2026, 1, 1))

    assert counts(report) == (3, 2, 1, 0, 0)
    joined = ProgrammeMembership.objects.order_by("village_id", "programme_id")
    assert list(joined.values_list("village_id", "programme_id", "valid_from")) == [
        ("50010801", "cbt", date(2017, 10, 1)),
        ("50010801", "nawatwithi", date(2017, 10, 1)),
        ("50010802", "cbt", date(2026, 1, 1)),
    ]
    assert Programme.objects.get(code="cbt").name_en == "Community-based tourism village"
    assert not Village.objects.get(code="50010801").is_code_confirmed
    assert counts(take(text, since=date(2026, 1, 1))) == (3, 0, 0, 3, 0)
    assert OutboxEntry.objects.filter(kind="village").count() == 2
    assert AuditEntry.objects.filter(act="village.import").count() == 1


def test_a_village_does_not_join_on_a_day_it_was_already_in():
    village = factories.make_village("50010801", "หนึ่ง")
    programme = services.register_programme(code="cbt", name_th="ชุมชน")
    facts = {"village": village, "programme": programme, "by": None}
    services.join_programme(since=date(2024, 1, 1), **facts)
    services.leave_programme(last_day=date(2025, 12, 31), **facts)

    report = take(HEADER + "50010801,หนึ่ง,,cbt,2025-06-01,,\n50010801,,,cbt,2026-01-01,,\n")

    assert counts(report) == (2, 0, 1, 0, 1)
    assert ProgrammeMembership.objects.count() == 2


def test_only_the_official_list_renames():
    take("50010801,บ้านเก่า\n")

    report = take(HEADER + "50010801,บ้านใหม่,,,,,\n")
    assert (counts(report), report.names_kept) == ((1, 0, 0, 1, 0), 1)
    assert Village.objects.get().name_th == "บ้านเก่า"

    assert counts(take("50010801,บ้านใหม่\n")) == (1, 0, 1, 0, 0)
    assert Village.objects.get().name_th == "บ้านใหม่"
    assert FormerName.objects.get().name_th == "บ้านเก่า"

    report = take("50010801,บ้านเก่า\n")  # last year's file again
    assert (counts(report), report.names_kept) == ((1, 0, 0, 1, 0), 1)
    assert Village.objects.get().name_th == "บ้านใหม่"


def test_a_village_without_a_name_is_called_by_its_moo_until_a_list_names_it():
    take(HEADER + "50010807,,,,,,\n")
    assert Village.objects.get().name_th == "หมู่ที่ 7"

    assert counts(take(HEADER + "50010807,บ้านเจ็ด,,,,,\n")) == (1, 0, 1, 0, 0)

    assert Village.objects.get().name_th == "บ้านเจ็ด"
    assert not FormerName.objects.exists()


def test_a_dry_run_counts_the_same_and_writes_nothing():
    text = HEADER + "".join(f",บ้าน {n},,cbt,,{n % 99 + 1},500108\n" for n in range(1200))

    dry = counts(take(text, is_dry_run=True))

    assert not Village.objects.exists()
    assert not OutboxEntry.objects.filter(kind="village").exists()
    assert not AuditEntry.objects.filter(act="village.import").exists()
    assert dry == counts(take(text)) == (1200, 99, 0, 1101, 0)


def test_a_village_of_an_abolished_tambon_is_rejected():
    Tambon.objects.update(valid_until=date(2012, 4, 18))

    (bad,) = take("50010801,หนึ่ง\n").rejections

    assert bad.reason == "ตำบลนี้ถูกยกเลิกแล้ว"
    assert not Village.objects.exists()


@pytest.mark.parametrize("text", ["", "\n\n", "a,b\n1,2\n", "village_code,x\n", "5001,บ้าน\n"])
def test_a_file_of_another_kind_is_refused_whole(text, tmp_path: Path):
    with pytest.raises(UnknownLayout):
        take(text)
    path = tmp_path / "list.csv"
    path.write_text(text)
    with pytest.raises(CommandError):
        call_command("import_villages", path)

    assert not Village.objects.exists()


def test_the_number_of_statements_does_not_grow_with_rows(django_assert_max_num_queries):
    for rows in (5, 95):
        text = HEADER + "".join(f",บ้าน,,cbt,,{n + 1},500108\n" for n in range(rows))
        with django_assert_max_num_queries(16):
            take(text)


def test_the_command_prints_counts_and_writes_reasons(tmp_path: Path):
    path, rejected, out = tmp_path / "list.csv", tmp_path / "bad.csv", StringIO()
    path.write_text("50010801,หนึ่ง\n50010800,รวม\n", encoding="utf-8")

    call_command("import_villages", path, rejected=rejected, stdout=out)

    assert "read 2 = created 1 + updated 0 + unchanged 0 + rejected 1" in out.getvalue()
    assert "2" in rejected.read_text(encoding="utf-8-sig").splitlines()[1]


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("villages_from_addresses.csv", (2001, 2001, 0, 0, 0)),
        ("tourism_villages_sample.csv", (78, 63, 4, 0, 11)),
    ],
)
def test_the_real_lists_are_read_whole(whole_register, name, expected):
    path = Path(REAL_DATA) / "otop" / name

    assert counts(import_villages(read_villages(path))) == expected
    read, _created, _updated, _unchanged, rejected = expected
    assert counts(import_villages(read_villages(path))) == (read, 0, 0, read - rejected, rejected)
