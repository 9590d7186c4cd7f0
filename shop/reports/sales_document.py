"""The sales behind a figure as a document: its rows are made while the file is written."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from marketplace.core.documents.document import Column, Document, Kind, Row, Table
from marketplace.ledger.periods import day_label
from marketplace.ledger.queries import Question, ShareRow
from shop.reports.words import file_language, filter_words

MONEY = (
    "sold_satang",
    "producer_discount_satang",
    "refunded_satang",
    "moved_satang",
    "income_satang",
    "declared_satang",
)
"""As on the screen; income after what it is made of."""


def sales_document(
    question: Question, area_name: str, rows: Iterable[ShareRow], made_at: datetime
) -> Document:
    """The list in the language of the page. The total is that of the rows: it is known at the end.

    The same rows and moment give the same bytes.
    """
    period = question.period
    days = {"first": day_label(period.first), "last": day_label(period.last)}
    sums: Counter[str] = Counter()
    return Document(
        file_name=f"village-sales-{question.area or 'TH'}-{period.key}",
        title=_("Sales behind a figure: %(area)s") % {"area": area_name},
        subtitle_lines=(
            period.label,
            _("%(first)s to %(last)s, by the day of payment") % days,
            *filter_words(question),
        ),
        tables=(
            Table(
                key="sales",
                title=_("Sales"),
                columns=_columns(),
                rows=_cells(rows, sums),
                total=_total(sums),
            ),
        ),
        notes=(
            _(
                "The sales, refunds and corrections of this period that a figure is made of, line "
                "by line. A line shared by several villages stands here with the part of the "
                "village alone."
            ),
            _(
                "The total is that of the rows of this file. A refund that came while the file was "
                "being written may be missing."
            ),
        ),
        made_at=made_at,
        language=file_language(),
    )


def _columns() -> tuple[Column, ...]:
    words = {
        "sold_satang": _("Sold (baht)"),
        "producer_discount_satang": _("Makers' discounts (baht)"),
        "refunded_satang": _("Refunded (baht)"),
        "moved_satang": _("Moved by corrections (baht)"),
        "income_satang": _("Village income (baht)"),
        "declared_satang": _("Declared sales (baht)"),
    }
    return (
        Column("number", _("Number"), Kind.CODE),
        Column("first_day", _("First in this period"), Kind.DAY),
        Column("order", _("Order"), Kind.CODE),
        Column("product", _("Product")),
        Column("producer", _("Made by")),
        Column("village_code", _("Code"), Kind.CODE),
        Column("village", _("Village")),
        *(Column(name, words[name], Kind.SATANG) for name in MONEY),
    )


def _cells(rows: Iterable[ShareRow], sums: Counter[str]) -> Iterator[Row]:
    for row in rows:
        money = {name: getattr(row, name) for name in MONEY}
        sums.update(money)
        share = row.share
        yield [
            str(share.pk),
            row.first_day,
            row.order_number,
            share.title_th,
            share.producer.display_name,
            share.village_code,
            row.village_name,
            *money.values(),
        ]


def _total(sums: Counter[str]) -> Callable[[], Row]:
    return lambda: [_("Total"), *[None] * 6, *(sums[name] for name in MONEY)]
