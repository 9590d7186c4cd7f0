"""A product's form: nothing typed is lost, and sending it in does what each fact needs."""

import pytest
from oscar.apps.catalogue.models import Product
from oscar.apps.partner.models import StockRecord

from marketplace.core.money import to_satang
from marketplace.provenance import services
from marketplace.provenance.models import Listing, Photo, ProductChange, ProductDraft, Provenance
from marketplace.provenance.services import errors
from marketplace.provenance.services.drafting import photos_of_drafts
from marketplace.provenance.services.facts import read_facts
from tests.factories import make_category, make_photo, make_producer, make_product
from tests.marketplace.provenance.forms import complete, drafted, submit

pytestmark = pytest.mark.django_db
Status = Provenance.Status


@pytest.fixture
def producer():
    return make_producer()


def stock(product_id) -> tuple[int, int]:
    record = StockRecord.objects.get(product=product_id)
    return to_satang(record.price), record.net_stock_level


def test_whatever_was_typed_is_kept_as_it_was_typed(producer):
    draft = services.start_draft(producer=producer, by=None)
    typed = {"title_th": "  ผ้า\\u0000", "price_baht": "ร้อยนึง", "photos": [1, "x"]}

    kept = services.save_draft(draft=draft, data=typed, version=0, by=None)

    kept.refresh_from_db()
    assert (kept.data, kept.version) == (typed, 1)


def test_what_no_database_keeps_is_left_out(producer):
    draft = services.start_draft(producer=producer, by=None)

    kept = services.save_draft(draft=draft, data={"title_th": "ก\0ข\ud83d"}, version=0, by=None)

    kept.refresh_from_db()
    assert kept.data == {"title_th": "กข"}


def test_of_two_who_save_the_second_is_told(producer):
    draft = services.start_draft(producer=producer, by=None)
    first = services.save_draft(draft=draft, data={"title_th": "ก"}, version=0, by=None)
    repeated = services.save_draft(draft=draft, data={"title_th": "ก"}, version=0, by=None)
    assert (first.version, repeated.version) == (1, 1)

    with pytest.raises(errors.StaleDraft):
        services.save_draft(draft=draft, data={"title_th": "ข"}, version=0, by=None)

    draft.refresh_from_db()
    assert draft.data == {"title_th": "ก"}


def test_a_draft_has_a_limit(producer):
    draft = services.start_draft(producer=producer, by=None)
    with pytest.raises(errors.DraftTooLarge):
        services.save_draft(draft=draft, data={"title_th": "ก" * 22_000}, version=0, by=None)
    draft.refresh_from_db()
    assert draft.data == {}


def test_a_complete_form_becomes_a_product_that_waits_once(producer):
    category = make_category()
    data = complete(producer, categories=[str(category.pk)], title_en="Indigo cotton")
    draft = drafted(producer, **data)

    made, again = submit(draft), submit(draft)

    assert made == again and Provenance.objects.count() == 1
    assert (made.status, made.title_en, made.otop_type) == (
        Status.IN_REVIEW,
        "Indigo cotton",
        "textile",
    )
    assert stock(made.product_id) == (125_050, 3)
    assert list(made.product.categories.all()) == [category]
    assert read_facts(made)["pictures"] == [Photo.objects.get().name]
    assert not Listing.objects.exists()
    with pytest.raises(errors.DraftClosed):
        services.save_draft(draft=draft, data={}, version=draft.version, by=None)


def test_an_empty_form_names_every_field_and_makes_nothing(producer):
    draft = drafted(producer)

    with pytest.raises(errors.DraftIncomplete) as refused:
        submit(draft)

    assert set(refused.value.errors) == {
        "title_th",
        "otop_type",
        "price_baht",
        "quantity",
        "photos",
    }
    assert all(refused.value.errors.values())
    assert not Provenance.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title_th", "ก" * 256),
        ("title_th", "ไวน์ผลไม้"),
        ("title_th", {"a": 1}),
        ("description_th", "ก" * 20_001),
        ("otop_type", "weapons"),
        ("stock_kind", "stolen"),
        ("price_baht", "0"),
        ("price_baht", "-5"),
        ("price_baht", "1.234"),
        ("price_baht", "1e9"),
        ("price_baht", "99999999999"),
        ("price_baht", ["1"]),
        ("quantity", "1.5"),
        ("quantity", "-1"),
        ("quantity", "9999999"),
        ("weight_grams", "หนัก"),
        ("season_months", ["13"]),
        ("season_months", [{}]),
        ("categories", ["999999"]),
        ("photos", []),
        ("photos", "x"),
        ("photos", [999_999]),
        ("photos", ["../../etc/passwd"]),
        ("photos", [None, {}, [], True]),
    ],
)
def test_what_cannot_be_is_named_and_makes_nothing(producer, field, value):
    extra = {"otop_type": "beverage"} if value == "ไวน์ผลไม้" else {}
    draft = drafted(producer, **complete(producer, **extra) | {field: value})

    with pytest.raises(errors.DraftIncomplete) as refused:
        submit(draft)

    assert set(refused.value.errors) == {field}
    assert not Provenance.objects.exists()
    draft.refresh_from_db()
    assert draft.submitted_at is None


def test_made_to_order_names_its_days(producer):
    draft = drafted(producer, **complete(producer, stock_kind="made_to_order", quantity=""))
    with pytest.raises(errors.DraftIncomplete) as refused:
        submit(draft)
    assert set(refused.value.errors) == {"lead_days"}

    draft = drafted(producer, **draft.data | {"lead_days": "14"})
    assert submit(draft).lead_days == 14


def test_photos_of_others_and_small_ones_are_refused(producer):
    theirs, small = make_photo(make_producer()), make_photo(producer, "small")
    for photo in (theirs, small):
        draft = drafted(producer, **complete(producer, photos=[photo.pk]))
        with pytest.raises(errors.DraftIncomplete) as refused:
            submit(draft)
        assert set(refused.value.errors) == {"photos"}
    assert not Provenance.objects.exists()


def test_options_become_options_each_with_price_and_stock(producer):
    options = [
        {"title_th": "เล็ก", "price_baht": "100", "quantity": "1"},
        {"title_th": "ใหญ่", "title_en": "large", "price_baht": "200", "quantity": "2"},
    ]
    made = submit(drafted(producer, **complete(producer, options=options, price_baht="")))

    children = Product.objects.filter(parent=made.product).order_by("pk")
    assert [(c.title, *stock(c.pk)) for c in children] == [("เล็ก", 10_000, 1), ("ใหญ่", 20_000, 2)]

    options[1]["price_baht"] = "x"
    with pytest.raises(errors.DraftIncomplete) as refused:
        submit(drafted(producer, **complete(producer, options=options)))
    assert set(refused.value.errors) == {"options-1-price_baht"}


def test_a_refused_product_is_mended_and_comes_in_again_under_its_key(producer):
    made = submit(drafted(producer, **complete(producer)))
    services.refuse_product(provenance=made, reason="รูปมืด", by=None)
    options = [{"title_th": "เล็ก", "price_baht": "90", "quantity": "4"}]

    draft = services.start_draft(producer=producer, by=None, provenance=made)
    assert draft.data["price_baht"] == "1250.50"
    again = submit(drafted(producer, made, title_th="ผ้าใหม่", options=options))

    assert (again.pk, again.status, again.status_reason) == (made.pk, Status.IN_REVIEW, "")
    product = Product.objects.get(pk=made.product_id)
    assert (product.title, product.is_parent) == ("ผ้าใหม่", True)
    assert stock(product.children.get().pk) == (9_000, 4)
    assert not StockRecord.objects.filter(product=product).exists()
    services.approve_product(provenance=again, by=None)
    assert Listing.objects.get().price_satang == 9_000


def test_of_a_live_product_price_and_stock_change_at_once_and_words_wait(producer):
    live = make_product(producer, title_th="ผ้าฝ้าย", price_baht="250", stock=5, pictures=("a.jpg",))
    photo = make_photo(producer)

    submit(
        drafted(
            producer,
            live,
            title_th="ผ้าไหม",
            price_baht="300",
            quantity="7",
            weight_grams="900",
            photos=["a.jpg", photo.pk],
        )
    )

    change = ProductChange.objects.get()
    assert change.after == {"title_th": "ผ้าไหม", "pictures": ["a.jpg", photo.name]}
    live.refresh_from_db()
    row = Listing.objects.get(pk=live.product_id)
    assert (row.title_th, row.price_satang, live.weight_grams) == ("ผ้าฝ้าย", 30_000, 900)
    assert (live.status, stock(live.product_id)) == (Status.PUBLIC, (30_000, 7))


def test_stock_that_nobody_touched_stays_what_it_is_by_now(producer):
    live = make_product(producer, stock=5)
    draft = services.start_draft(producer=producer, by=None, provenance=live)
    services.change_stock(product=live.product, quantity=2, by=None)

    data = {**draft.data, "price_baht": "99", "was": {}}
    submit(services.save_draft(draft=draft, data=data, version=0, by=None))

    assert stock(live.product_id) == (9_900, 2)
    assert not ProductChange.objects.exists()


def test_options_of_what_was_sold_stay_and_their_price_changes(producer):
    options = (services.OptionPlan("เล็ก", price_satang=10_000, quantity=1),
               services.OptionPlan("ใหญ่", price_satang=20_000, quantity=2))  # fmt: skip
    live = make_product(producer, options=options)
    draft = services.start_draft(producer=producer, by=None, provenance=live)
    typed = draft.data["options"]
    typed[0]["price_baht"] = "111"

    submit(drafted(producer, live, options=typed))

    ids = [int(option["product_id"]) for option in typed]
    assert [stock(pk) for pk in ids] == [(11_100, 1), (20_000, 2)]

    for wrong in (typed[:1], [], [{**typed[0], "title_th": "อื่น"}, typed[1]]):
        with pytest.raises(errors.DraftIncomplete) as refused:
            submit(drafted(producer, live, options=wrong))
        assert "options" in refused.value.errors
    assert [stock(pk) for pk in ids] == [(11_100, 1), (20_000, 2)]


def test_a_refused_change_fills_the_form_again(producer):
    live = make_product(producer, title_th="ผ้าฝ้าย")
    change = services.propose_change(provenance=live, facts={"title_th": "ผ้าไหม"}, by=None)
    services.refuse_change(change=change, reason="ไม่ใช่ไหม", by=None)

    draft = services.start_draft(producer=producer, by=None, provenance=live)
    same = services.start_draft(producer=producer, by=None, provenance=live)

    assert (draft.data["title_th"], same.pk) == ("ผ้าไหม", draft.pk)


def test_nobody_begins_a_form_of_anothers_product(producer):
    theirs = make_product()
    for words in ({"provenance": theirs}, {"copy_of": theirs}):
        with pytest.raises(errors.AnotherProducer):
            services.start_draft(producer=producer, by=None, **words)
    assert not ProductDraft.objects.exists()


def test_a_copy_takes_the_words_and_no_photo(producer):
    live = make_product(producer, title_th="ผ้าฝ้าย", pictures=("a.jpg",))

    draft = services.start_draft(producer=producer, by=None, copy_of=live)

    assert (draft.data["title_th"], draft.data["photos"]) == ("ผ้าฝ้าย", [])
    assert draft.provenance is None and "was" not in draft.data


def test_twelve_photos_become_twelve_forms_once(producer):
    photos = [make_photo(producer).pk for _ in range(12)]
    draft = drafted(producer, **complete(producer, title_th="ผ้าปัก", photos=photos))
    pieces = [(photo, f"ชิ้นที่ {n}", 10_000 + n) for n, photo in enumerate(photos, 1)]

    made = services.split_draft(draft=draft, pieces=pieces, by=None)

    assert [one.data["title_th"] for one in made][-1] == "ผ้าปัก ชิ้นที่ 12"
    products = [submit(one) for one in made]
    assert stock(products[2].product_id) == (10_003, 1)
    assert {one.stock_kind for one in products} == {"one_piece"}
    again = services.split_draft(draft=draft, pieces=pieces, by=None)
    assert again == made and ProductDraft.objects.exclude(pk=draft.pk).count() == 12


def test_pieces_are_photos_of_the_draft(producer):
    draft = drafted(producer, **complete(producer))
    own, theirs = draft.data["photos"][0], make_photo(make_producer()).pk
    for pieces in ([(own, "", 1)], [(own, "", 1), (theirs, "", 1)], [(own, "", 1)] * 2):
        with pytest.raises(errors.InvalidPieces):
            services.split_draft(draft=draft, pieces=pieces, by=None)
    assert ProductDraft.objects.count() == 1


def test_photos_of_open_drafts_are_kept(producer):
    kept, unused = make_photo(producer), make_photo(producer)
    drafted(producer, photos=[str(kept.pk), "x", None], options="nonsense")

    assert photos_of_drafts({kept.name, unused.name}) == {kept.name}


def test_photos_are_kept_while_a_form_can_be_brought_back(producer):
    photo, left = make_photo(producer), make_photo(producer)
    draft = drafted(producer, photos=["images/photos/older.jpg"], options=[{"photo": photo.pk}])
    services.discard_draft(draft=draft, by=None)
    names = {photo.name, left.name, "images/photos/older.jpg"}

    assert photos_of_drafts(names) == names - {left.name}
