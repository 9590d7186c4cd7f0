"""The product form as it comes from the browser: raw strings in, the draft's data out.

Nothing is judged here; `submit_draft` does when the form is sent in.
"""

from django.core.exceptions import ValidationError
from django.http import QueryDict

from marketplace.core import thai
from shop.workbench.forms.amounts import BahtField

TEXTS = (
    *("title_th", "title_en", "description_th", "description_en", "otop_type", "stock_kind"),
    *("price_baht", "quantity", "lead_days", "weight_grams"),
    *("materials_th", "materials_en", "technique_th", "technique_en"),
)
OF_OPTION = ("product_id", "title_th", "title_en", "price_baht", "quantity", "photo")
MOST_LISTED = 200


def data_of_form(sent: QueryDict) -> dict:
    """Everything somebody typed, as `save_draft` keeps it."""
    data = {name: sent.get(name, "") for name in TEXTS}
    for name in ("season_months", "categories"):
        data[name] = sent.getlist(name)[:MOST_LISTED]
    data["photos"] = [_named(photo) for photo in sent.getlist("photos")[:MOST_LISTED]]
    data["options"] = _options(sent)
    return data


def _named(photo: str) -> int | str:
    """Photos go by their keys, older pictures by their names."""
    return int(photo) if photo.isascii() and photo.isdecimal() and len(photo) < 16 else photo


def _options(sent: QueryDict) -> list[dict]:
    columns = {name: sent.getlist(f"option_{name}") for name in OF_OPTION}
    count = min(MOST_LISTED, max(len(values) for values in columns.values()))
    return [
        {
            name: values[number]
            for name, values in columns.items()
            if number < len(values) and (values[number] or name not in ("product_id", "photo"))
        }
        for number in range(count)
    ]


def typed_price(typed: object) -> int | None:
    """Satang of a price as somebody typed it; None for what is none (yet)."""
    text = thai.arabic_digits(str(typed or "")).replace("บาท", "").strip()
    try:
        satang = BahtField(required=False).clean(text)
    except ValidationError:
        return None
    return satang if satang and satang > 0 else None


def moved(things: list, acts: tuple[str, str]) -> list:
    """The list with one of its things up, down or away, as a button says: ("up", "2")."""
    act, place = acts
    things = list(things)
    at = int(place) if place.isascii() and place.isdecimal() and len(place) < 4 else len(things)
    if at >= len(things):
        return things
    thing = things.pop(at)
    if act == "up":
        things.insert(max(0, at - 1), thing)
    elif act == "down":
        things.insert(at + 1, thing)
    return things
