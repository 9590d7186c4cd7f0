"""What a correction would change, to the satang, as the ledger stands now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from marketplace.core import money
from marketplace.ledger.errors import NothingToMove
from marketplace.ledger.kinds import TransferKind
from marketplace.ledger.models import AreaMonth
from marketplace.ledger.queries.figures import OF_INCOME, Figures, figures_of, summed
from marketplace.ledger.rollup import first_of_month
from marketplace.ledger.services.posting import remaining_of_order, reporting_day
from marketplace.provenance.models import LineOrigin
from marketplace.villages.models import Village
from shop.bookkeeping.models import Correction
from shop.bookkeeping.queries.owed import Owed, owed_to

T = TransferKind
INCOME_SIGNS = {T.SALE: 1, T.MOVED_IN: 1, T.DISCOUNT: -1, T.DISCOUNT_MOVED_IN: -1}


@dataclass(frozen=True)
class PlaceOfLine:
    """What is left of an order line's income in one village."""

    line_id: int
    village_code: str
    producer_id: int
    income_satang: int
    title_th: str = ""
    village_name: str = ""

    @property
    def key(self) -> str:
        return f"{self.line_id}-{self.village_code}"

    @property
    def words(self) -> str:
        amount = money.format_baht(self.income_satang)
        return f"{self.title_th} · {self.village_name} {self.village_code} · {amount}"


@dataclass(frozen=True)
class VillageBefore:
    """A village's income in the month in which a correction would count."""

    code: str
    name: str
    before_satang: int
    change_satang: int

    @property
    def after_satang(self) -> int:
        return self.before_satang + self.change_satang


@dataclass(frozen=True)
class Effect:
    """What a correction would change; `month` is the first day of the month it would count in."""

    month: date
    amount_satang: int
    villages: tuple[VillageBefore, ...]
    balance_satang: int  # of its producer, goods and delivery
    change_satang: int  # of that

    @property
    def balance_after_satang(self) -> int:
        return self.balance_satang + self.change_satang


def places_of_order(order_number: str) -> list[PlaceOfLine]:
    """Where what is left of each line's income of an order is; empty where nothing was sold.

    Three statements at most.
    """
    sums: dict[tuple, int] = {}
    origins: dict[int, int] = {}
    for transfer, left in remaining_of_order(order_number, *INCOME_SIGNS):
        key = transfer.line_id, transfer.village_code, transfer.producer_id
        sums[key] = sums.get(key, 0) + INCOME_SIGNS[transfer.kind] * left
        origins[transfer.line_id] = transfer.origin_id
    titles = dict(LineOrigin.objects.filter(pk__in=origins.values()).values_list("pk", "title_th"))
    names = _names(code for _, code, _ in sums)
    return [
        PlaceOfLine(*key, satang, titles[origins[key[0]]], names.get(key[1], key[1]))
        for key, satang in sums.items()
        if satang
    ]


def place_of_line(order_number: str, line_id: int, village_code: str) -> PlaceOfLine:
    """One of `places_of_order`; raises NothingToMove."""
    for place in places_of_order(order_number):
        if (place.line_id, place.village_code) == (line_id, village_code):
            return place
    raise NothingToMove


def effect_of(correction: Correction) -> Effect:
    """What agreeing to a correction now would change; six statements at most.

    Raises NothingToMove.
    """
    is_move = correction.kind == Correction.Kind.PLACE
    satang = correction.amount_satang
    changes = {correction.village_code: 0}
    if is_move:
        satang = place_of_line(
            correction.order_number, correction.line_id, correction.village_code
        ).income_satang
        changes = {correction.village_code: -satang, correction.to_village_code: satang}
    month = first_of_month(reporting_day(timezone.now()))
    owed = owed_to([correction.producer_id]).get(correction.producer_id, Owed())
    return Effect(
        month=month,
        amount_satang=satang,
        villages=tuple(_villages(month, changes)),
        balance_satang=owed.satang,
        change_satang=0 if is_move else satang,
    )


def _villages(month: date, changes: dict[str, int]) -> list[VillageBefore]:
    rows = AreaMonth.objects.filter(
        level=AreaMonth.Level.VILLAGE, month=month, area_code__in=changes
    )
    sums = {
        row["area_code"]: Figures(**figures_of(row)).income_satang
        for row in summed(rows.values("area_code"), OF_INCOME).order_by()
    }
    names = _names(changes)
    return [
        VillageBefore(code, names.get(code, code), sums.get(code, 0), change)
        for code, change in changes.items()
    ]


def _names(codes: Iterable[str]) -> dict[str, str]:
    return {one.pk: one.display_name for one in Village.objects.filter(pk__in=set(codes))}
