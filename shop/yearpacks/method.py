"""The method note of a pack: how everything in it was counted, in Thai and in English."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from marketplace.ledger.models import DayRoot, MonthClose, Seal
from marketplace.ledger.periods import day_label
from marketplace.ledger.queries import Report
from shop.reports.words import notes
from shop.yearpacks.languages import LANGUAGES
from shop.yearpacks.scope import Scope


def method_note(
    scope: Scope, country: Report, months: Sequence[MonthClose], later: int
) -> dict[str, list[str]]:
    """Language -> its sentences; `later` is how many rows of later events there are."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = [*notes(country), *_counted(), *_numbers(country, months, later)]
            found[language] += _amended(scope) if scope.is_amendment else _whole(scope)
            found[language] += _proof(scope)
    return found


def _figure(number: int) -> str:
    return f"{number:,}"


def _counted() -> list[str]:
    return [
        _(
            "Village income = sold − makers' discounts − refunded + moved by corrections. What "
            "reaches the makers = village income + delivery − fee − VAT on the fee − payment fee "
            "borne by makers + adjustments. Discounts of the site and payment fees that it bears "
            "lower neither."
        ),
        _(
            "A sale counts on the day its payment was confirmed, by the clock of Bangkok, for the "
            "village that was frozen when the order was placed. A refund counts on the day it was "
            "made. What is told after its month was closed counts on the first open day."
        ),
        _(
            "Left out: orders that were never paid, what was sold elsewhere and not declared, and "
            "money of no village, such as what the site lost in disputes."
        ),
    ]


def _numbers(country: Report, months: Sequence[MonthClose], later: int) -> list[str]:
    facts = {
        "villages": _figure(country.total.villages),
        "selling": _figure(country.total.villages_selling),
        "sales": _figure(country.total.sales),
        "events": _figure(sum(month.event_count for month in months)),
        "transfers": _figure(sum(month.transfer_count for month in months)),
    }
    found = [
        _(
            "n: %(villages)s villages in the register, %(selling)s of them sold; %(sales)s line "
            "shares sold; %(events)s events and %(transfers)s transfers in the ledger."
        )
        % facts
    ]
    words = ngettext(
        "After the year's end %(count)s row of later events is known.",
        "After the year's end %(count)s rows of later events are known.",
        later,
    )
    return [*found, words % {"count": _figure(later)}]


def _whole(scope: Scope) -> list[str]:
    return [
        _(
            "Every area of the register is listed, those that sold nothing with 0. Parts add up to "
            "the whole to the satang, orders excepted: an order with goods of several areas is one "
            "order of each of them, and one of what they lie in."
        ),
        _("A piece made by several villages counts for each of them in parts."),
        _(
            "“After the year's end” shows what was recorded after %(day)s of sales of this year, "
            "and what happened in the year and was told after its month was closed: refunds, lost "
            "disputes, changes of place, fees, late sales. It counts in the month it was recorded "
            "in and is not subtracted in the other tables."
        )
        % {"day": day_label(scope.year.last)},
    ]


def _amended(scope: Scope) -> list[str]:
    return [
        _(
            "This is amendment no. %(number)s. “As signed” is the income counted in the year with "
            "what was known of it when the pack or amendment before was signed; “now” with what "
            "is known today; the difference is what became known between. Areas without a "
            "difference are left out. The figures counted in the year itself stay as they were."
        )
        % {"number": scope.number},
        _("Reason: %(reason)s") % {"reason": scope.reason},
    ]


def _proof(scope: Scope) -> list[str]:
    return [
        _(
            "Known is every event up to seal no. %(seal)s of the ledger. The hash of each closed "
            "month stands in the table of months."
        )
        % {"seal": _figure(scope.up_to_seal)},
    ]


def source_lines(scope: Scope, tables_sha256: str) -> tuple[str, ...]:
    """Hashes as they are compared, the same in every language."""
    seal = Seal.objects.filter(pk=scope.up_to_seal).first()
    root = DayRoot.objects.filter(pk=scope.root_day).first() if scope.root_day else None
    lines = [f"tables sha-256: {tables_sha256}"]
    if seal:
        lines.append(f"ledger seal {seal.pk}: {seal.chain_hash}")
    if root:
        lines.append(f"ledger root {root.day}: {root.root_hash}")
    if scope.before_sha256:
        lines.append(f"amends sha-256: {scope.before_sha256}")
    return tuple(lines)
