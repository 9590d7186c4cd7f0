"""Which transfers a question is about: the SQL that joins and leaves them, as `t`."""

from collections.abc import Sequence

from marketplace.ledger.periods import Days
from marketplace.ledger.queries.areas import COUNTRY, Level, Regions, ranges_inside
from marketplace.ledger.queries.cities import provinces_asked
from marketplace.ledger.queries.questions import GROUPS, MIX, Dimension, Question


def column_of(name: Dimension) -> str:
    """The column that holds the value of a dimension."""
    if name == Dimension.PRODUCER:
        return "t.producer_id"
    if name == Dimension.CITY:
        return f"substr(t.village_code, 1, {Level.PROVINCE.value})"
    if name == Dimension.BUYERS:
        return "o.buyer_province_code"
    return f"o.{MIX[name]}" if name in MIX else f"{name.value}.code"


def joins_of(question: Question) -> str:
    """What must be joined for all that the question tells apart."""
    asked = question.dimensions
    joins = []
    if asked & {*MIX, Dimension.BUYERS}:
        joins.append("JOIN provenance_lineorigin o ON o.id = t.origin_id")
    joins += [
        f"JOIN provenance_origingroup {name.value}"
        f" ON {name.value}.origin_id = t.origin_id AND {name.value}.kind = '{name.value}'"
        for name in sorted(asked & (GROUPS - {Dimension.BUYERS}))
    ]
    return " ".join(joins)


def conditions_of(
    stretches: Sequence[Days], question: Question, known: Regions
) -> tuple[list[str], list]:
    """What the transfers must be: each condition, and the values of all in their order."""
    days = " OR ".join("t.day BETWEEN %s AND %s" for _days in stretches)
    wheres, params = [f"({days})"], [day for stretch in stretches for day in stretch]
    if question.area != COUNTRY:
        ranges = ranges_inside(question.area, Level.VILLAGE, known)
        in_one = ["t.village_code BETWEEN %s AND %s" for _range in ranges]
        wheres.append(f"({' OR '.join(in_one) or '1 = 0'})")
        params += [code for pair in ranges for code in pair]
    if question.rows_by == Dimension.PRODUCER:
        wheres.append("t.producer_id IS NOT NULL")
    if Dimension.BUYERS in question.dimensions:
        wheres.append("o.channel = ''")
    for name in question.only:
        values = _values(name, question, known)
        wheres.append(f"{column_of(name)} IN ({', '.join(['%s'] * len(values)) or 'NULL'})")
        params += values
    return wheres, params


def _values(name: Dimension, question: Question, known: Regions) -> list[str] | list[int]:
    """What the column of a dimension may be."""
    if name == Dimension.CITY:
        return provinces_asked(question, known)
    value = question.only[name]
    return [int(value) if name in (Dimension.PRODUCER, Dimension.STARS) else value]
