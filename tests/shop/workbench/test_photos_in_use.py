"""A picture that any row of any table still speaks of is never forgotten as unused.

Goes by the tables themselves, not by a list of who keeps pictures: whoever begins to keep some
without saying so in `photo_uses` is found out, once `the_world` has a row of it.
"""

import os
import time
from datetime import timedelta

import pytest
from django.apps import apps
from django.core import serializers
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from marketplace.core.models import AuditEntry
from marketplace.producers.services import set_portrait
from marketplace.provenance import photo_uses, services
from marketplace.provenance.models import Photo, ProductDraft
from marketplace.provenance.services.drafting import photo_keys, picture_names
from tests.factories import make_photo, make_producer, make_product
from tests.shop.workbench.forms import TYPED, begin

pytestmark = pytest.mark.django_db

NOT_KEEPERS = (Photo, AuditEntry)
"""The register of photos itself, and what was done with them once."""


@pytest.fixture
def world(media) -> dict[str, Photo]:
    """A producer that uses a photo in every way there is; by the way it is used."""
    producer = make_producer()
    ways = (
        *("draft", "option of a draft", "thrown away", "change", "refused change", "portrait"),
        *("product", "option", "withdrawn", "option of a change", "form of a live product"),
    )
    photos = {way: make_photo(producer) for way in (*ways, "unused", "of a form sent in")}
    option = {"title_th": "ก", "price_baht": "1", "photo": str(photos["option of a draft"].pk)}
    begin(producer, photos=[photos["draft"].pk], options=[option])
    thrown = begin(producer, photos=[photos["thrown away"].pk])
    services.discard_draft(draft=thrown, by=None)
    set_portrait(producer=producer, name=photos["portrait"].name, by=None)
    _use_in_products(producer, photos)
    _use_in_changes(producer, photos)
    for photo in photos.values():
        _make_old(photo)
    return photos


def _use_in_products(producer, photos) -> None:
    make_product(producer, pictures=[photos["product"].name])
    plan = services.OptionPlan("ก", "", 100, 1, picture=photos["option"].name)
    make_product(producer, pictures=[photos["product"].name], options=[plan])
    gone = make_product(producer, pictures=[photos["withdrawn"].name])
    services.withdraw_product(provenance=gone, reason="พัก", by=None)
    sent = begin(producer, photos=[photos["of a form sent in"].pk], quantity="1", **TYPED_WORDS)
    made = services.submit_draft(draft=sent, by=None)
    mended = services.start_draft(producer=producer, by=None, provenance=made)
    data = mended.data | {"photos": [photos["product"].pk]}
    services.save_draft(draft=mended, data=data, version=0, by=None)
    services.submit_draft(draft=mended, by=None)


TYPED_WORDS = {name: words for name, words in TYPED.items() if name != "quantity"}


def _use_in_changes(producer, photos) -> None:
    waiting = make_product(producer)
    facts = {
        "pictures": [photos["change"].name],
        "option_pictures": {"1": photos["option of a change"].name},
    }
    services.propose_change(provenance=waiting, facts=facts, by=None)
    refused = make_product(producer)
    facts = {"pictures": [photos["refused change"].name]}
    change = services.propose_change(provenance=refused, facts=facts, by=None)
    services.refuse_change(change=change, reason="มืด", by=None)
    live = make_product(producer, pictures=[photos["form of a live product"].name])
    Photo.objects.filter(pk=photos["form of a live product"].pk).update(
        name="images/photos/turned.jpg"
    )
    form = services.start_draft(producer=producer, by=None, provenance=live)
    assert form.data["photos"] == [photos["form of a live product"].name]
    live.product.images.all()._raw_delete("default")


def _make_old(photo: Photo) -> None:
    name = default_storage.save(photo.name, ContentFile(b"x"))
    month = time.time() - 40 * 86_400
    os.utime(default_storage.path(name), (month, month))
    old = timezone.now() - timedelta(days=40)
    Photo.objects.filter(pk=photo.pk).update(uploaded_at=old)


def names_in_tables(photos: dict[str, Photo]) -> set[str]:
    """The names of photos that stand in any row of the database, by name or by key."""
    tables = [one for one in apps.get_models() if one._meta.managed and not one._meta.proxy]
    rows = [row for model in tables if model not in NOT_KEEPERS for row in of(model)]
    text = serializers.serialize("json", rows)
    keys: set[int] = set()
    for draft in ProductDraft.objects.filter(submitted_at=None):
        keys |= photo_keys(draft.data)
    return {one.name for one in photos.values() if one.name in text or one.pk in keys}


def of(model):
    rows = model._base_manager.all()
    # Forms sent in are what a product was made of; the product speaks for its pictures.
    return rows.filter(submitted_at=None) if model is ProductDraft else rows


def test_what_any_table_speaks_of_is_in_use(world):
    everything = {photo.name for photo in world.values()}
    spoken_of = names_in_tables(world)

    assert spoken_of == everything - {world["unused"].name, world["of a form sent in"].name}
    assert photo_uses.in_use(everything) >= spoken_of


def test_only_what_nothing_uses_is_forgotten(world):
    services.forget_unused_photos()

    gone = {way for way, photo in world.items() if not default_storage.exists(photo.name)}
    assert gone == {"unused", "of a form sent in"}


def test_a_photo_goes_once_the_form_that_kept_it_is_forgotten(world):
    ProductDraft.objects.filter(closing="discarded").update(
        closed_at=timezone.now() - timedelta(days=31)
    )
    services.forget_closed_drafts()
    services.forget_unused_photos()

    assert not default_storage.exists(world["thrown away"].name)
    assert default_storage.exists(world["draft"].name)
    assert picture_names({"photos": ["images/photos/x.jpg", 7]}) == {"images/photos/x.jpg"}
