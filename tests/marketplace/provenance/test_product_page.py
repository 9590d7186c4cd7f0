import pytest

from marketplace.core import thai
from marketplace.producers.models import ProducerClosure
from marketplace.provenance import queries, services
from tests.factories import (
    make_category,
    make_producer,
    make_product,
    make_user,
    make_village,
)

pytestmark = pytest.mark.django_db


def rich_product(size):
    make_village("34010105", "บ้านปะอาว"), make_village()
    options = [
        services.OptionPlan(f"สี {n}", f"Colour {n}", 10_000 + n, n, f"{n}.jpg") for n in range(size)
    ]
    root = make_category("ผ้า")
    made = make_product(
        title_th="ผ้าไหม",
        title_en="Silk",
        options=options,
        shares={"34010105": 250_000, "50010811": 750_000},
        categories=[make_category(f"ไหม {n}", root) for n in range(size)],
        pictures=[f"main{n}.jpg" for n in range(size)],
    )
    for n in range(size):
        services.record_award(provenance=made, stars=3 + n % 3, round_year_be=2560 + n, by=None)
        certificate = services.record_certificate(
            provenance=made, kind="tcps", number=str(n), by=None
        )
        services.verify_certificate(certificate=certificate, by=make_user())
    return made


def test_a_page_says_everything_there_is_to_know():
    made = rich_product(2)
    services.record_certificate(provenance=made, kind="halal", by=None)

    page = queries.product_page(made.product_id)

    assert (page.title, page.producer, page.product.pk) == (
        "ผ้าไหม",
        made.producer,
        made.product_id,
    )
    assert [(s.village_code, s.share_ppm) for s in page.shares] == [
        ("50010811", 750_000),
        ("34010105", 250_000),
    ]
    assert (page.village.village_name, page.village.tambon_th) == ("บ้านดอยปุย", "สุเทพ")
    assert page.village.province_name == "เชียงใหม่"
    assert [(o.title_en, o.price_satang, o.left, o.is_available) for o in page.options] == [
        ("Colour 0", 10_000, 0, False),
        ("Colour 1", 10_001, 1, True),
    ]
    assert (page.prices, page.is_available) == ([10_000, 10_001], True)
    assert (page.stars, page.award_year_be, len(page.awards)) == (4, 2561, 2)
    assert [c.kind for c in page.certificates] == ["tcps", "tcps"]
    assert [p.name for p in page.pictures] == ["main0.jpg", "main1.jpg", "0.jpg", "1.jpg"]
    assert [p.option_id for p in page.pictures[:2]] == [None, None]
    assert page.pictures[3].option_id == page.options[1].product_id
    assert [c.name for c in page.categories] == ["ผ้า", "ไหม 0", "ไหม 1"]


@pytest.mark.parametrize("size", [1, 5])
def test_a_page_takes_six_statements_however_much_it_shows(size, django_assert_num_queries):
    made = rich_product(size)

    with django_assert_num_queries(6):
        page = queries.product_page(made.product_id)
        [option.title for option in page.options]
        str(page.producer.display_name) + page.village.village_name + page.description

    assert len(page.options) == len(page.certificates) == len(page.awards) == size


def test_a_product_without_options_is_its_own_only_option():
    made = make_product(stock=5)

    page = queries.product_page(made.product_id)

    assert [(o.product_id, o.left) for o in page.options] == [(made.product_id, 5)]
    assert (page.awards, page.stars, page.award_year_be) == ((), 0, None)


def test_what_shoppers_may_not_see_has_no_page_but_its_makers_may_look():
    made = make_product(public=False)
    child = make_product(options=[services.OptionPlan("ก", "", 100, 1)]).product.children.get()

    assert queries.product_page(made.product_id) is None
    assert queries.product_page(made.product_id, public_only=False).provenance == made
    assert queries.product_page(child.pk) is None
    assert queries.parent_of(child.pk) == child.parent_id
    assert queries.parent_of(made.product_id) is None
    assert queries.product_page(10**9) is None


def test_nothing_is_available_while_the_producer_is_closed():
    made = make_product()
    today = thai.today()
    ProducerClosure.objects.create(producer=made.producer, valid_from=today, valid_until=today)

    page = queries.product_page(made.product_id)

    assert (page.is_producer_open, page.is_available) == (False, False)


def test_things_made_to_order_are_not_counted():
    made = make_product(make_producer(), stock_kind="made_to_order", lead_days=5)

    option = queries.product_page(made.product_id).options[0]

    assert (option.left, option.is_available) == (None, True)
