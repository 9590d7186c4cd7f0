"""What a file is about, in words of the page: its area, days, rows and sales."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from marketplace.core import bilingual, thai
from marketplace.ledger.periods import parse_period
from marketplace.ledger.queries import COUNTRY, TABLES, Dimension
from marketplace.places.models import Region
from marketplace.places.queries import names_among
from shop.reports.asking import LEVELS
from shop.reports.models import Export
from shop.reports.words import row_word


@dataclass(frozen=True)
class Words:
    area: str
    heir: str  # what took its ground, where the area was abolished; else ""
    period: str
    rows: str  # what a row is, "" of sales
    asked: dict[str, str]

    def url_of(self, page: str) -> str:
        return f"{reverse(page)}?{urlencode(self.asked)}"


def describe(export: Export) -> Words:
    return next(words for _export, words in described([export]))


def described(exports: Iterable[Export]) -> list[tuple[Export, Words]]:
    """Two statements, however many."""
    exports = list(exports)
    names = area_words({code for export in exports for code in (export.area, export.heir)})
    return [(export, _words(export, names)) for export in exports]


def area_words(codes: set[str]) -> dict[str, str]:
    """Today's names of areas by code, in the language of the page; two statements."""
    found = names_among(TABLES, [code for code in codes if code.isdigit()], thai.today())
    names = {code: bilingual.pick(*both) for code, both in found.items()}
    names |= {region.value: str(region.label) for region in Region}
    return {
        code: _("Whole country") if code == COUNTRY else names.get(code, code) for code in codes
    }


def _words(export: Export, names: dict[str, str]) -> Words:
    by = export.asked.get("by", "")
    return Words(
        area=names[export.area],
        heir=f"{names[export.heir]} ({export.heir})" if export.heir else "",
        period=parse_period(export.asked["period"]).label,
        rows=row_word(LEVELS[by] if by in LEVELS else Dimension(by)) if by else "",
        asked=export.asked,
    )
