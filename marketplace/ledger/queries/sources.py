"""Where the figures of a question are read: in a roll-up that holds them, else in the transfers.

Roll-ups know whole months. Days before and after the whole months of a period are added up from
the transfers by the same expressions (`rollup.COLUMNS`), so both ways give the same satang.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import connection
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Substr

from marketplace.ledger import rollup
from marketplace.ledger.models import AreaMonth, ProducerMonth, ProvinceGroup, ProvinceMix
from marketplace.ledger.order_counts import BITS, PRODUCER_BIT
from marketplace.ledger.periods import Days, Period
from marketplace.ledger.queries.areas import Level, Regions, codes_inside, inside, level_number
from marketplace.ledger.queries.cities import in_cities, place_digits, place_row, provinces_asked
from marketplace.ledger.queries.figures import NAMES, figures_of, summed
from marketplace.ledger.queries.questions import GROUPS, MIX, Dimension, Question
from marketplace.ledger.queries.transfers import column_of, conditions_of, joins_of

Key = tuple[str, date | None]
"""A row, by its code or value, and the month, None where months are not told apart."""


def sums_of(
    question: Question,
    known: Regions,
    *,
    by_month: bool = False,
    measures: Sequence[str] = NAMES,
    periods: Sequence[Period] = (),
) -> dict[Key, Counter]:
    """These measures of each row (of "" for the total alone); rows of nothing are missing.

    `periods` stand for the question's own. Their whole months count once, their loose days each
    time: no two may have loose days in the same month. Orders are counted where nothing but places
    is asked for, and of producers in a village. One statement, and one more for loose days.
    """
    if not counts_orders(question):
        measures = [name for name in measures if name != "orders"]
    found: dict[Key, Counter] = {}
    periods = periods or (question.period,)
    months = roll_up_for(question, known)
    if months is None:
        loose = [(one.first, one.last) for one in periods]
    else:
        loose = [days for one in periods for days in one.loose_days]
        whole = sorted({month for one in periods for month in one.whole_months})
        _add(found, _of_roll_up(months, whole, by_month, measures), question, known)
    if loose:
        _add(found, _of_transfers(loose, question, known, by_month, measures), question, known)
    return found


def counts_orders(question: Question) -> bool:
    """Whether orders are counted: one may hold several types, routes and so on."""
    asked = question.dimensions
    if asked == {Dimension.PRODUCER}:
        return level_number(question.area) == Level.VILLAGE
    return not asked


def _add(found: dict[Key, Counter], rows, question: Question, known: Regions) -> None:
    """Add rows up; provinces become regions, kinds of cities, and the country, here."""
    for key, month, measures in rows:
        is_place = question.rows_are_places and key.isdigit()
        code = place_row(key, question, known) if is_place else key
        found.setdefault((code, month), Counter()).update(measures)


# --- Whole months, from the roll-ups -----------------------------------------------------------


def roll_up_for(question: Question, known: Regions) -> QuerySet | None:
    """The rows of a roll-up, of all times, that hold the answer, each with its `row`."""
    asked, area = question.dimensions - {Dimension.CITY}, level_number(question.area)
    by = question.rows_by if isinstance(question.rows_by, Level) else area
    if not asked:
        if Dimension.CITY in question.dimensions:
            by = max(by, Level.PROVINCE)
        here = codes_inside("area_code", question.area, by, known) if by != area else Q()
        here &= Q(area_code=question.area) if by == area else Q()
        here &= in_cities("area_code", question, known)
        row = F("area_code") if question.rows_by is not None else Value("")
        return AreaMonth.objects.filter(here, level=by).annotate(row=row)
    if asked == {Dimension.PRODUCER}:
        here = inside("village_code", question.area, known)
        here &= in_cities("village_code", question, known)
        rows = ProducerMonth.objects.filter(
            here, **_only(question, {Dimension.PRODUCER: "producer"})
        )
        return rows.annotate(row=_row(question, "village_code", "producer"))
    if max(area, by) > Level.PROVINCE:
        return None
    here = Q(province_code__in=provinces_asked(question, known))
    if asked <= MIX.keys():
        rows = ProvinceMix.objects.filter(here, **_only(question, MIX))
        return rows.annotate(row=_row(question, "province_code", MIX.get(question.rows_by, "")))
    if len(asked) == 1 and asked <= GROUPS:
        (kind,) = asked
        rows = ProvinceGroup.objects.filter(
            here, **_only(question, {kind: "code"}), kind=kind.value
        )
        return rows.annotate(row=_row(question, "province_code", "code"))
    return None


def _only(question: Question, columns: Mapping[Dimension, str]) -> dict[str, str]:
    """What these columns of a roll-up must be, of dimensions that are to have a value."""
    return {columns[name]: value for name, value in question.only.items() if name in columns}


def _row(question: Question, place: str, column: str):
    """What tells rows apart: the place, to the digits of a level, or the column of a dimension."""
    by = question.rows_by
    if by is None:
        return Value("")
    if question.rows_are_places:
        return Substr(place, 1, place_digits(question))
    return Cast(column, CharField())


def _of_roll_up(
    rows: QuerySet, months: list[date], by_month: bool, measures: Sequence[str]
) -> Iterable[tuple]:
    rows = rows.filter(month__in=months)
    by = ("row", "month") if by_month else ("row",)
    for row in summed(rows.values(*by), measures).order_by():
        yield row["row"], row.get("month"), figures_of(row)


# --- Any days, from the transfers --------------------------------------------------------------


def _of_transfers(
    stretches: list[Days],
    question: Question,
    known: Regions,
    by_month: bool,
    measures: Sequence[str],
) -> Iterable[tuple]:
    """The same from the transfers of these days, by the expressions of the roll-ups."""
    wheres, params = conditions_of(stretches, question, known)
    month = "{month}" if by_month else "NULL"
    source = rollup.Source(
        keys={"row_key": _row_sql(question), "row_month": month},
        joins=joins_of(question),
        first_of=_bit(question),
        measures=tuple(measures),
    )
    names = tuple(source.columns)
    where = "".join(f" AND {one}" for one in wheres)
    with connection.cursor() as cursor:
        cursor.execute(source.sql(where, connection.vendor, "0"), params)
        for key, row_month, *sums in cursor.fetchall():
            yield key, as_day(row_month), dict(zip(names, map(int, sums), strict=True))


def as_day(value: date | str | None) -> date | None:
    """SQLite's dates are texts."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _bit(question: Question) -> int:
    if question.dimensions:
        return PRODUCER_BIT
    return BITS[level_number(question.area) if question.rows_by is None else question.rows_by]


def _row_sql(question: Question) -> str:
    by = question.rows_by
    if by is None:
        return "''"
    if question.rows_are_places:
        return f"substr(t.village_code, 1, {place_digits(question)})"
    if by == Dimension.PRODUCER:
        return "CAST(t.producer_id AS text)"
    return f"CAST({column_of(by)} AS text)"
