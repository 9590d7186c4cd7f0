"""A picture of an option's own: chosen in the form, seen by curators, shown to shoppers."""

import pytest
from oscar.apps.catalogue.models import ProductImage

from marketplace.provenance import services
from marketplace.provenance.models import Photo, ProductChange, ProductDraft, Provenance
from marketplace.provenance.services import errors
from marketplace.provenance.services.changing import pictures_of_changes
from marketplace.provenance.services.draft_reading import read_draft
from tests.factories import make_photo, make_producer
from tests.marketplace.provenance.forms import complete, drafted, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def producer():
    return make_producer()


def with_options(producer, **more) -> dict:
    """A form with two photos, the second of which is the first option's."""
    photos = [make_photo(producer).pk for _ in range(2)]
    options = [
        {"title_th": "แดง", "price_baht": "100", "quantity": "1", "photo": str(photos[1])},
        {"title_th": "คราม", "price_baht": "100", "quantity": "1"},
    ]
    return complete(producer) | {"photos": photos, "options": options} | more


def names_of(*keys) -> list[str]:
    return [Photo.objects.get(pk=key).name for key in keys]


def pictures_of_options(product_id) -> list[str]:
    rows = ProductImage.objects.filter(product__parent=product_id).order_by("product_id")
    return [row.original.name for row in rows]


def test_an_option_has_its_own_photo_also_after_it_was_mended(producer):
    data = with_options(producer)
    made = submit(drafted(producer, **data))
    assert pictures_of_options(made.product_id) == names_of(data["photos"][1])
    services.refuse_product(provenance=made, reason="มืด", by=None)
    made.refresh_from_db()

    form = services.start_draft(producer=producer, by=None, provenance=made)
    assert [one.get("photo") for one in form.data["options"]] == [str(data["photos"][1]), None]
    submit(form)

    assert pictures_of_options(made.product_id) == names_of(data["photos"][1])


@pytest.mark.parametrize("whose", ["theirs", "own but not of this form", "a name", "nonsense"])
def test_only_a_photo_of_the_form_can_be_an_options(producer, whose):
    named = {
        "theirs": str(make_photo(make_producer()).pk),
        "own but not of this form": str(make_photo(producer).pk),
        "a name": make_photo(producer).name,
        "nonsense": {"a": 1},
    }[whose]
    data = with_options(producer)
    data["options"][1]["photo"] = named

    with pytest.raises(errors.DraftIncomplete) as refused:
        submit(drafted(producer, **data))

    assert set(refused.value.errors) == {"options-1-photo"}
    assert not Provenance.objects.exists()


@pytest.fixture
def live(producer):
    made = submit(drafted(producer, **with_options(producer)))
    return services.approve_product(provenance=made, by=None)


def mend(producer, live, **more) -> ProductDraft:
    live.refresh_from_db()
    draft = services.start_draft(producer=producer, by=None, provenance=live)
    data = draft.data | {name: fact(draft.data) for name, fact in more.items()}
    draft = services.save_draft(draft=draft, data=data, version=draft.version, by=None)
    submit(draft)
    return draft


def test_an_option_of_a_live_product_shows_at_once_what_shoppers_see_already(producer, live):
    first = live.drafts.get().data["photos"][0]

    def both(data):
        return [option | {"photo": str(first)} for option in data["options"]]

    mend(producer, live, options=both)

    assert pictures_of_options(live.product_id) == names_of(first, first)
    assert not ProductChange.objects.exists()
    mend(producer, live, options=lambda data: [one | {"photo": ""} for one in data["options"]])
    assert pictures_of_options(live.product_id) == []


def test_a_new_photo_of_an_option_waits_for_review(producer, live):
    shown, new = pictures_of_options(live.product_id), make_photo(producer)

    def with_new(data):
        return [data["options"][0], data["options"][1] | {"photo": str(new.pk)}]

    mend(producer, live, photos=lambda data: [*data["photos"], new.pk], options=with_new)

    change = ProductChange.objects.get(state="waiting")
    assert pictures_of_options(live.product_id) == shown
    assert pictures_of_changes({new.name, "x"}) == {new.name}
    form = services.start_draft(producer=producer, by=None, provenance=live)
    assert form.data["options"][1]["photo"] == str(new.pk)

    services.approve_change(change=change, by=None)

    assert pictures_of_options(live.product_id) == [*shown, new.name]


def test_reading_many_options_takes_no_more_statements(producer, django_assert_max_num_queries):
    data = with_options(producer)
    data["options"] = [data["options"][0] | {"title_th": f"ลาย {n}"} for n in range(50)]
    draft = drafted(producer, **data)

    with django_assert_max_num_queries(4):
        assert read_draft(draft).errors == {}
