"""What became known of a fiscal year after its last day, from the facts of `counted.py`.

News of a year: what happened in it, and what was done to a sale that counts in it or was paid in
it. What was paid out is none.
"""

from collections import Counter
from collections.abc import Callable, Iterable

from tests.shop.reports.year import notes
from tests.shop.reports.year.asked import Days
from tests.shop.reports.year.counted import BANGKOK, Books, Fact

_PAID_OUT = (notes.PaidOut, notes.Returned)
_SALES = (notes.Sold, notes.Declared)


def happened_on(told: notes.Told):
    return told.happened_at.astimezone(BANGKOK).date()


def news_of(year: Days, books: Books, signature: int) -> list[Fact]:
    """What the pack (0) or an amendment knows that the one before did not."""
    begin = books.known[signature - 1] if signature else 0
    sold = _sold_in(year, books)
    return [
        fact
        for fact in books.facts[begin : books.known[signature]]
        if fact.day > year.last
        and not isinstance(fact.told, _PAID_OUT)
        and (happened_on(fact.told) in year or getattr(fact.told, "number", None) in sold)
    ]


def _sold_in(year: Days, books: Books) -> set[str]:
    return {
        fact.told.number
        for fact in books.facts
        if isinstance(fact.told, _SALES) and (fact.day in year or happened_on(fact.told) in year)
    }


def sums_by(facts: Iterable[Fact], keys: Callable[[Fact], Iterable]) -> dict[object, Counter]:
    """The measures of facts, for each of their keys."""
    found: dict[object, Counter] = {}
    for fact in facts:
        for key in keys(fact):
            found.setdefault(key, Counter()).update(fact.measures)
    return found


def income(sums: Counter) -> int:
    return (
        sums["sold_satang"]
        - sums["producer_discount_satang"]
        - sums["refunded_satang"]
        + sums["moved_satang"]
    )


def net(sums: Counter) -> int:
    taken = sums["fee_satang"] + sums["fee_vat_satang"] + sums["passed_gateway_fee_satang"]
    return income(sums) + sums["delivery_satang"] - taken + sums["adjustment_satang"]
