"""An imported row as staff read it: its source columns, and what was understood of them.

Lists from elsewhere name people and their telephones. Who may not read those gets the few columns
that say what and where, and of these no cell that looks like a person's.
"""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from marketplace.core import thai
from marketplace.core.money import to_baht
from marketplace.provenance.imports.layouts import LAYOUTS
from marketplace.provenance.imports.names import is_private
from marketplace.provenance.models import ImportRow, OtopType, StockKind

_OPEN_FIELDS = frozenset({
    "title_th", "title_en", "materials_th", "otop_type", "otop_code", "product_code",
    "price_baht", "stock", "stock_kind", "lead_days", "season_months", "weight_grams",
    "option_price_baht", "option_stock",
    "village_code", "village_name", "moo", "tambon", "amphoe", "province", "authority",
})  # fmt: skip
_LABELS = {
    "title_th": _("name (Thai)"),
    "title_en": _("name (English)"),
    "description_th": _("description (Thai)"),
    "description_en": _("description (English)"),
    "materials_th": _("materials (Thai)"),
    "otop_type": _("official type"),
    "otop_code": _("OTOP code"),
    "price_satang": _("price in baht, VAT included"),
    "quantity": _("how many can be sold"),
    "stock_kind": _("stock"),
    "lead_days": _("days to make"),
    "season_months": _("months of the season"),
    "weight_grams": _("weight with packing, grams"),
    "producer_name": _("public name of the group"),
    "options": _("options"),
}
_OPEN_FACTS = _LABELS.keys() - {"description_th", "description_en", "producer_name", "options"}


def source_columns(row: ImportRow, *, with_contacts: bool) -> tuple[list[tuple[str, str]], int]:
    """Heading and text of each filled column, and how many more there are that one may not read."""
    filled = [(heading, text) for heading, text in row.raw.items() if text]
    if with_contacts:
        return filled, 0
    fields = LAYOUTS[row.first_batch.layout].columns
    shown = [
        (heading, text)
        for heading, text in filled
        if fields.get(thai.normalise(heading).lower()) in _OPEN_FIELDS and not is_private(text)
    ]
    return shown, len(filled) - len(shown)


def facts_read(row: ImportRow, *, with_contacts: bool) -> list[tuple[str, str]]:
    """What was understood of a row, in words; without texts that may name people, if need be."""
    return [
        (label, text)
        for name, label, text in _facts(row)
        if with_contacts or (name in _OPEN_FACTS and not is_private(text))
    ]


def _facts(row: ImportRow) -> Iterator[tuple[str, str, str]]:
    words = {
        "otop_type": lambda kind: OtopType(kind).label,
        "stock_kind": lambda kind: StockKind(kind).label,
        "price_satang": _baht,
        "season_months": lambda months: ", ".join(map(str, months)),
        "options": lambda options: ", ".join(map(_option, options)),
    }
    for name, label in _LABELS.items():
        fact = row.facts.get(name)
        if fact not in (None, "", []):
            yield name, label, str(words.get(name, str)(fact))


def _baht(satang: int) -> str:
    return f"{to_baht(satang):,.2f}"


def _option(option: dict) -> str:
    price = option.get("price_satang")
    return option["title_th"] + ("" if price is None else f" {_baht(price)}")
