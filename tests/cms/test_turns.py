"""Turns of villages on the home page: typed, refused, previewed, shown everywhere at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections, models, transaction
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms.home.guards import TURNS_NEVER_OVERLAP
from cms.home.models import FeaturedVillage
from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from marketplace.villages import services as villages
from marketplace.villages.models import Village
from tests import factories
from tests.at_once import at_once
from tests.cms.conftest import home
from tests.cms.test_editing import editor
from tests.visitor import Visitor

PUI, AO = ("50010811", "บ้านดอยปุย"), ("34010105", "บ้านปะอาว")
TODAY = thai.today()


def slot(village, first: int, last: int | None = None, **facts) -> dict:
    """A row of the form; days count from today."""
    end = "" if last is None else (TODAY + timedelta(last)).isoformat()
    return {
        "village": village.pk,
        "valid_from": (TODAY + timedelta(first)).isoformat(),
        "valid_until": end,
        **facts,
    }


def save(client, slots: list, act: str = "action-publish", initial: int = 0):
    page = home()
    rows = [{"ORDER": n + 1, **row} for n, row in enumerate(slots)]
    form = nested_form_data(
        {
            "title": page.title, "slug": page.slug, "hero_story": "", "hero_picture": "",
            "hero_line": "", "intro": "", "villages_intro": "", "income_intro": "", "story": "",
            "featured_villages": inline_formset(rows, initial=initial),
            "comments": inline_formset([]), act: "1",
        }
    )  # fmt: skip
    return client.post(f"/cms/pages/{page.pk}/edit/", form)


@pytest.fixture
def curator(client):
    return editor(client, StaffRole.CURATOR)


@pytest.mark.django_db
def test_a_curator_gives_turns_in_order(client, curator):
    pui, ao = factories.make_village(*PUI), factories.make_village(*AO)

    save(client, [slot(ao, 0, 6), slot(pui, 0), slot(ao, 7, 13)])

    rows = home().featured_villages.values_list("village", "valid_until")
    assert [code for code, _end in rows] == [ao.pk, pui.pk, ao.pk]
    shown = client.get("/").content.decode()
    assert 0 < shown.index("บ้านปะอาว") < shown.index("บ้านดอยปุย")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "second"),
    [((0, 6), (6, 9)), ((0, None), (30, 40)), ((3, 9), (0, 3)), ((0, 6), (0, 6)), ((0, 9), (2, 3))],
)
def test_two_turns_of_a_village_never_share_a_day(client, curator, first, second):
    pui = factories.make_village(*PUI)

    answer = save(client, [slot(pui, *first), slot(pui, *second)])

    assert answer.status_code == 200 and "บ้านดอยปุย" in answer.content.decode()
    assert not FeaturedVillage.objects.exists()


@pytest.mark.django_db
def test_a_turn_that_is_taken_out_clashes_with_none(client, curator):
    pui = factories.make_village(*PUI)
    old = FeaturedVillage.objects.create(page=home(), village=pui, valid_from=TODAY)

    gone = slot(pui, 0, id=old.pk, DELETE="on")
    save(client, [gone, slot(pui, 1, 5)], initial=1)

    assert home().featured_villages.get().valid_from == TODAY + timedelta(1)


@pytest.mark.django_db
def test_overlapping_turns_are_refused_without_the_form_too():
    pui, page = factories.make_village(*PUI), home()
    page.featured_villages = [
        FeaturedVillage(village=pui, valid_from=TODAY),
        FeaturedVillage(village=pui, valid_from=TODAY + timedelta(9)),
    ]
    revision = page.save_revision(clean=False)

    with pytest.raises(ValidationError, match="บ้านดอยปุย"):
        revision.publish()
    assert not FeaturedVillage.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["dormant", "closed"])
def test_a_sleeping_village_is_refused_in_the_form(client, curator, status):
    pui = factories.make_village(*PUI)
    Village.objects.update(status=status)

    answer = save(client, [slot(pui, 0)])

    assert "พักหรือปิดอยู่" in answer.content.decode()
    assert not FeaturedVillage.objects.exists()


@pytest.mark.django_db
def test_a_village_that_falls_asleep_leaves_the_page_and_does_not_lock_it(client, curator):
    pui, ao = factories.make_village(*PUI), factories.make_village(*AO)
    old = FeaturedVillage.objects.create(page=home(), village=pui, valid_from=TODAY)
    Village.objects.filter(pk=pui.pk).update(status="dormant")

    save(client, [slot(pui, 0, id=old.pk), slot(ao, 0)], initial=1)

    assert home().featured_villages.count() == 2
    shown = client.get("/").content.decode()
    assert "บ้านปะอาว" in shown and "บ้านดอยปุย" not in shown


@pytest.mark.django_db
def test_next_week_is_previewed_with_turns_that_are_not_saved(client, curator):
    pui, ao = factories.make_village(*PUI), factories.make_village(*AO)
    url = f"/cms/pages/{home().pk}/edit/preview/"
    rows = [slot(pui, 0, 6), slot(ao, 7, 13)]
    form = nested_form_data(
        {"title": "x", "slug": "home", "featured_villages": inline_formset(rows),
         "comments": inline_formset([])}
    )  # fmt: skip

    sent = client.post(url, form).json()
    shown = {mode: client.get(url, {"mode": mode}).content.decode() for mode in (
        "", "next-week", (TODAY + timedelta(14)).isoformat(), "2026-99-99")}  # fmt: skip

    assert sent == {"is_valid": True, "is_available": True}
    seen = {mode: [name for _, name in (PUI, AO) if name in page] for mode, page in shown.items()}
    assert list(seen.values()) == [["บ้านดอยปุย"], ["บ้านปะอาว"], [], ["บ้านดอยปุย"]]
    assert "as-on" in shown["next-week"] and "as-on" not in shown[""]
    assert not FeaturedVillage.objects.exists()


@pytest.mark.django_db
def test_the_editor_offers_the_days_on_which_villages_change(client, curator):
    pui, ao = factories.make_village(*PUI), factories.make_village(*AO)
    for village, first, last in ((pui, -9, 2), (ao, 3, 9), (ao, 90, 95)):
        FeaturedVillage.objects.create(
            page=home(), village=village, valid_from=TODAY + timedelta(first),
            valid_until=TODAY + timedelta(last),
        )  # fmt: skip

    modes = [name for name, _label in home().preview_modes]

    days = [(TODAY + timedelta(n)).isoformat() for n in (3, 10)]
    assert modes == ["", "next-week", *days]
    assert days[0] in client.get(f"/cms/pages/{home().pk}/edit/").content.decode()


@pytest.mark.django_db
def test_a_preview_is_never_kept_for_the_public(settings):
    settings.PAGE_CACHE_SECONDS = 300
    page = home()
    page.hero_line = "ร่างที่ยังไม่เผยแพร่"

    assert "ร่างที่ยังไม่เผยแพร่" in page.make_preview_request().content.decode()

    assert "ร่างที่ยังไม่เผยแพร่" not in Visitor().get("/").content.decode()


def elsewhere(url: str) -> str:
    """The page as another process has it: own cache client, own connection, no word from us."""

    def look() -> str:
        try:
            return Visitor().get(url).content.decode()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as other:
        return other.submit(look).result()


@pytest.fixture
def kept_pages(settings, tmp_path):
    """Pages are kept for every process, as they are on a public site."""
    settings.PAGE_CACHE_SECONDS = 300
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": tmp_path,
        }
    }
    cache.clear()


@pytest.mark.usefixtures("kept_pages")
def test_other_processes_show_every_change_at_once(fresh_database):
    pui, seen = factories.make_village(*PUI), []

    def look() -> None:
        seen.append("บ้านดอยปุย" in elsewhere("/"))
        assert ("บ้านดอยปุย" in elsewhere("/")) is seen[-1]  # as it was kept

    look()
    with transaction.atomic():
        page = home()
        page.featured_villages = [FeaturedVillage(village=pui, valid_from=TODAY)]
        page.save_revision().publish()
    look()
    villages.set_village_status(village=pui, status="dormant", reason="พัก", by=None)
    look()
    villages.set_village_status(village=pui, status="active", reason="กลับมา", by=None)
    look()
    page.featured_villages = []
    page.save_revision().publish()
    look()

    assert seen == [False, True, False, True, False]


@pytest.mark.usefixtures("kept_pages")
def test_a_turn_begins_and_ends_at_midnight_in_every_process(fresh_database, monkeypatch):
    pui = factories.make_village(*PUI)
    tomorrow = TODAY + timedelta(1)
    FeaturedVillage.objects.create(
        page=home(), village=pui, valid_from=tomorrow, valid_until=tomorrow
    )

    seen = []
    for days in (0, 1, 2):
        monkeypatch.setattr(thai, "today", lambda days=days: TODAY + timedelta(days))
        for _ in range(2):  # rendered, then kept
            seen.append("บ้านดอยปุย" in elsewhere("/"))

    assert seen == [False, False, True, True, False, False]


# --- The database itself -------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "second"),
    [((0, 6), (6, 9)), ((0, None), (30, 40)), ((3, 9), (0, 3)), ((0, None), (5, None))],
)
def test_the_database_refuses_two_turns_on_one_day(first, second):
    pui, ao, page = factories.make_village(*PUI), factories.make_village(*AO), home()
    make_turn(page, pui, *first)
    make_turn(page, ao, *second)
    make_turn(home("en"), pui, *second)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_turn(page, pui, *second)
    other = make_turn(page, pui, 60, 61) if first[1] else None
    if other:
        with pytest.raises(IntegrityError), transaction.atomic():
            FeaturedVillage.objects.filter(pk=other.pk).update(
                valid_from=TODAY + timedelta(second[0])
            )

    days = FeaturedVillage.objects.filter(page=page, village=pui).order_by("pk")
    assert days.first().valid_from == TODAY + timedelta(first[0])
    assert days.count() == (2 if other else 1)


def make_turn(page, village, first, last):
    return FeaturedVillage.objects.create(
        page=page,
        village=village,
        valid_from=TODAY + timedelta(first),
        valid_until=None if last is None else TODAY + timedelta(last),
    )


@pytest.mark.django_db
def test_turns_that_meet_and_do_not_overlap_may_trade_places(client, curator):
    pui, page = factories.make_village(*PUI), home()
    one, two = make_turn(page, pui, 0, 6), make_turn(page, pui, 7, 13)

    save(client, [slot(pui, 7, 20, id=one.pk), slot(pui, 0, 6, id=two.pk)], initial=2)

    rows = home().featured_villages.order_by("sort_order").values_list("pk", "valid_from")
    assert list(rows) == [(one.pk, TODAY + timedelta(7)), (two.pk, TODAY)]


def test_of_two_editors_at_once_the_later_ones_turns_stand_whole(fresh_database):
    pui, ao = factories.make_village(*PUI), factories.make_village(*AO)

    def publish(last: int):
        page = home()
        page.featured_villages = [
            FeaturedVillage(village=pui, valid_from=TODAY, valid_until=TODAY + timedelta(last)),
            FeaturedVillage(village=ao, valid_from=TODAY + timedelta(last)),
        ]
        page.save_revision().publish()

    for _ in range(3):
        at_once([lambda last=last: publish(last) for last in (3, 5, 9)])

        pui_turn, ao_turn = FeaturedVillage.objects.order_by("sort_order", "pk")
        assert (pui_turn.village_id, ao_turn.village_id) == (pui.pk, ao.pk)
        assert pui_turn.valid_until == ao_turn.valid_from
    assert TURNS_NEVER_OVERLAP.missing() == []


def test_of_two_who_write_past_the_form_at_once_one_is_refused(fresh_database):
    pui, page = factories.make_village(*PUI), home()

    answers = at_once([lambda: make_turn(page, pui, 0, 6)] * 4, (IntegrityError,))

    assert FeaturedVillage.objects.count() == 1
    assert sum(isinstance(one, IntegrityError) for one in answers) == 3


def test_the_rule_is_back_after_its_table_was_remade(fresh_database):
    trial = models.CheckConstraint(condition=models.Q(sort_order__gte=-1), name="trial")

    with connection.schema_editor() as editor:
        editor.add_constraint(FeaturedVillage, trial)

    assert len(TURNS_NEVER_OVERLAP.missing()) == (2 if connection.vendor == "sqlite" else 0)
    TURNS_NEVER_OVERLAP.install()
    assert TURNS_NEVER_OVERLAP.missing() == []
