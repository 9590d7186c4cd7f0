"""The files of desks that a worker makes: the same query and document as the page's own."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from django.utils import timezone

from marketplace.core.documents.document import Document
from marketplace.ledger.periods import Period, parse_period
from marketplace.ledger.queries import City, city_named, distribution, group_report, money_flows
from shop.reports.distribution_document import distribution_document
from shop.reports.exports.errors import CannotAsk
from shop.reports.flows_document import chosen_flows, flows_document
from shop.reports.groups_document import groups_document
from shop.reports.models import Export
from shop.reports.pictures.lorenz import lorenz_curve

_CODE = re.compile("[0-9A-Z]{0,8}")
T = TypeVar("T")
Fields = Mapping[str, str]
Counting = Callable[[Sequence[T]], Iterable[T]]
"""Takes the rows of the longest table and gives them back, counted as they are written."""
OWN_FIELDS = {
    Export.Kind.GROUPS: ("city",),
    Export.Kind.FLOWS: ("from", "to", "city"),
    Export.Kind.SPREAD: ("city",),
}


def fields_asked(kind: str, data: Fields, area: str) -> dict[str, str]:
    """Of what a form sent, the fields that make a question. Raises InvalidPeriod, InvalidFilter,
    and CannotAsk for what is no code of a place; that a place is not there the worker finds."""
    period = parse_period(data.get("period", ""))
    own = {name: data[name] for name in OWN_FIELDS[Export.Kind(kind)] if data.get(name)}
    city_named(own.get("city", ""))
    codes = [area, *(value for name, value in own.items() if name != "city")]
    if not all(_CODE.fullmatch(code) for code in codes):
        raise CannotAsk
    return {"area": area, "period": period.key} | own


def desk_document(export: Export, area: str, counted: Counting) -> Document:
    """Of this area, in the active language. Raises UnknownArea, NoSuchProvince, and what `counted`
    raises."""
    make = {
        Export.Kind.GROUPS: _groups,
        Export.Kind.FLOWS: _flows,
        Export.Kind.SPREAD: _spread,
    }[Export.Kind(export.kind)]
    return make({**export.asked, "area": area}, counted, is_flat=export.format == "csv")


def _asked(asked: Fields) -> tuple[str, Period, City | None]:
    """What every desk is asked."""
    return asked["area"], parse_period(asked["period"]), city_named(asked.get("city", ""))


def _groups(asked: Fields, counted: Counting, *, is_flat: bool) -> Document:
    report = group_report(*_asked(asked))
    villages = counted(report.villages)
    return groups_document(report, timezone.now(), is_flat=is_flat, villages=villages)


def _flows(asked: Fields, counted: Counting, *, is_flat: bool) -> Document:
    chosen = chosen_flows(money_flows(*_asked(asked)), asked)
    return flows_document(chosen, timezone.now(), is_flat=is_flat, rows=counted(chosen.rows))


def _spread(asked: Fields, counted: Counting, *, is_flat: bool) -> Document:
    found = distribution(*_asked(asked))
    curve = lorenz_curve(found.incomes_satang)
    rows = counted(found.rows)
    return distribution_document(found, curve, timezone.now(), is_flat=is_flat, rows=rows)
