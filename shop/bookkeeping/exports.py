"""A payout list as the file for the operator's bank."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.core.documents.document import Column, Document, Kind, Table
from shop.bookkeeping.models import PayoutLine, PayoutList
from shop.bookkeeping.queries.payouts import lines_of

LANGUAGE = "th"  # it reads the same whoever made it


def bank_document(payouts: PayoutList) -> Document:
    """Each line with its account, whose number stands in full: note who takes it."""
    with override(LANGUAGE):
        return Document(
            file_name=payouts.reference,
            title=_("Payout list no. %(number)s") % {"number": payouts.pk},
            tables=(
                Table(
                    key="payouts",
                    title=_("Payouts"),
                    columns=_columns(),
                    rows=_rows(payouts),
                ),
            ),
            made_at=datetime.now(UTC),
            language=LANGUAGE,
        )


def _columns() -> tuple[Column, ...]:
    return (
        Column("producer", _("Producer")),
        Column("bank", _("Bank")),
        # Digits alone, for a bank's program to read: no sign for a spreadsheet around them.
        Column("account", _("Account number")),
        Column("holder", _("Account holder")),
        Column("amount_satang", _("Amount (baht)"), Kind.SATANG),
        Column("reference", _("Reference")),
        Column("note", _("Note")),
    )


def _rows(payouts: PayoutList) -> Iterator[list]:
    for line in lines_of(payouts):
        yield [
            line.producer.name_th,
            *_account(line),
            line.amount_satang,
            line.return_reference,
            "" if line.account else _("no bank account is recorded"),
        ]


def _account(line: PayoutLine) -> list[str]:
    account = line.account
    return [account.bank_code, account.number, account.holder_name] if account else ["", "", ""]
