"""A producer's income as CSV: the figures of the screen, for a spreadsheet in Thai."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.core import money, thai
from marketplace.core.spreadsheet import ExcelCode, write_csv
from marketplace.ledger.periods import Period
from marketplace.producers.models import Producer
from shop.workbench.queries.income import Entry, Sums, all_entries

LANGUAGE = "th"  # handed on to the group's book-keeper: it reads the same whoever made it


def income_csv(producer: Producer, period: Period) -> bytes:
    """Each product of each sale and refund of a period, its delivery, and the total; in Thai."""
    with override(LANGUAGE):
        return b"".join(write_csv(_rows(producer, period), _header()))


def file_name(producer: Producer, period: Period) -> str:
    return f"income-{producer.pk}-{period.key}.csv"


def _header() -> list[str]:
    return [
        _("Day"),
        _("Kind"),
        _("Order"),
        _("Product"),
        _("Quantity"),
        _("Price (baht)"),
        _("Discount (baht)"),
        _("Delivery fee (baht)"),
        _("Fee (baht)"),
        _("You receive (baht)"),
    ]


def _rows(producer: Producer, period: Period) -> Iterator[list]:
    total = Sums()
    for entry in all_entries(producer, period):
        total += entry.sums
        yield from _lines(entry)
    yield [period.label, _("Total"), "", "", "", *_amounts(total)]


def _lines(entry: Entry) -> Iterator[list]:
    day, order = thai.thai_date(entry.day, "numeric"), ExcelCode(entry.order_number)
    kind = _("Refund") if entry.is_refund else _("Sale")
    for line in entry.lines:
        quantity = line.quantity if line.title_th else ""
        yield [day, kind, order, line.title_th or _("Delivery fee"), quantity, *_amounts(line.sums)]


def _amounts(sums: Sums) -> list:
    amounts = (sums.price_satang, sums.discount_satang, sums.delivery_satang, sums.fee_satang)
    return [money.to_baht(satang) for satang in (*amounts, sums.net_satang)]
