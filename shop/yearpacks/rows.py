"""One row of a table of a pack."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from marketplace.ledger.queries import Figures, IncomeRow, Level
from marketplace.ledger.queries.areas import part_of
from marketplace.ledger.queries.figures import NAMES
from shop.yearpacks import errors

BothNames = tuple[str, str]
ADDED_UP = tuple(name for name in NAMES if name != "orders")
"""Measures of which the parts come to the whole; an order may be in several areas."""


@dataclass(frozen=True)
class AreaRow(IncomeRow):
    """An area in the year; `around` are the names of what it lies in, by level, in both
    languages."""

    around: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LaterRow(Figures):
    """What became known of an area's year after its end."""

    code: str = ""
    name_th: str = ""
    name_en: str = ""


@dataclass(frozen=True)
class DifferenceRow:
    """An area's year as it was signed and as it is known now. Satang.

    `counted` are the year's own figures, which never change; `signed` and `since` what became known
    until the last signature, and since.
    """

    code: str
    name_th: str
    name_en: str
    counted: Figures
    signed: Figures
    since: Figures

    def as_signed(self, measure: str) -> int:
        return getattr(self.counted, measure) + getattr(self.signed, measure)

    def now(self, measure: str) -> int:
        return self.as_signed(measure) + self.difference(measure)

    def difference(self, measure: str) -> int:
        return getattr(self.since, measure)

    @property
    def is_one(self) -> bool:
        return any(self.difference(name) for name in COMPARED)


COMPARED = ("income_satang", "net_satang", "declared_satang")
"""What an amendment is about: a change of anything else alone is no difference."""


def area_row(row: IncomeRow, around: Mapping[str, str]) -> AreaRow:
    """The same row, with what it lies in."""
    return AreaRow(**vars(row), around=around)


def demand_sum(parts: Iterable[Figures], whole: Figures) -> None:
    """Raise SumsChanged unless the parts come to the whole, to the satang."""
    sums: Counter = Counter()
    for part in parts:
        sums.update({name: getattr(part, name) for name in ADDED_UP})
    if any(sums[name] != getattr(whole, name) for name in ADDED_UP):
        raise errors.SumsChanged


def every_level(villages: Mapping[str, Counter], *levels: Level) -> dict[str, Counter]:
    """The sums of villages added up for each area of these levels around them."""
    found: dict[str, Counter] = {}
    for code, measures in villages.items():
        for level in levels:
            found.setdefault(part_of(code, level, {}), Counter()).update(measures)
    return found
