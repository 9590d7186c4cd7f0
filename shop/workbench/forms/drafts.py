"""The product form as it comes from the browser: raw strings in, the draft's data out.

Nothing is judged here; `submit_draft` does when the form is sent in.
"""

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from marketplace.core import thai
from marketplace.core.amount_fields import BahtField

TEXTS = (
    *("title_th", "title_en", "description_th", "description_en", "otop_type", "stock_kind"),
    *("price_baht", "quantity", "lead_days", "weight_grams"),
    *("materials_th", "materials_en", "technique_th", "technique_en"),
)
OF_OPTION = ("product_id", "title_th", "title_en", "price_baht", "quantity")
PHOTO_OF_OPTION = "option_photo-"
"""Radio buttons, which need a name for each option: the number of its row follows."""
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
    return [_option(sent, columns, number) for number in range(count)]


def _option(sent: QueryDict, columns: dict[str, list[str]], number: int) -> dict:
    row = {
        name: values[number]
        for name, values in columns.items()
        if number < len(values) and (values[number] or name != "product_id")
    }
    photo = sent.get(f"{PHOTO_OF_OPTION}{number}")
    return row | {"photo": photo} if photo else row


def typed_price(typed: object) -> int | None:
    """Satang of a price as somebody typed it; None for what is none (yet)."""
    text = thai.arabic_digits(str(typed or "")).replace("บาท", "").strip()
    try:
        satang = BahtField(required=False).clean(text)
    except ValidationError:
        return None
    return satang if satang and satang > 0 else None


class SplitForm:
    """A row a photo: what its name ends with, and its price. `names_others`: not of this draft."""

    def __init__(self, sent: QueryDict | None, data: dict, photos: list) -> None:
        self.is_bound = sent is not None
        keys = [str(one.photo.pk) for one in photos]
        names, prices = [str(n + 1) for n in range(len(keys))], [data.get("price_baht", "")] * 99
        if sent is not None:
            names, prices = sent.getlist("suffix"), sent.getlist("price_baht")
        self.names_others = bool(set(sent.getlist("photo")) - set(keys)) if sent else False
        # Rows go by the photos that were on the page, whatever was added since.
        order = sent.getlist("photo") if sent is not None else keys
        typed = dict(zip(order, zip(names, prices, strict=False), strict=False))
        self.rows = [
            {
                "photo": one.photo,
                "suffix": typed[str(one.photo.pk)][0],
                "price_baht": typed[str(one.photo.pk)][1],
                "error": "",
            }
            for one in photos
            if str(one.photo.pk) in typed
        ]

    def is_valid(self) -> bool:
        for row in self.rows:
            if typed_price(row["price_baht"]) is None:
                row["error"] = _("Write a price.")
        return not self.has_errors

    @property
    def has_errors(self) -> bool:
        return any(row["error"] for row in self.rows)

    @property
    def pieces(self) -> list[tuple[int, str, int]]:
        return [
            (row["photo"].pk, row["suffix"][:100], typed_price(row["price_baht"]) or 0)
            for row in self.rows
        ]


def has_words(data: dict) -> bool:
    """Whether somebody typed or chose anything; how it is sold is chosen from the start."""
    return any(fact for name, fact in data.items() if name != "stock_kind")


def without_photo(data: dict, named: object) -> list[dict]:
    """The options of a form once a photo is taken away: none shows it any more."""
    return [
        {name: fact for name, fact in option.items() if (name, fact) != ("photo", str(named))}
        for option in data["options"]
    ]


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
