"""A producer's income as a document: the figures of the screen, for a spreadsheet in Thai."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.core.documents.document import Column, Document, Kind, Table
from marketplace.ledger.periods import Period
from marketplace.producers.models import Producer
from shop.workbench.queries.income import Entry, all_entries
from shop.workbench.queries.owed import Sums

LANGUAGE = "th"  # handed on to the group's book-keeper: it reads the same whoever made it


def income_document(producer: Producer, period: Period) -> Document:
    """Each product of each sale and refund of a period, its delivery, and the total; in Thai.

    Sales are read while the file is written, some hundreds at a time.
    """
    with override(LANGUAGE):
        return Document(
            file_name=f"income-{producer.pk}-{period.key}",
            title=f"{_('Income')} {period.label}",
            subtitle_lines=(producer.name_th,),
            tables=(_table(_Rows(producer, period)),),
            made_at=datetime.now(UTC),
            language=LANGUAGE,
        )


class _Rows:
    """The lines of a period, read when asked for; `sums` is what those read so far add up to."""

    def __init__(self, producer: Producer, period: Period):
        self.producer, self.period, self.sums = producer, period, Sums()

    def __iter__(self) -> Iterator[list]:
        self.sums = Sums()
        for entry in all_entries(self.producer, self.period):
            self.sums += entry.sums
            yield from _lines(entry)


def _table(rows: _Rows) -> Table:
    return Table(
        key="income",
        title=_("Income"),
        columns=_columns(),
        rows=rows,
        total=lambda: [rows.period.label, _("Total"), None, None, None, *_amounts(rows.sums)],
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("day", _("Day"), Kind.DAY),
        Column("kind", _("Kind")),
        Column("order", _("Order"), Kind.CODE),
        Column("product", _("Product")),
        Column("quantity", _("Quantity"), Kind.COUNT),
        Column("price_satang", _("Price (baht)"), Kind.SATANG),
        Column("discount_satang", _("Discount (baht)"), Kind.SATANG),
        Column("delivery_satang", _("Delivery fee (baht)"), Kind.SATANG),
        Column("fee_satang", _("Fee (baht)"), Kind.SATANG),
        Column("fee_vat_satang", _("VAT on the fee (baht)"), Kind.SATANG),
        Column("gateway_fee_satang", _("Payment fee (baht)"), Kind.SATANG),
        Column("adjustment_satang", _("Correction (baht)"), Kind.SATANG),
        Column("net_satang", _("You receive (baht)"), Kind.SATANG),
        Column("paid_out_satang", _("Paid to your bank account (baht)"), Kind.SATANG),
    )


def _lines(entry: Entry) -> Iterator[list]:
    for line in entry.lines:
        is_delivery = not line.title_th and line.sums.delivery_satang
        title = _("Delivery fee") if is_delivery else line.title_th or entry.reason
        quantity = line.quantity if line.title_th else None
        yield [entry.day, entry.words, entry.order_number, title, quantity, *_amounts(line.sums)]


def _amounts(sums: Sums) -> list[int]:
    return [
        *(sums.price_satang, sums.discount_satang, sums.delivery_satang),
        *(sums.fee_satang, sums.fee_vat_satang, sums.gateway_fee_satang),
        *(sums.adjustment_satang, sums.net_satang, sums.paid_out_satang),
    ]
