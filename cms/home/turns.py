"""Villages' turns on the home page: which come on a day, which clash, when something changes."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from django.apps import apps

from cms import columns
from marketplace.core.prepared import Prepared

OPEN_END = date.max
LOOK_AHEAD = timedelta(weeks=8)


_turns = Prepared(
    lambda key: (
        apps.get_model("home", "FeaturedVillage")
        .objects.filter(page__translation_key=key)
        .select_related("village__tambon__amphoe__province")
        .only(*columns.FEATURED_VILLAGE)
        .order_by("sort_order", "pk")
    )
)


def turns_of(page) -> tuple[list, list]:
    """The turns of a page in order, and those of its translations, which it may borrow.

    Its own stand as they are on the page: a preview has them in memory only. One statement for a
    page that was read from the database.
    """
    stored = _turns(key=page.translation_key)
    own = [row for row in stored if row.page_id == page.pk]
    others = [row for row in stored if row.page_id != page.pk]
    return (_in_memory(page) if _is_changed_in_memory(page) else own), others


def _is_changed_in_memory(page) -> bool:
    """Whether a preview has turns that are not stored, or none any more: modelcluster keeps them
    on the page."""
    return "featured_villages" in getattr(page, "_cluster_related_objects", {})


def _in_memory(page) -> list:
    return sorted(page.featured_villages.all(), key=lambda row: row.sort_order or 0)


def make_room(page) -> None:
    """Before the turns of a page in memory are stored: take the stored ones away, under a lock.

    They come back under their ids with the page. So turns may trade places, though the database
    refuses two at once, and of two editors who publish together the later one's stand, whole.
    Call inside the transaction that saves the page.
    """
    if page.pk and _is_changed_in_memory(page):
        list(type(page).objects.select_for_update().filter(pk=page.pk).values_list("pk"))
        apps.get_model("home", "FeaturedVillage").objects.filter(page=page.pk).delete()


def overlaps(rows: Iterable) -> Iterator:
    """Turns that begin before an earlier one of the same village has ended."""
    known = [row for row in rows if row.village_id and row.valid_from]
    known.sort(key=lambda row: (row.village_id, row.valid_from))
    for first, second in pairwise(known):
        is_same = first.village_id == second.village_id
        if is_same and second.valid_from <= (first.valid_until or OPEN_END):
            yield second


def days_of_change(rows: Iterable, after: date) -> list[date]:
    """The coming days on which other villages are shown than the day before, earliest first."""
    begins = {row.valid_from for row in rows if row.valid_from}
    after_ends = {row.valid_until + timedelta(1) for row in rows if row.valid_until}
    return sorted(day for day in begins | after_ends if after < day <= after + LOOK_AHEAD)
