"""What the home page shows, in a fixed number of SQL statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cms.home.turns import turns_of
from cms.media.models import Picture
from cms.media.renditions import load_renditions
from marketplace.core import thai
from marketplace.ledger.models import PublicTotal
from marketplace.ledger.periods import Period, year_period
from marketplace.ledger.public_totals import last_public_total
from marketplace.provenance.models import Listing
from marketplace.provenance.queries import newest, starred
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
    as_on: date | None
    """The day shown, where it is another than today: in a preview."""


def read_home(page, as_on: date | None = None) -> HomeContent:
    """Everything below the header, in six statements, as it is on a day: today by default."""
    day = as_on or thai.today()
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
        starred=starred(FIVE_STARS, ROW),
        income=last_public_total(day),
        income_period=year_period(thai.fiscal_year_be(day)),
        as_on=as_on,
    )


def featured_villages(page, day: date) -> list[Village]:
    """Active villages whose turn it is that day, in order; a village once.

    The page's own turns; where none of them can be shown, those of its translations.
    """
    own, borrowed = turns_of(page)
    return _shown(own, day) or _shown(borrowed, day)


def _shown(rows: Sequence, day: date) -> list[Village]:
    due = (row.village for row in rows if row.is_in_force(day))
    villages = {one.pk: one for one in due if one.status == Village.Status.ACTIVE}
    return list(villages.values())[:MOST_VILLAGES]
