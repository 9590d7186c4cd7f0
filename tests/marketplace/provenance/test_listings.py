from datetime import date, timedelta

import pytest
from django.utils.module_loading import import_string

from marketplace.core import outbox, periodic, thai
from marketplace.core.models import OutboxEntry
from marketplace.places.models import Province
from marketplace.producers.models import Producer, ProducerClosure
from marketplace.provenance import services
from marketplace.provenance.models import Listing, ListingCategory, Provenance, VillageShare
from marketplace.provenance.services import errors
from marketplace.villages.models import Village
from tests.factories import make_category, make_producer, make_product, make_village

pytestmark = pytest.mark.django_db


def listing(made) -> Listing | None:
    return Listing.objects.filter(product=made.product_id).first()


def test_a_listing_copies_what_a_card_shows():
    village = make_village(name_en="Ban Doi Pui")
    producer = make_producer(village, "กลุ่มทอผ้าปุย", name_en="Pui Weavers")
    options = [
        services.OptionPlan("เล็ก", "Small", 10_000, 0),
        services.OptionPlan("ใหญ่", "Large", 25_050, 3),
    ]
    made = make_product(
        producer,
        title_th="ผ้าไหม",
        title_en="Silk",
        options=options,
        materials_th="ไหมแท้",
        pictures=["b.jpg", "a.jpg"],
    )
    services.record_award(provenance=made, stars=5, round_year_be=2565, by=None)
    services.record_award(provenance=made, stars=4, round_year_be=2567, by=None)

    row = listing(made)

    assert (row.title_th, row.title_en, row.slug) == ("ผ้าไหม", "Silk", "silk")
    assert (row.producer_id, row.producer_name_en) == (producer.pk, "Pui Weavers")
    assert (row.village_code, row.village_name_th) == ("50010811", "บ้านดอยปุย")
    assert (row.province_code, row.province_name_th, row.region) == ("50", "เชียงใหม่", "N")
    assert (row.price_satang, row.price_to_satang, row.has_options) == (10_000, 25_050, True)
    assert (row.stars, row.award_year_be, row.is_available) == (4, 2567, True)
    assert (row.picture, row.picture_alt_th) == ("b.jpg", "ผ้าไหม")
    words = ("ผ้าไหม", "silk", "กลุ่มทอผ้าปุย", "pui weavers", "บ้านดอยปุย", "ban doi pui", "ไหมแท้")
    assert all(word in row.search_text for word in words)


def test_a_listing_belongs_to_its_categories_and_those_above():
    root = make_category("ผ้า")
    leaf = make_category("ผ้าไหม", root)
    other = make_category("อาหาร")

    made = make_product(categories=[leaf])

    found = ListingCategory.objects.filter(listing=made.product_id)
    assert set(found.values_list("category_id", flat=True)) == {root.pk, leaf.pk}
    assert other.pk not in {root.pk, leaf.pk}


def test_a_draft_a_withdrawn_product_and_one_of_a_suspended_producer_are_not_listed():
    draft, withdrawn, suspended = make_product(public=False), make_product(), make_product()

    services.withdraw_product(provenance=withdrawn, reason="เลิกผลิต", by=None)
    Producer.objects.filter(pk=suspended.producer_id).update(status="suspended")
    OutboxEntry.objects.create(kind="producer", object_id=str(suspended.producer_id))
    services.drain_outbox()

    assert [listing(one) for one in (draft, withdrawn, suspended)] == [None, None, None]
    withdrawn.product.refresh_from_db()
    assert (withdrawn.status_reason, withdrawn.product.is_public) == ("เลิกผลิต", False)


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"price_satang": None}, errors.CannotPublish),
        ({"options": [services.OptionPlan("ก")]}, errors.CannotPublish),
        ({"shares": {}, "price_satang": 100}, errors.NoVillageShare),
    ],
)
def test_what_cannot_be_sold_cannot_be_published(facts, error):
    made = services.create_product(
        producer=make_producer(), title_th="ผ้า", otop_type="textile", **facts
    )

    with pytest.raises(error):
        services.publish_product(provenance=made, by=None)

    made.refresh_from_db()
    assert made.status == Provenance.Status.DRAFT and listing(made) is None


def test_a_product_of_an_applicant_cannot_be_published():
    made = make_product(make_producer(status="applied"), public=False)

    with pytest.raises(errors.CannotPublish):
        services.publish_product(provenance=made, by=None)

    assert listing(made) is None


def test_publishing_again_keeps_the_first_day():
    made = make_product()
    first = made.published_at

    services.withdraw_product(provenance=made, reason="พัก", by=None)
    services.publish_product(provenance=made, by=None)

    assert (made.published_at, listing(made).listed_at) == (first, first)


@pytest.mark.parametrize(
    ("facts", "absence"),
    [
        ({"stock": 0}, "sold_out"),
        ({"stock": 1}, ""),
        ({"stock_kind": "made_to_order", "lead_days": 3, "stock": None}, ""),
        ({"stock_kind": "seasonal", "season_months": [thai.today().month]}, ""),
        (
            {"stock_kind": "seasonal", "season_months": [thai.today().month % 12 + 1]},
            "out_of_season",
        ),
    ],
)
def test_a_card_knows_why_nothing_can_be_bought(facts, absence):
    row = listing(make_product(**facts))

    assert (row.absence, row.is_available) == (absence, not absence)


def test_a_closed_producer_has_nothing_to_sell_that_day_and_again_after_it():
    made = make_product()
    today = thai.today()
    ProducerClosure.objects.create(
        producer=made.producer, valid_from=today - timedelta(days=1), valid_until=today
    )
    services.refresh_listings_of_day(today - timedelta(days=1))
    assert (listing(made).is_available, listing(made).absence) == (False, "makers_rest")

    ProducerClosure.objects.update(valid_until=today - timedelta(days=1))
    assert services.refresh_listings_of_day(today) == [made.product_id]
    assert listing(made).is_available


def test_the_first_of_a_month_looks_at_seasonal_products():
    seasonal = make_product(stock_kind="seasonal", season_months=[4])
    make_product()

    assert services.refresh_listings_of_day(date(2026, 4, 1)) == [seasonal.product_id]
    assert services.refresh_listings_of_day(date(2026, 4, 2)) == []


def test_a_renamed_village_producer_or_province_reaches_the_card_through_the_outbox():
    made = make_product()
    Village.objects.update(name_th="บ้านใหม่", name_en="Ban Mai")
    OutboxEntry.objects.create(kind="village", object_id="50010811")
    assert listing(made).village_name_th == "บ้านดอยปุย"

    assert services.drain_outbox() > 0
    assert listing(made).village_name_en == "Ban Mai"

    Producer.objects.update(name_th="ชื่อใหม่")
    Province.objects.update(name_th="จังหวัดใหม่")
    OutboxEntry.objects.create(kind="producer", object_id=str(made.producer_id))
    OutboxEntry.objects.create(kind="area", object_id="50")
    services.drain_outbox()
    row = listing(made)
    assert (row.producer_name_th, row.province_name_th) == ("ชื่อใหม่", "จังหวัดใหม่")


def test_drained_entries_wait_for_search_once_each_and_others_stay():
    made = make_product()
    OutboxEntry.objects.all().delete()
    for kind, key in [("village", "50010811"), ("village", "50010811"), ("story", "1")]:
        OutboxEntry.objects.create(kind=kind, object_id=key)

    assert services.drain_outbox() == 2
    assert services.drain_outbox() == 0

    found = OutboxEntry.objects.order_by("kind").values_list("kind", "object_id")
    assert list(found) == [
        ("search:product", str(made.product_id)),
        ("search:village", "50010811"),
        ("story", "1"),
    ]


def test_an_option_refreshes_its_product_and_popularity_stays():
    made = make_product(options=[services.OptionPlan("ก", "", 100, 1)])
    Listing.objects.update(popularity=7, title_th="เก่า")

    assert services.refresh_listings([made.product.children.get().pk]) == 1

    row = listing(made)
    assert (row.title_th, row.popularity) == (made.product.title, 7)


def test_work_under_refreshed_once_refreshes_at_its_end_and_not_at_all_if_it_fails():
    made = make_product()
    stale = Listing.objects.filter(product=made.product, price_satang=1)

    Listing.objects.update(price_satang=1)
    with services.refreshed_once():
        assert services.refresh_listings([made.product_id]) == 0 and stale.exists()
    assert not stale.exists()

    Listing.objects.update(price_satang=1)
    with pytest.raises(KeyError), services.refreshed_once():
        services.refresh_listings([made.product_id])
        raise KeyError
    assert stale.exists()


def test_rebuilding_restores_every_row_and_drops_what_is_no_product():
    producer = make_producer()
    kept = [make_product(producer) for _ in range(3)]
    gone = make_product(producer)
    Provenance.objects.filter(pk=gone.pk).update(status="withdrawn")
    Listing.objects.filter(product=kept[0].product).delete()
    Listing.objects.filter(product=kept[1].product).update(price_satang=1)

    assert services.rebuild_listings() == 3

    assert set(Listing.objects.values_list("price_satang", flat=True)) == {25_000}
    assert listing(gone) is None


def test_ten_products_and_sixty_take_the_same_reads(django_assert_max_num_queries):
    producer, category = make_producer(), make_category()
    ids = [make_product(producer, categories=[category]).product_id for _ in range(60)]

    with django_assert_max_num_queries(18):
        services.refresh_listings(ids[:10])
    with django_assert_max_num_queries(20):  # SQLite inserts 30 rows of this width at a time
        services.refresh_listings(ids)


def test_the_largest_share_heads_the_card():
    make_village("34010105", "บ้านปะอาว"), make_village()
    made = make_product(shares={"34010105": 500_000, "50010811": 500_000})

    assert listing(made).village_code == "34010105"  # of equals the lower code
    assert VillageShare.objects.count() == 2


def test_the_worker_drains_the_outbox_and_looks_at_the_calendar():
    jobs = {job.name: import_string(job.function_path) for job in periodic.all_jobs()}
    made = make_product()
    Listing.objects.filter(product=made.product).update(price_satang=1)
    outbox.note("product", made.product_id)

    jobs["provenance.drain_outbox"]()

    assert listing(made).price_satang == 25_000
    assert not OutboxEntry.objects.filter(kind="product").exists()
    assert jobs["provenance.day"]() == [made.product_id]  # its share begins today
