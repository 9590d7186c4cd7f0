"""Rows of our own layout: prices, stock, options, groups; and a row that a person settles."""

import pytest
from oscar.apps.catalogue.models import Product

from marketplace.provenance.imports import reasons
from marketplace.provenance.imports.settling import NotSettled, settle_row
from marketplace.provenance.models import ImportRow, Provenance
from marketplace.villages.models import Village
from tests.factories import make_producer, make_village
from tests.marketplace.provenance.lists import counts, import_ours, ours, staged

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


def test_our_layout_carries_price_stock_and_producer(write):
    row = ours(
        product_code="A1", title_en="Silk", price_baht="1,250.50", stock="๑๒", producer="กลุ่มไหม",
        weight_grams="300",
    )  # fmt: skip

    report = import_ours(write, row)

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

    report = import_ours(write, *rows)

    assert counts(report) == (3, 0, 0, 0, 0) and report.drafts == 2
    parent = Product.objects.get(structure="parent")
    facts = [
        (child.title, str(child.stockrecords.get().price), child.stockrecords.get().num_in_stock)
        for child in parent.children.order_by("option__position")
    ]
    assert facts == [("แดง", "100.00", 2), ("คราม", "120.00", 0)]
    assert ImportRow.objects.filter(product=parent).count() == 2


def test_a_product_code_made_once_is_never_overwritten(write):
    import_ours(write, ours(product_code="A1", price_baht="100"))

    report = import_ours(write, ours(product_code="A1", price_baht="900"), name="new.csv")

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
    report = import_ours(write, ours(**facts))

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
    import_ours(write, ours(**facts))

    made = Provenance.objects.get()
    assert (made.stock_kind, made.product.product_class.slug) == (kind, slug)


def test_an_existing_village_and_group_are_used(write):
    village = make_village("50010811", "บ้านดอยปุย")
    group = make_producer(village, "กลุ่มไหม")

    import_ours(write, ours(producer="กลุ่มไหม"))

    assert Provenance.objects.get().producer == group
    assert Village.objects.count() == 1


def test_a_person_settles_a_row_that_waited_with_its_price(write):
    import_ours(write, ours(village_code="", price_baht="99", stock="4"))
    row = staged()[0]

    with pytest.raises(NotSettled):
        settle_row(row=row, village_code="500108", by=None)
    made = settle_row(row=row, village_code="50010803", by=None)

    assert settle_row(row=row, village_code="50010804", by=None) == made
    assert (row.status, row.village_code, row.reason_th) == ("ok", "50010803", "")
    assert str(made.product.stockrecords.get().price) == "99.00"
    assert made.producer.home_village.name_th == "หมู่ที่ 3 ตำบลสุเทพ"
