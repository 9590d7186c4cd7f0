"""Home pages, stories, routes and plain pages in both languages, with their drawn pictures."""

import os
import shutil
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from wagtail.models import Page

from cms.home.models import FeaturedVillage, HomePage
from cms.media.models import Picture
from cms.media.renditions import SPECS
from cms.pages.models import PlainPage
from cms.routes.models import RouteIndexPage, RoutePage
from cms.stories.models import StoryIndexPage, StoryPage
from deploy.demo.loading.shelves import product_plans
from deploy.demo.vocabulary import pages as words
from deploy.demo.vocabulary import shapes
from deploy.demo.vocabulary.places import ROUTES
from deploy.demo.vocabulary.stories import STORIES
from marketplace.core import outbox, thai
from marketplace.producers.models import Producer
from marketplace.provenance.models import Listing
from marketplace.villages.models import Village

LANGUAGES = ("th", "en")
DAYS_BETWEEN_STORIES = 23
VILLAGES_A_WEEK = 3
WEEKS_PLANNED = 3
BANGKOK = ZoneInfo("Asia/Bangkok")


def load_content(villages: dict[str, Village], producers: dict[str, Producer]) -> int:
    """Write everything that curators write; returns the number of stories."""
    shelf = _Shelf(producers)
    pictures = _Pictures()
    homes = {code: HomePage.objects.get(locale__language_code=code) for code in LANGUAGES}
    stories = _load_stories(homes, villages, shelf, pictures)
    _load_routes(homes, pictures)
    for plan in words.PLAIN_PAGES:
        _add_pair(homes, PlainPage, plan.slug, (plan.title_th, plan.title_en),
                  body=(plan.body_th, plan.body_en))  # fmt: skip
    _fill_homes(homes, stories)
    _feature_villages(homes["th"], [plan.village_code for plan in STORIES], villages)
    for code in ("hero_story", "story"):
        pictures.prepare(getattr(homes["th"], code).picture)
    outbox.note_many("page", Page.objects.filter(depth__gt=1).values_list("pk", flat=True))
    return len(STORIES)


# --- Pictures ------------------------------------------------------------------------------------
class _Pictures:
    """Drawn pictures as Wagtail knows them, each made when it is first asked for."""

    def __init__(self) -> None:
        self.made: dict[str, Picture] = {}

    def get(self, key: str, alt_th: str, alt_en: str, credit: str = "") -> Picture:
        if key not in self.made:
            name = _linked(key)
            self.made[key] = Picture.objects.create(
                title=key, file=name, alt_th=alt_th, alt_en=alt_en, credit=credit, has_consent=True
            )
        return self.made[key]

    def prepare(self, picture: Picture) -> None:
        """Make the sizes now, of what visitors see first; the worker makes the others."""
        picture.get_renditions(*SPECS)


def _linked(key: str) -> str:
    """Give a drawing a second name, so that deleting the page's picture leaves the products'."""
    root = Path(settings.MEDIA_ROOT)
    name = f"original_images/{key}.jpg"
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).unlink(missing_ok=True)
    try:
        os.link(root / "demo" / f"{key}.jpg", root / name)
    except OSError:  # another disk, or one without links
        shutil.copyfile(root / "demo" / f"{key}.jpg", root / name)
    return name


# --- Products ------------------------------------------------------------------------------------
@dataclass
class _Shelf:
    """What is for sale, by producer and by archetype, in the order of the plans."""

    producers: dict[str, Producer]
    plans: list = field(default_factory=product_plans)

    def __post_init__(self) -> None:
        self.listed = dict(Listing.objects.values_list("title_th", "pk"))

    def pick(self, wanted: shapes.ProductPick) -> list[int]:
        fitting = (
            self.listed[plan.title_th]
            for plan in self.plans
            if plan.title_th in self.listed
            and wanted.producer_key in ("", plan.producer_key)
            and wanted.archetype in ("", plan.archetype)
        )
        return list(fitting)[: wanted.limit]


# --- Pages ---------------------------------------------------------------------------------------
def _add_pair(parents: dict[str, Page], model, slug: str, titles, day: date | None = None, **both):
    """Add a page below each parent, one the translation of the other; returns them by language.

    `both` are pairs of Thai and English values, or one value for both.
    """
    key = uuid4()
    at = datetime.combine(day or thai.today(), time(9), tzinfo=BANGKOK)
    made = {}
    for number, code in enumerate(LANGUAGES):
        facts = {k: v[number] if isinstance(v, tuple) else v for k, v in both.items()}
        page = model(
            title=titles[number],
            slug=slug,
            locale=parents[code].locale,
            translation_key=key,
            first_published_at=at,
            last_published_at=at,
            **facts,
        )
        with translation.override(code):
            parents[code].add_child(instance=page)
        made[code] = page
    return made


def _load_stories(homes, villages, shelf: _Shelf, pictures: _Pictures) -> list[dict]:
    slug, title_th, title_en, intro_th, intro_en = words.STORIES
    index = _add_pair(homes, StoryIndexPage, slug, (title_th, title_en), intro=(intro_th, intro_en))
    first_day = thai.today() - timedelta(DAYS_BETWEEN_STORIES * len(STORIES))
    return [
        _load_story(plan, index, villages, shelf, pictures,
                    first_day + timedelta(DAYS_BETWEEN_STORIES * number))
        for number, plan in enumerate(STORIES)
    ]  # fmt: skip


def _load_story(plan: shapes.StoryPlan, index, villages, shelf, pictures, day: date) -> dict:
    body = tuple(
        [_block(block, code, shelf, pictures) for block in plan.body] for code in LANGUAGES
    )
    return _add_pair(
        index,
        StoryPage,
        plan.slug,
        (plan.title_th, plan.title_en),
        day,
        intro=(plan.intro_th, plan.intro_en),
        village=villages[plan.village_code],
        picture=_hero(plan, pictures),
        body=body,
    )


def _hero(plan: shapes.StoryPlan, pictures: _Pictures) -> Picture:
    return pictures.get(plan.hero_picture_key, plan.title_th, plan.title_en)


def _block(block: shapes.Block, code: str, shelf: _Shelf, pictures: _Pictures) -> dict:
    kind, value = _BLOCKS[type(block)](block, code, shelf, pictures)
    return {"type": kind, "value": value}


def _said(thing, name: str, code: str) -> str:
    return getattr(thing, f"{name}_{code}")


def _picture_block(block: shapes.Picture, code, shelf, pictures: _Pictures):
    picture = pictures.get(block.key, block.alt_th, block.alt_en, block.credit_th)
    caption, credit = _said(block, "caption", code), _said(block, "credit", code)
    return "picture", {"picture": picture.pk, "caption": caption, "credit": credit}


def _quote_block(block: shapes.Quote, code, *others):
    speaker = _said(block, "speaker", code)
    return "quote", {"text": getattr(block, code), "speaker": speaker}


def _products_block(block: shapes.ProductPick, code, shelf: _Shelf, pictures):
    return "products", {"heading": "", "products": shelf.pick(block)}


def _village_block(block: shapes.VillageCard, *others):
    return "village", {"village": block.village_code}


def _paragraph_block(block: shapes.Paragraph, code, *others):
    return "paragraph", f"<p>{getattr(block, code)}</p>"


_BLOCKS = {
    shapes.Paragraph: _paragraph_block,
    shapes.Quote: _quote_block,
    shapes.Picture: _picture_block,
    shapes.ProductPick: _products_block,
    shapes.VillageCard: _village_block,
}


def _load_routes(homes, pictures: _Pictures) -> None:
    slug, title_th, title_en, intro_th, intro_en = words.ROUTES
    index = _add_pair(homes, RouteIndexPage, slug, (title_th, title_en), intro=(intro_th, intro_en))
    for plan in ROUTES:
        _add_pair(
            index,
            RoutePage,
            plan.slug,
            (plan.title_th, plan.title_en),
            route_id=plan.slug,
            picture=pictures.get(plan.picture_key, plan.title_th, plan.title_en),
        )


# --- Home ----------------------------------------------------------------------------------------
def _fill_homes(homes, stories: list[dict]) -> None:
    for number, code in enumerate(LANGUAGES):
        home = homes[code]
        home.hero_story, home.story = stories[-1][code], stories[0][code]
        home.hero_line = words.HERO_LINE[number]
        home.intro = words.INTRO[number]
        home.villages_intro = words.VILLAGES_INTRO[number]
        home.income_intro = words.INCOME_INTRO[number]
        with translation.override(code):
            home.save()


def _feature_villages(home: HomePage, codes: list[str], villages: dict[str, Village]) -> None:
    """Turns for this week and those after it; villages with a story come first."""
    active = [code for code, one in villages.items() if one.status == Village.Status.ACTIVE]
    chosen = list(dict.fromkeys([code for code in codes if code in active] + active))
    monday = thai.today() - timedelta(thai.today().weekday())
    for place, code in enumerate(chosen[: VILLAGES_A_WEEK * WEEKS_PLANNED]):
        first = monday + timedelta(7 * (place // VILLAGES_A_WEEK))
        FeaturedVillage.objects.create(
            page=home,
            village=villages[code],
            sort_order=place,
            valid_from=first,
            valid_until=first + timedelta(6),
        )
