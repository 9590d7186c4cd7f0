"""Invented lists in both layouts; the real ones are in test_import_real_lists.py."""

import csv
import io

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from oscar.apps.catalogue.models import Product

from marketplace.core.spreadsheet import UnreadableTable
from marketplace.producers.models import Producer
from marketplace.provenance.imports import reasons, staging
from marketplace.provenance.imports.layouts import UnknownLayout
from marketplace.provenance.imports.settling import NotSettled, settle_row
from marketplace.provenance.imports.staging import import_products
from marketplace.provenance.models import ImportBatch, ImportRow, Provenance, VillageShare
from marketplace.provenance.services import publish_product
from marketplace.provenance.services.errors import CannotPublish
from marketplace.villages.models import Village
from tests.factories import make_producer, make_tambon, make_village

pytestmark = pytest.mark.django_db

HEADINGS = ["ชื่อสินค้า OTOP", "อปท.", "อำเภอ", "จังหวัด", "ชื่อสถานที่จัดจำหน่าย", "ที่อยู่", "LAT", "LONG"]
SUTHEP = "หมู่ที่ 11 บ้านดอยปุย ต.สุเทพ อ.เมืองเชียงใหม่ จ.เชียงใหม่"


@pytest.fixture(autouse=True)
def places():
    make_tambon("500108")  # สุเทพ
    make_tambon("500106")  # ช้างเผือก
    make_tambon("340101")  # ในเมือง อุบลราชธานี


@pytest.fixture
def write(tmp_path):
    def write_file(rows, encoding="utf-8", name="list.csv"):
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        path = tmp_path / name
        path.write_bytes(text.getvalue().encode(encoding))
        return path

    return write_file


def government(name, address=SUTHEP, authority="องค์การบริหารส่วนตำบลสุเทพ", outlet="", **facts):
    amphoe, province = facts.get("amphoe", "เมืองเชียงใหม่"), facts.get("province", "เชียงใหม่")
    return [name, authority, amphoe, province, outlet, address, "", ""]


def run(path, **options):
    return import_products(path, source="test", default_type="food", **options)


def staged():
    return list(ImportRow.objects.order_by("line_number"))


def counts(report):
    assert report.read == (
        report.ok + report.warning + report.review + report.rejected + report.already
    )
    return report.ok, report.warning, report.review, report.rejected, report.already


def test_a_proven_row_becomes_a_draft_of_an_applicant_in_its_village(write):
    row = government("น้ำพริกหนุ่ม", outlet="นางสมศรี ใจดี 081-234-5678")

    report = run(write([HEADINGS, row]))

    assert counts(report) == (1, 0, 0, 0, 0) and report.placed == report.villages == 1
    made = Provenance.objects.select_related("product", "producer").get()
    village = Village.objects.get(code="50010811")
    assert (village.name_th, village.is_code_confirmed) == ("บ้านดอยปุย", True)
    assert (made.product.title, made.otop_type, made.status) == ("น้ำพริกหนุ่ม", "food", "draft")
    assert (made.producer.name_th, made.producer.status) == ("ผู้ผลิตชุมชนบ้านดอยปุย", "applied")
    assert made.product.stockrecords.get().price is None
    assert VillageShare.objects.get().village_id == "50010811"
    with pytest.raises(CannotPublish):
        publish_product(provenance=made, by=None)


def test_outlets_and_phones_stay_in_the_staging_table(write):
    row = government("น้ำพริกหนุ่ม", outlet="นางสมศรี ใจดี 0812345678")

    run(write([HEADINGS, row]))

    published = [
        *Product.objects.values_list("title", "description", "slug"),
        *Producer.objects.values_list("name_th", "story_th", "slug"),
        *Village.objects.values_list("name_th", "about_th"),
    ]
    text = " ".join(part for row in published for part in row)
    assert "สมศรี" not in text and "0812345678" not in text
    assert staged()[0].raw["ชื่อสถานที่จัดจำหน่าย"] == "นางสมศรี ใจดี 0812345678"


@pytest.mark.parametrize(
    ("name", "facts", "status", "reason"),
    [
        ("", {}, "rejected", reasons.NO_NAME),
        ("-", {}, "rejected", reasons.NO_NAME),
        ("ก" * 256, {}, "rejected", reasons.NAME_TOO_LONG),
        ('=HYPERLINK("http://x","ข้าว")', {}, "rejected", reasons.NAME_IS_FORMULA),
        ("+cmd|' /C calc'!A0", {}, "rejected", reasons.NAME_IS_FORMULA),
        ("@SUM(1+1)", {}, "rejected", reasons.NAME_IS_FORMULA),
        ("นางสมศรี ใจดี", {}, "rejected", reasons.NAME_IS_PERSON),
        ("กลุ่มแม่บ้านดอยปุย", {}, "review", reasons.NAME_IS_GROUP),
        ("ข้าวแต๋น, ขนมจีน", {}, "review", reasons.SEVERAL_PRODUCTS),
        ("กล้วยกวนทองแก้ว มะม่วงกวนทองแก้ว ขนุนกวนทองแก้ว", {}, "review", reasons.SEVERAL_PRODUCTS),
        ("ข้าวแต๋น 0812345678", {}, "review", reasons.NAME_HAS_PHONE),
        ("ข้าวแต๋น", {"address": "ต.สุเทพ อ.เมืองเชียงใหม่"}, "review", reasons.NO_MOO),
        ("ข้าวแต๋น", {"address": "อ.เมืองเชียงใหม่"}, "review", reasons.TAMBON_OF_AUTHORITY),
        (
            "ข้าวแต๋น",
            {"address": "อ.เมืองเชียงใหม่", "authority": "องค์การบริหารส่วนจังหวัดเชียงใหม่"},
            "review",
            reasons.NO_TAMBON,
        ),
        (
            "ข้าวแต๋น",
            {"address": "หมู่ที่ 1 ต.สุเทบ อ.เมืองเชียงใหม่"},
            "review",
            reasons.MISSPELT_TAMBON,
        ),
        (
            "ข้าวแต๋น",
            {"address": "หมู่ที่ 1 ต.ทุ่งไกล อ.เมืองเชียงใหม่"},
            "review",
            reasons.TWO_TAMBONS,
        ),
        (
            "ข้าวแต๋น",
            {"address": "หมู่ที่ 1 ต.ในเมือง อ.เมืองอุบลราชธานี จ.อุบลราชธานี"},
            "review",
            reasons.TWO_PROVINCES,
        ),
        ("ข้าวแต๋น", {"province": "แอตแลนติส"}, "review", reasons.UNKNOWN_PROVINCE),
        ("ข้าวแต๋น", {"authority": "เทศบาลนครเชียงใหม่"}, "warning", reasons.MUNICIPALITY),
    ],
)
def test_what_is_not_sure_is_said_in_thai(write, name, facts, status, reason):
    report = run(write([HEADINGS, government(name, **facts)]))

    row = staged()[0]
    assert (row.status, row.reason_th) == (status, reason)
    assert sum(counts(report)) == 1
    assert Product.objects.count() == (1 if status == "warning" else 0)


def test_a_village_in_a_municipality_is_unconfirmed(write):
    run(write([HEADINGS, government("ข้าวแต๋น", authority="เทศบาลนครเชียงใหม่")]))

    assert not Village.objects.get().is_code_confirmed


def test_a_village_is_never_called_after_a_person(write):
    run(write([HEADINGS, government("ข้าวแต๋น", "หมู่ที่ 4 บ้านนายดำ แดงดี ต.สุเทพ อ.เมืองเชียงใหม่")]))

    assert Village.objects.get().name_th == "หมู่ที่ 4 ตำบลสุเทพ"


def test_repeats_make_no_second_product_and_exact_ones_are_already_known(write):
    rows = [government("ข้าวแต๋น"), government("ข้าวแต๋น"), government("ข้าวแต๋น", outlet="ร้านอื่น")]

    report = run(write([HEADINGS, *rows]))

    assert counts(report) == (1, 1, 0, 0, 1)
    first, second = staged()
    assert second.reason_th == reasons.REPEATED
    assert first.product_id == second.product_id == Product.objects.get().pk


def test_the_second_run_changes_nothing(write):
    path = write([HEADINGS, government("ข้าวแต๋น"), government("นางสมศรี"), government("แกง", "?")])
    first = run(path)
    before = [
        list(model.objects.order_by("pk").values())
        for model in (ImportRow, Product, Provenance, Producer, Village, VillageShare)
    ]

    again = run(path)

    assert counts(first)[-1] == 0 and counts(again) == (0, 0, 0, 0, 3)
    assert before == [
        list(model.objects.order_by("pk").values())
        for model in (ImportRow, Product, Provenance, Producer, Village, VillageShare)
    ]


def test_a_dry_run_counts_the_same_and_writes_nothing(write):
    rows = [government(name) for name in ("ข้าวแต๋น", "ข้าวแต๋น", "แกงฮังเล", "นางสมศรี")]
    path = write([HEADINGS, *rows, government("แกงฮังเล", outlet="ร้าน")])

    dry = run(path, dry_run=True)

    for model in (ImportBatch, ImportRow, Product, Producer, Village):
        assert not model.objects.exists()
    assert run(path) == dry


def test_an_import_that_was_killed_goes_on_and_ends_the_same(write, monkeypatch):
    names = [f"ข้าวแต๋นแบบ {n % 430}" for n in range(450)]
    path = write([HEADINGS, *(government(n, outlet=str(i)) for i, n in enumerate(names))])
    make_drafts, calls = staging.make_drafts, []

    def killed(*arguments):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return make_drafts(*arguments)

    monkeypatch.setattr(staging, "make_drafts", killed)
    with pytest.raises(KeyboardInterrupt):
        run(path)
    assert ImportRow.objects.count() == Product.objects.count() == 200

    report = run(path)

    assert counts(report) == (230, 20, 0, 0, 200)
    assert (ImportRow.objects.count(), Product.objects.count()) == (450, 430)
    batch = ImportBatch.objects.get()
    assert (batch.rows_read, batch.rows.count()) == (450, 450) and batch.finished_at
    repeated = ImportRow.objects.filter(status="warning")
    assert repeated.count() == 20 and not repeated.filter(product=None).exists()


OURS = [
    "product_code", "title_th", "title_en", "otop_type", "price_baht", "stock", "stock_kind",
    "lead_days", "option_name", "option_price_baht", "option_stock", "producer", "village_code",
    "province", "weight_grams",
]  # fmt: skip


def ours(**facts):
    defaults = {
        "title_th": "ผ้าไหม", "otop_type": "ผ้า เครื่องแต่งกาย", "village_code": "50010811",
        "province": "เชียงใหม่",
    }  # fmt: skip
    return [{**defaults, **facts}.get(name, "") for name in OURS]


def ours_file(write, *rows, **options):
    return run(write([OURS, *rows], **options))


def test_our_layout_carries_price_stock_and_producer(write):
    row = ours(
        product_code="A1", title_en="Silk", price_baht="1,250.50", stock="๑๒", producer="กลุ่มไหม",
        weight_grams="300",
    )  # fmt: skip

    report = ours_file(write, row)

    assert counts(report) == (1, 0, 0, 0, 0)
    made = Provenance.objects.select_related("product", "producer").get()
    record = made.product.stockrecords.get()
    assert (str(record.price), record.num_in_stock) == ("1250.50", 12)
    assert (made.otop_type, made.title_en, made.weight_grams) == ("textile", "Silk", 300)
    assert (made.producer.name_th, made.producer.status) == ("กลุ่มไหม", "applied")


def test_rows_with_one_code_are_options_of_one_product(write):
    rows = [
        ours(product_code="A1", option_name="แดง", option_price_baht="100", option_stock="2"),
        ours(product_code="A1", option_name="คราม", option_price_baht="120", option_stock="0"),
        ours(product_code="A2", title_th="ผ้าฝ้าย", price_baht="80", stock="1"),
    ]

    report = ours_file(write, *rows)

    assert counts(report) == (3, 0, 0, 0, 0) and report.drafts == 2
    parent = Product.objects.get(structure="parent")
    facts = [
        (child.title, str(child.stockrecords.get().price), child.stockrecords.get().num_in_stock)
        for child in parent.children.order_by("option__position")
    ]
    assert facts == [("แดง", "100.00", 2), ("คราม", "120.00", 0)]
    assert ImportRow.objects.filter(product=parent).count() == 2


def test_a_product_code_made_once_is_never_overwritten(write):
    ours_file(write, ours(product_code="A1", price_baht="100"))

    report = ours_file(write, ours(product_code="A1", price_baht="900"), name="new.csv")

    assert counts(report) == (0, 1, 0, 0, 0)
    assert staged()[1].reason_th == reasons.CODE_KNOWN
    assert staged()[1].product_id == staged()[0].product_id
    assert str(Product.objects.get().stockrecords.get().price) == "100.00"


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"price_baht": "-5"}, reasons.BAD_PRICE),
        ({"price_baht": "0"}, reasons.BAD_PRICE),
        ({"price_baht": "1.005"}, reasons.BAD_PRICE),
        ({"price_baht": "1e999999"}, reasons.BAD_PRICE),
        ({"price_baht": "NaN"}, reasons.BAD_PRICE),
        ({"price_baht": "ฟรี"}, reasons.BAD_PRICE),
        ({"stock": "-1"}, reasons.BAD_STOCK),
        ({"stock": "99999999999"}, reasons.BAD_STOCK),
        ({"stock_kind": "ชิ้นเดียว", "stock": "2"}, reasons.BAD_STOCK),
        ({"stock_kind": "ทำตามสั่ง"}, reasons.BAD_STOCK_KIND),
        ({"stock_kind": "เวทมนตร์"}, reasons.BAD_STOCK_KIND),
        ({"otop_type": "รถยนต์"}, reasons.BAD_TYPE),
        ({"village_code": "99999999"}, reasons.UNKNOWN_VILLAGE_CODE),
        ({"village_code": "5001081"}, reasons.UNKNOWN_VILLAGE_CODE),
        ({"village_code": "50010800"}, reasons.UNKNOWN_VILLAGE_CODE),
        ({"village_code": "34010105"}, reasons.TWO_PROVINCES),
        ({"village_code": ""}, reasons.NO_TAMBON),
        ({"weight_grams": "หนัก"}, reasons.BAD_WEIGHT),
    ],
)
def test_our_layout_says_what_cannot_be_read_and_makes_nothing_of_it(write, facts, reason):
    report = ours_file(write, ours(**facts))

    assert counts(report) == (0, 0, 1, 0, 0)
    assert staged()[0].reason_th == reason
    assert not Product.objects.exists()


@pytest.mark.parametrize(
    ("facts", "kind", "slug"),
    [
        ({"stock_kind": "ทำตามสั่ง", "lead_days": "๗"}, "made_to_order", "to-order"),
        ({"stock_kind": "one_piece"}, "one_piece", "tracked"),
        ({"stock_kind": "พร้อมส่ง", "stock": "4"}, "in_stock", "tracked"),
    ],
)
def test_stock_kinds_are_read_in_both_languages(write, facts, kind, slug):
    ours_file(write, ours(**facts))

    made = Provenance.objects.get()
    assert (made.stock_kind, made.product.product_class.slug) == (kind, slug)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_a_csv_is_read_in_every_encoding_that_offices_use(write, encoding):
    assert counts(ours_file(write, ours(), encoding=encoding)) == (1, 0, 0, 0, 0)
    assert Product.objects.get().title == "ผ้าไหม"


def test_an_xlsx_is_read_with_numbers_as_numbers(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(OURS)
    row = ours(price_baht=250, stock=3)
    row[OURS.index("village_code")] = 50010811
    book.active.append(row)
    book.save(tmp_path / "list.xlsx")

    assert counts(run(tmp_path / "list.xlsx")) == (1, 0, 0, 0, 0)
    assert str(Product.objects.get().stockrecords.get().price) == "250.00"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"\xff\xfe\x00\xd8\x00\x00", UnreadableTable),
        (b"PK\x03\x04 not a workbook", UnreadableTable),
        (b"a,b\n1,2\n", UnknownLayout),
        (b"", UnreadableTable),
        (b"title_th,province\n" + b"x" * 20_000 + b",y\n", UnreadableTable),
    ],
)
def test_a_file_that_is_no_list_is_refused_whole(tmp_path, content, error):
    path = tmp_path / "bad.csv"
    path.write_bytes(content)

    with pytest.raises(error):
        run(path)
    with pytest.raises(CommandError):
        call_command("import_products", path)

    assert not ImportBatch.objects.exists() and not ImportRow.objects.exists()


def test_markup_and_nul_are_stored_as_text(write):
    run(write([HEADINGS, government("ข้าว\0แต๋น<img src=x onerror=alert(1)>")]))

    assert Product.objects.get().title == "ข้าวแต๋น<img src=x onerror=alert(1)>"
    assert Product.objects.get().slug.isascii()
    assert "\0" not in str(staged()[0].raw)


def test_an_existing_village_and_group_are_used(write):
    village = make_village("50010811", "บ้านดอยปุย")
    group = make_producer(village, "กลุ่มไหม")

    ours_file(write, ours(producer="กลุ่มไหม"))

    assert Provenance.objects.get().producer == group
    assert Village.objects.count() == 1


def test_a_person_settles_a_row_that_waited_with_its_price(write):
    ours_file(write, ours(village_code="", price_baht="99", stock="4"))
    row = staged()[0]

    with pytest.raises(NotSettled):
        settle_row(row=row, village_code="500108", by=None)
    made = settle_row(row=row, village_code="50010803", by=None)

    assert settle_row(row=row, village_code="50010804", by=None) == made
    assert (row.status, row.village_code, row.reason_th) == ("ok", "50010803", "")
    assert str(made.product.stockrecords.get().price) == "99.00"
    assert made.producer.home_village.name_th == "หมู่ที่ 3 ตำบลสุเทพ"


def test_the_command_reports_counts_that_add_up(write, capsys):
    path = write([HEADINGS, government("ข้าวแต๋น"), government("นางสมศรี")])

    call_command("import_products", path, source="test", otop_type="food")

    assert (
        "read 2 = ok 1 + warning 0 + review 0 + rejected 1 + already 0" in capsys.readouterr().out
    )
