from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from oscar.apps.catalogue.models import Product, ProductCategory, ProductImage
from oscar.apps.partner.models import StockRecord

from marketplace.core.models import OutboxEntry
from marketplace.provenance import services
from marketplace.provenance.models import Provenance, StockKind, VillageShare
from marketplace.provenance.services import errors
from tests.factories import make_category, make_producer, make_product, make_village

pytestmark = pytest.mark.django_db


@pytest.fixture
def producer():
    return make_producer()


def create(producer, **facts):
    defaults = {"title_th": "ผ้าไหม", "otop_type": "textile", "price_satang": 25_050}
    return services.create_product(producer=producer, **{**defaults, **facts})


def test_a_draft_has_price_stock_and_all_of_its_income_for_the_home_village(producer):
    made = create(producer, title_th="ผ้าไหม  มัดหมี่\u200b", quantity=7)

    product = made.product
    record = product.stockrecords.get()
    assert (product.title, product.slug, product.is_public) == (
        "ผ้าไหม มัดหมี่",
        "pha-mai-mat-mi",
        False,
    )
    assert (record.price, record.num_in_stock) == (Decimal("250.50"), 7)
    assert (record.partner_id, record.partner_sku) == (producer.partner_id, f"P{product.pk}")
    assert product.product_class.slug == "tracked"
    assert made.status == Provenance.Status.DRAFT
    share = made.shares.get()
    assert (share.village_id, share.share_ppm) == (producer.home_village_id, 1_000_000)
    assert OutboxEntry.objects.filter(kind="product", object_id=str(product.pk)).count() == 1


@pytest.mark.parametrize(
    ("facts", "slug", "quantity"),
    [
        ({"stock_kind": StockKind.MADE_TO_ORDER, "lead_days": 7, "quantity": 5}, "to-order", None),
        ({"stock_kind": StockKind.ONE_PIECE}, "tracked", 1),
        ({"stock_kind": StockKind.SEASONAL, "season_months": [5, 4]}, "tracked", 0),
        ({"income_kind": "stay", "quantity": 3}, "visit", None),
    ],
)
def test_the_stock_kind_sets_the_class_that_oscar_decides_by(producer, facts, slug, quantity):
    product = create(producer, **facts).product

    assert product.product_class.slug == slug
    assert product.stockrecords.get().num_in_stock == quantity


def test_options_are_children_with_their_own_price_stock_and_picture(producer):
    red = services.OptionPlan("สีแดง", "Red", 10_000, 2, "images/red.jpg")
    blue = services.OptionPlan("สีคราม", "Indigo", 12_000, 0)

    product = create(producer, price_satang=None, options=[red, blue]).product

    assert product.is_parent and not product.stockrecords.exists()
    children = product.children.order_by("option__position")
    facts = [
        (child.title, child.option.title_en, child.stockrecords.get().price) for child in children
    ]
    assert facts == [("สีแดง", "Red", Decimal("100")), ("สีคราม", "Indigo", Decimal("120"))]
    assert [image.original.name for image in children[0].images.all()] == ["images/red.jpg"]


def test_products_share_a_stored_picture_and_content_is_stored_under_a_random_name(producer):
    content = ContentFile(b"not really a picture", name="../นาย ก.JPG")

    first = create(producer, pictures=["images/shared.jpg", content]).product
    second = create(producer, pictures=["images/shared.jpg"]).product

    names = [image.original.name for image in first.images.all()]
    assert names[0] == "images/shared.jpg" == second.images.get().original.name
    assert names[1].startswith("images/products/") and names[1].endswith(".jpg")
    assert "ก" not in names[1] and default_storage.exists(names[1])
    default_storage.delete(names[1])


def test_markup_in_a_name_stays_text(producer):
    made = create(producer, title_th="<script>alert(1)</script>", description_th="<b>ก</b>\n\nข")

    assert made.product.title == "<script>alert(1)</script>"
    assert made.product.description == "<b>ก</b>\n\nข"


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"title_th": "  \u200b"}, errors.InvalidTitle),
        ({"title_th": "ก" * 10_240}, errors.InvalidTitle),
        ({"description_th": "ก" * 20_001}, errors.InvalidText),
        ({"price_satang": 0}, errors.InvalidPrice),
        ({"price_satang": -100}, errors.InvalidPrice),
        ({"price_satang": 10**12}, errors.InvalidPrice),
        ({"quantity": -1}, errors.InvalidStock),
        ({"quantity": 2, "stock_kind": "one_piece"}, errors.OnePieceOnly),
        ({"stock_kind": "made_to_order"}, errors.InvalidLeadDays),
        ({"season_months": [13]}, errors.InvalidSeason),
        ({"shares": {"50010811": 999_999}}, errors.InvalidShares),
        ({"shares": {"50010811": 1_000_000, "50010812": 0}}, errors.InvalidShares),
        ({"shares": {"50010899": 1_000_000}}, errors.UnknownVillage),
        ({"options": [services.OptionPlan("", price_satang=1)]}, errors.InvalidTitle),
    ],
)
def test_what_cannot_be_stored_is_refused_and_nothing_stays(producer, facts, error):
    with pytest.raises(error):
        create(producer, **facts)

    assert not Product.objects.exists() and not Provenance.objects.exists()


def test_an_otop_code_is_used_once(producer):
    create(producer, otop_code="480300294701")

    with pytest.raises(errors.CodeTaken):
        create(producer, otop_code=" 480300294701 ")

    assert Provenance.objects.count() == 1


def test_a_thousand_products_take_as_many_statements_as_ten(
    producer, django_assert_max_num_queries
):
    category = make_category()

    def plans(number):
        return [
            services.ProductPlan(producer, f"ผ้า {n}", "textile", categories=[category])
            for n in range(number)
        ]

    with django_assert_max_num_queries(20):
        services.create_products(plans(10))
    with django_assert_max_num_queries(60):  # SQLite takes 999 values in a statement
        made = services.create_products(plans(200))

    assert len(made) == 200
    assert StockRecord.objects.count() == ProductCategory.objects.count() == 210
    assert VillageShare.objects.count() == 210


def test_the_builder_makes_a_public_product():
    made = make_product(make_producer(make_village("34010105", "บ้านปะอาว")), price_baht="99.50")

    assert made.status == Provenance.Status.PUBLIC and made.product.is_public
    assert made.product.listing.price_satang == 9_950
    assert not ProductImage.objects.exists()
