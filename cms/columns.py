"""Columns that pages show of each other, of pictures and of villages.

A page, a picture and the places of a village have a hundred columns between them: reading those
that are shown takes half the time. One that is missing here costs a statement when a template asks
for it, which `tests/budgets.json` notices.
"""

_BADGE = ("name_th", "name_en", "status", "charm_th", "charm_en", "portrait")
_NAMES = ("name_th", "name_en")


def _of(relation: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{relation}__{name}" for name in names)


VILLAGE = (
    *_BADGE,
    *_of("tambon", _NAMES),
    *_of("tambon__amphoe", _NAMES),
    *_of("tambon__amphoe__province", (*_NAMES, "region")),
)
PICTURE = ("file", "width", "height", "alt_th", "alt_en", "credit")
PAGE = ("title", "live", "url_path", "translation_key", "alias_of")
STORY_CARD = (*PAGE, "intro", *_of("picture", PICTURE), *_of("village", VILLAGE))
STORY = (*STORY_CARD, "first_published_at", "body")
HOME = (
    *PAGE,
    "hero_line",
    "intro",
    "villages_intro",
    "income_intro",
    *_of("hero_picture", PICTURE),
    *_of("hero_story", STORY_CARD),
    *_of("story", STORY_CARD),
)
FEATURED_VILLAGE = ("page", "valid_from", "valid_until", *_of("village", VILLAGE))
