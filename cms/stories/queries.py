"""What pages read about stories, each in a fixed number of SQL statements."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.utils.translation import get_language

from cms import columns
from cms.blocks import pictures_in
from cms.media.renditions import load_renditions
from marketplace.core.prepared import Prepared

PER_PAGE = 12


@dataclass(frozen=True)
class StoryList:
    """One page of stories. Templates know it as `listing`, as they know lists of products."""

    rows: Sequence
    total: int
    page: int
    pages: int


def _stories():
    model = apps.get_model("stories", "StoryPage")
    return model.objects.live().select_related(*model.loaded_with).only(*columns.STORY_CARD)


_of_village = Prepared(
    lambda limit, village, language: (
        _stories()
        .filter(village=village, locale__language_code=language)
        .order_by("-first_published_at", "-pk")[:limit]
    )
)


def stories_below(index, number: str) -> StoryList:
    """One page of the stories below a list, newest first, in three statements."""
    stories = _stories().child_of(index).order_by("-first_published_at", "-pk")
    total = stories.count()
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(int(number), 1), pages) if number.isascii() and number.isdigit() else 1
    rows = list(stories[(page - 1) * PER_PAGE : page * PER_PAGE])
    load_renditions(row.picture for row in rows)
    return StoryList(rows, total, page, pages)


def stories_of_village(village_code: str, limit: int = 3) -> Sequence:
    """Published stories of a village in the language of the page, in two statements at most."""
    language = get_language() or settings.LANGUAGE_CODE
    rows = _of_village(limit, village=village_code, language=language)
    load_renditions(row.picture for row in rows)
    return rows


def read_story(page) -> None:
    """Read all that the blocks of a story show: one statement for each kind, one for all sizes."""
    load_renditions([page.picture, *pictures_in(page.body)])
