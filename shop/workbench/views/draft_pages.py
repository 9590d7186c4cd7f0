"""The product form as a page, and the parts of it that its script puts in again."""

import re

from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from marketplace.core.money import format_baht
from marketplace.provenance.models import OtopType, ProductDraft, StockKind
from shop.workbench.forms.drafts import PHOTO_OF_OPTION, typed_price
from shop.workbench.queries import drafts as queries


def reaches_words(typed: object) -> str:
    """What reaches the producer of a price: all of it, since no fee is taken (queries.income)."""
    satang = typed_price(typed)
    if satang is None:
        return _("Write a price to see what reaches you.")
    amount = format_baht(satang)
    return _("%(amount)s of each piece reaches you. The buyer pays the delivery on top.") % {
        "amount": amount
    }


def form_page(request, draft, data, version, found: dict | None = None, status: int = 200):
    found = found or {}
    photos = queries.photos_of(draft, data)
    context = {
        "draft": draft,
        "data": data,
        "version": version,
        "photos": photos.photos,
        "options": _options(data, photos, found),
        "photo_of_option": PHOTO_OF_OPTION,
        "otop_types": OtopType,
        "stock_kinds": StockKind,
        "months": _months(data),
        "categories": _categories(data),
        "errors": found,
        "summary": [_summed_up(name, sentence) for name, sentence in found.items()],
        "reaches": reaches_words(data.get("price_baht")),
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


def _options(data: dict, photos: queries.PhotosOfForm, found: dict) -> list[dict]:
    rows = data.get("options")
    return [
        {
            "row": row,
            "reaches": reaches_words(row.get("price_baht")),
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
