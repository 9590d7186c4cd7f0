"""What the home page shows, in a fixed number of SQL statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.apps import apps

from cms import columns
from cms.media.models import Picture
from cms.media.renditions import load_renditions
from marketplace.core import thai
from marketplace.ledger.models import PublicTotal
from marketplace.ledger.periods import Period, year_period
from marketplace.ledger.public_total import last_public_total
from marketplace.provenance.models import Listing
from marketplace.provenance.queries import newest
from marketplace.villages.models import Village
from search.shelves import Shelf, top_shelves

ROW = 8
FIVE_STARS = 5
MOST_VILLAGES = 6


@dataclass(frozen=True)
class HomeContent:
    line: str
    hero_story: object | None
    hero_picture: Picture | None
    story: object | None
    villages: Sequence[Village]
    shelves: Sequence[Shelf]
    newest: Sequence[Listing]
    starred: Sequence[Listing]
    income: PublicTotal | None
    income_period: Period


def read_home(page, day: date | None = None) -> HomeContent:
    """Everything below the header, in six statements, as it is on a day: today by default."""
    day = day or thai.today()
    hero, story = (one if one and one.live else None for one in (page.hero_story, page.story))
    picture = page.hero_picture or (hero and hero.picture)
    load_renditions([picture, story and story.picture])
    return HomeContent(
        line=page.hero_line or (hero.title if hero else page.title),
        hero_story=hero,
        hero_picture=picture,
        story=story,
        villages=featured_villages(page, day),
        shelves=top_shelves(),
        newest=newest(ROW),
        starred=_starred(),
        income=last_public_total(day),
        income_period=year_period(thai.fiscal_year_be(day)),
    )


def featured_villages(page, day: date) -> list[Village]:
    """Active villages whose turn it is that day, in order; a village once.

    The page's own turns as they stand on it (a preview has them in memory only); where it has
    none, those of its translations.
    """
    rows = [row for row in _turns(page) if row.is_in_force(day)]
    own = [row for row in rows if row.page_id == page.pk]
    villages = {row.village_id: row.village for row in own or rows}
    shown = [one for one in villages.values() if one.status == Village.Status.ACTIVE]
    return shown[:MOST_VILLAGES]


def _turns(page):
    if _is_changed_in_memory(page):
        return page.featured_villages.all()
    turns = apps.get_model("home", "FeaturedVillage").objects
    same_page = turns.filter(page__translation_key=page.translation_key)
    shown = same_page.select_related("village__tambon__amphoe__province")
    return shown.only(*columns.FEATURED_VILLAGE).order_by("sort_order")


def _is_changed_in_memory(page) -> bool:
    """Whether a preview has rows that are not stored: modelcluster keeps those on the page."""
    return bool(getattr(page, "_cluster_related_objects", {}).get("featured_villages"))


def _starred() -> list[Listing]:
    """The newest with five stars that can be bought, in one statement."""
    rows = Listing.objects.filter(stars=FIVE_STARS, is_available=True).defer("search_text")
    return list(rows.order_by("-listed_at", "-product")[:ROW])
