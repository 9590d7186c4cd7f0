"""The product form as a page, and the parts of it that its script puts in again."""

import re

from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from marketplace.provenance.models import OtopType, ProductDraft, StockKind
from shop.fees.queries import Prospect, prospect
from shop.fees.words import price_words
from shop.workbench.forms.drafts import PHOTO_OF_OPTION, typed_price
from shop.workbench.queries import drafts as queries


def prospect_of(request, draft: ProductDraft, data: dict) -> Prospect:
    """What would be taken of the thing of a form, as it is filled in; three statements at most."""
    return prospect(request.producer, str(data.get("otop_type", "")), draft.provenance)


def reaches_words(thing: Prospect, typed: object) -> str:
    """What reaches the producer of a price as somebody typed it."""
    satang = typed_price(typed)
    if satang is None:
        return _("Write a price to see what reaches you.")
    return price_words(satang, thing.terms(satang))


def form_page(request, draft, data, version, found: dict | None = None, status: int = 200):
    found = found or {}
    photos = queries.photos_of(draft, data)
    thing = prospect_of(request, draft, data)
    context = {
        "draft": draft,
        "data": data,
        "version": version,
        "photos": photos.photos,
        "options": _options(data, photos, found, thing),
        "photo_of_option": PHOTO_OF_OPTION,
        "otop_types": OtopType,
        "stock_kinds": StockKind,
        "months": _months(data),
        "categories": _categories(data),
        "errors": found,
        "summary": [_summed_up(name, sentence) for name, sentence in found.items()],
        "reaches": reaches_words(thing, data.get("price_baht")),
        "is_live": bool(draft.provenance and draft.provenance.published_at),
    }
    return render(request, "workbench/product_form.html", context, status=status)


def _summed_up(name: str, sentence: str) -> dict:
    """A row of what is wrong; `option` counts from one, as its heading does."""
    number = re.match(r"options-(\d+)-", name)
    return {"name": name, "sentence": sentence, "option": int(number[1]) + 1 if number else None}


def _months(data: dict) -> list[dict]:
    chosen = {str(month) for month in data.get("season_months") or ()}
    return [
        {"number": number, "name": name, "is_chosen": str(number) in chosen}
        for number, name in MONTHS.items()
    ]


def _categories(data: dict) -> list[dict]:
    chosen = {str(category) for category in data.get("categories") or ()}
    return [
        {"category": one, "is_chosen": str(one.pk) in chosen} for one in queries.category_choices()
    ]


def _options(
    data: dict, photos: queries.PhotosOfForm, found: dict, thing: Prospect | None = None
) -> list[dict]:
    """A row an option; without a `thing` it says nothing of what reaches the producer."""
    rows = data.get("options")
    return [
        {
            "row": row,
            "reaches": reaches_words(thing, row.get("price_baht")) if thing else "",
            "choices": photos.choices(row),
            "errors": {
                name: found.get(f"options-{number}-{name}", "")
                for name in ("title_th", "title_en", "price_baht", "quantity", "photo")
            },
        }
        for number, row in enumerate(rows if isinstance(rows, list) else [])
    ]


def photo_parts(request, draft: ProductDraft, data: dict) -> dict:
    """What the script puts in where a photo was taken: the photos, and each option's choices."""
    photos = queries.photos_of(draft, data)
    context = {"photos": photos.photos, "draft": draft}
    options = _options(data, photos, {})
    return {
        "photos": render_to_string("workbench/draft_photos.html", context, request),
        "choices": [
            render_to_string(
                "workbench/draft_choices.html",
                {"one": one, "sent": f"{PHOTO_OF_OPTION}{number}"},
                request,
            )
            for number, one in enumerate(options)
        ],
    }
