"""Rows of the government's layout: what is proven, waits for a person or is known already."""

import pytest
from oscar.apps.catalogue.models import Product

from marketplace.producers.models import Producer
from marketplace.provenance.imports import reasons, staging
from marketplace.provenance.models import ImportBatch, ImportRow, Provenance, VillageShare
from marketplace.provenance.services import publish_product
from marketplace.provenance.services.errors import CannotPublish
from marketplace.villages.models import Village
from tests.marketplace.provenance.lists import HEADINGS, counts, government, run, staged

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


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
