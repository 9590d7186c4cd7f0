"""The report of a large area whose rows are made province by province, never all at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from marketplace.ledger.queries.areas import (
    TABLES,
    Level,
    Regions,
    codes_inside,
    level_number,
    regions,
    was_there,
)
from marketplace.ledger.queries.cities import in_cities, provinces_asked
from marketplace.ledger.queries.income import Before, IncomeRow, Report, income_report
from marketplace.ledger.queries.questions import Question


def report_in_parts(
    question: Question, before: Before | None = None
) -> tuple[Report, Iterable[IncomeRow]]:
    """The answer of `income_report` with its rows apart, read anew whenever they are gone through.

    Rows of amphoe, tambon or villages of the country or a region are read when they are asked for,
    those of one province at a time; others are few. Same rows, same order, same total; the report
    itself then has those of the next level. Some ten statements a province. Raises UnknownArea.
    """
    known = regions()
    if not _is_by_province(question):
        report = income_report(question, before)
        return report, report.rows
    head = income_report(replace(question, rows_by=None), before)
    return replace(head, question=question), _PartRows(question, before, known)


def count_rows(question: Question) -> int | None:
    """How many areas there were in the period of a report that is read in parts; else None.

    Areas that were gone by then and yet have income come on top. One statement, or two.
    """
    if not _is_by_province(question):
        return None
    by, known = question.rows_by, regions()
    inside = codes_inside("code", question.area, by, known) & in_cities("code", question, known)
    return TABLES[by].objects.filter(inside, was_there(question.period)).count()


def _is_by_province(question: Question) -> bool:
    by = question.rows_by
    is_large = level_number(question.area) < Level.PROVINCE
    return is_large and isinstance(by, Level) and by > Level.PROVINCE


@dataclass(frozen=True)
class _PartRows:
    question: Question
    before: Before | None
    known: Regions

    def __iter__(self) -> Iterator[IncomeRow]:
        for province in provinces_asked(self.question, self.known):
            yield from income_report(replace(self.question, area=province), self.before).rows
