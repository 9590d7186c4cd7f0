"""Figures by two things at once, such as village and producer: from a roll-up that has both.

Days before and after the whole months of a period are added up from the transfers, to the same
satang.
"""

from collections import Counter
from collections.abc import Sequence

from django.db.models import Aggregate, Case, Count, F, Q, QuerySet, Sum, When

from marketplace.ledger.kinds import TransferKind
from marketplace.ledger.periods import Days, Period
from marketplace.ledger.queries.figures import OF_INCOME, figures_of, summed
from marketplace.ledger.rollup import SIGNS

MEASURES = (*OF_INCOME, "sales")
Keys = tuple[str | int, ...]


def crossed(
    names: Sequence[str], roll_up: QuerySet | None, transfers: QuerySet, period: Period
) -> dict[Keys, Counter[str]]:
    """The measures of income, and the sales, by the values of `names`, which both querysets have.

    Either queryset must leave the same facts; without a roll-up all days are added up from the
    transfers. One statement over whole months, and one more for loose days. Where nothing happened
    there is no key.
    """
    found: dict[Keys, Counter[str]] = {}
    days = [(period.first, period.last)]
    if roll_up is not None:
        days = period.loose_days
        rows = roll_up.filter(month__in=period.whole_months).values(*names)
        _add(found, names, summed(rows, MEASURES).order_by())
    if days:
        rows = transfers.filter(_on(days)).exclude(village_code="")
        _add(found, names, rows.values(*names).annotate(**_measured()).order_by())
    return found


def _on(stretches: Sequence[Days]) -> Q:
    """Transfers of these days."""
    days = Q(pk__in=[])
    for stretch in stretches:
        days |= Q(day__range=stretch)
    return days


def amount_of(column: str) -> Aggregate:
    """What transfers add to a column of the roll-ups, in satang."""
    signs = SIGNS[column].items()
    raises = [kind for kind, sign in signs if sign > 0]
    lowers = [kind for kind, sign in signs if sign < 0]
    return Sum(
        Case(
            When(kind__in=raises, then=F("amount_satang")),
            When(kind__in=lowers, then=-F("amount_satang")),
            default=0,
        ),
        default=0,
    )


def _measured() -> dict[str, Aggregate]:
    sales = Count("pk", filter=Q(kind=TransferKind.SALE))
    return {f"all_{name}": amount_of(name) for name in OF_INCOME} | {"all_sales": sales}


def _add(found: dict[Keys, Counter[str]], names: Sequence[str], rows: QuerySet) -> None:
    for row in rows:
        key = tuple(row[name] for name in names)
        found.setdefault(key, Counter()).update(figures_of(row))
