"""A form that was thrown away can be brought back, and a day has room for so many."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.core import periodic
from marketplace.provenance import services
from marketplace.provenance.models import ProductDraft, Provenance
from marketplace.provenance.services import day_limits, errors
from tests.factories import make_photo, make_producer, make_product
from tests.marketplace.provenance.forms import complete, drafted, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def producer():
    return make_producer()


def close_long_ago(draft, days=31) -> None:
    at = timezone.now() - timedelta(days=days)
    ProductDraft.objects.filter(pk=draft.pk).update(closed_at=at)


def test_a_draft_thrown_away_can_be_brought_back(producer):
    live = make_product(producer)
    draft = drafted(producer, live, title_th="ผ้าใหม่")

    for _ in range(2):
        services.discard_draft(draft=draft, by=None)
    assert not ProductDraft.objects.unfinished().exists() and Provenance.objects.get() == live
    for refused in (submit, lambda one: drafted_again(one)):
        with pytest.raises(errors.DraftClosed):
            refused(draft)

    for _ in range(2):
        services.bring_back_draft(draft=draft, by=None)
    assert ProductDraft.objects.unfinished().get().data["title_th"] == "ผ้าใหม่"
    assert submit(draft) == live


def drafted_again(draft) -> None:
    services.save_draft(draft=draft, data={}, version=draft.version, by=None)


def test_a_draft_that_nobody_typed_into_is_gone_at_once(producer):
    live = make_product(producer)
    drafts = [services.start_draft(producer=producer, by=None, provenance=live)]
    drafts.append(services.start_draft(producer=producer, by=None, copy_of=live))

    for draft in drafts:
        services.discard_draft(draft=draft, by=None)

    assert not ProductDraft.objects.exists()


def test_a_piece_thrown_away_can_be_brought_back(producer):
    piece = split_in_two(producer)[0]

    services.discard_draft(draft=piece, by=None)

    assert services.bring_back_draft(draft=piece, by=None).data == piece.data


def split_in_two(producer) -> list[ProductDraft]:
    photos = [make_photo(producer).pk for _ in range(2)]
    draft = drafted(producer, title_th="ผ้า", photos=photos)
    pieces = [(photo, "", 100) for photo in photos]
    return services.split_draft(draft=draft, pieces=pieces, by=None)


def test_what_was_sent_in_or_split_is_not_brought_back(producer):
    sent, split = drafted(producer, **complete(producer)), split_in_two(producer)[0].made_of
    submit(sent)
    for draft in (sent, split):
        services.discard_draft(draft=draft, by=None)
        with pytest.raises(errors.DraftClosed):
            services.bring_back_draft(draft=draft, by=None)
    split.refresh_from_db()
    assert split.closing == "split"


def test_a_product_has_one_unfinished_form_also_when_one_is_brought_back(producer):
    live = make_product(producer)
    old = drafted(producer, live, title_th="ก")
    services.discard_draft(draft=old, by=None)
    new = drafted(producer, live, title_th="ข")

    with pytest.raises(errors.BegunAnew):
        services.bring_back_draft(draft=old, by=None)

    assert ProductDraft.objects.unfinished().get() == new != old


def test_closed_drafts_are_forgotten_after_thirty_days(producer):
    pieces = split_in_two(producer)
    open_one = drafted(producer, title_th="เปิด")
    services.discard_draft(draft=pieces[0], by=None)
    close_long_ago(pieces[0], days=29)
    close_long_ago(pieces[0].made_of)

    assert services.forget_closed_drafts() == 1

    kept = set(ProductDraft.objects.values_list("pk", flat=True))
    assert kept == {pieces[0].pk, pieces[1].pk, open_one.pk}
    jobs = {job.function_path.rpartition(".")[2]: job.seconds for job in periodic.all_jobs()}
    assert jobs["forget_closed_drafts"] == 86_400


def test_a_day_has_room_for_so_many_drafts(producer, monkeypatch):
    monkeypatch.setattr(day_limits, "DRAFTS_A_DAY", 4)
    photos = [make_photo(producer).pk for _ in range(3)]
    draft = drafted(producer, title_th="ผ้า", photos=photos)
    live = make_product(producer)
    services.start_draft(producer=producer, by=None)
    begun = services.start_draft(producer=producer, by=None, provenance=live)

    with pytest.raises(errors.TooManyDrafts):
        pieces = [(photo, "", 100) for photo in photos]
        services.split_draft(draft=draft, pieces=pieces, by=None)
    services.start_draft(producer=producer, by=None, copy_of=live)
    for facts in ({}, {"provenance": make_product(producer)}):
        with pytest.raises(errors.TooManyDrafts):
            services.start_draft(producer=producer, by=None, **facts)

    assert ProductDraft.objects.unfinished().count() == 4
    assert services.start_draft(producer=producer, by=None, provenance=live) == begun
    services.start_draft(producer=make_producer(), by=None)
    ProductDraft.objects.update(created_at=timezone.now() - timedelta(days=1))
    services.start_draft(producer=producer, by=None)
