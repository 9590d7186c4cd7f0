"""A change of income in words: one sentence, whose every number stands in the ledger."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.core import money
from marketplace.ledger.disclosure import PublicIncome
from marketplace.ledger.queries import IncomeChange, Reason

_JOINED = "\N{WORD JOINER}"
_MINUS = "\N{MINUS SIGN}"


def change_sentence(change: IncomeChange, name: str) -> str:
    """By how much the income of `name` changed, from what to what, and why, the most first."""
    facts = {
        "name": name,
        "period": change.period.label,
        "before_period": change.before.label,
        "now": money.format_baht(change.income_satang),
        "before": money.format_baht(change.before_satang),
        "size": money.format_baht(abs(change.change_satang)),
    }
    if change.change_satang > 0:
        said = _(
            "The income of %(name)s rose by %(size)s: from %(before)s (%(before_period)s) to"
            " %(now)s (%(period)s)."
        )
    elif change.change_satang < 0:
        said = _(
            "The income of %(name)s fell by %(size)s: from %(before)s (%(before_period)s) to"
            " %(now)s (%(period)s)."
        )
    else:
        said = _(
            "The income of %(name)s stayed the same: %(now)s (%(period)s), and %(before)s"
            " (%(before_period)s)."
        )
    reasons = [
        _("%(reason)s %(amount)s")
        % {"reason": part_words(change, part.reason), "amount": signed(part.amount_satang)}
        for part in change.told
    ]
    if not reasons:
        return said % facts
    return _("%(said)s Of this: %(reasons)s.") % {
        "said": said % facts,
        "reasons": ", ".join(reasons),
    }


def public_change_sentence(now: PublicIncome, before: PublicIncome) -> str:
    """What anybody can subtract from two exact figures, and no more; "" unless both are exact."""
    if now.exact_satang is None or before.exact_satang is None:
        return ""
    if now.exact_satang == before.exact_satang == 0:
        return ""
    change = now.exact_satang - before.exact_satang
    facts = {
        "period": now.period.label,
        "before_period": before.period.label,
        "now": money.format_baht(now.exact_satang),
        "before": money.format_baht(before.exact_satang),
        "size": money.format_baht(abs(change)),
    }
    if change > 0:
        said = _(
            "%(period)s: the village earned %(now)s, %(size)s more than in %(before_period)s"
            " (%(before)s)."
        )
    elif change < 0:
        said = _(
            "%(period)s: the village earned %(now)s, %(size)s less than in %(before_period)s"
            " (%(before)s)."
        )
    else:
        said = _("%(period)s: the village earned %(now)s, as much as in %(before_period)s.")
    return said % facts


def part_words(change: IncomeChange, reason: Reason) -> str:
    """What changed, with the facts of both periods."""
    return _WORDS[reason](change)


def how_counted(change: IncomeChange) -> list[str]:
    """How parts are made, and of how many products the formula tells, in sentences."""
    number = change.kept.products
    kept = ngettext(
        "%(number)s product was sold in both periods: %(now)s, before %(before)s, before"
        " discounts.",
        "%(number)s products were sold in both periods: %(now)s, before %(before)s, before"
        " discounts.",
        number,
    )
    facts = {
        "number": f"{number:,}",
        "now": money.format_baht(change.kept.satang),
        "before": money.format_baht(change.kept_before.satang),
    }
    return [
        _(
            "For each product sold in both periods: sold = purchases × pieces at a time × price of"
            " a piece. Each of the three has the part by which sales change when it alone changes,"
            " averaged over all six orders in which the three can change. Satang are rounded so"
            " that the parts come to the whole exactly."
        ),
        kept % facts,
    ]


def signed(amount_satang: int) -> str:
    """+฿90 or −฿90, on one line."""
    sign = "+" if amount_satang > 0 else _MINUS if amount_satang < 0 else ""
    return f"{sign}{_JOINED if sign else ''}{money.format_baht(abs(amount_satang))}"


def pieces(units_ppm: int) -> str:
    """Pieces to a hundredth, without zeros at the end."""
    number = (Decimal(units_ppm) / money.PPM).quantize(Decimal("0.01"))
    whole = number.to_integral_value()
    return f"{whole:,}" if number == whole else f"{number:,}"


def _purchases(change: IncomeChange) -> str:
    return _("bought %(now)s times instead of %(before)s") % {
        "now": f"{change.kept.purchases:,}",
        "before": f"{change.kept_before.purchases:,}",
    }


def _pieces(change: IncomeChange) -> str:
    return _("more or fewer pieces at a time (%(now)s pieces in all instead of %(before)s)") % {
        "now": pieces(change.kept.units_ppm),
        "before": pieces(change.kept_before.units_ppm),
    }


def _price(change: IncomeChange) -> str:
    number = change.kept.products
    return ngettext(
        "prices (%(number)s product sold in both periods)",
        "prices (%(number)s products sold in both periods)",
        number,
    ) % {"number": f"{number:,}"}


def _new(change: IncomeChange) -> str:
    number = change.new.products
    return ngettext(
        "%(number)s product not sold before", "%(number)s products not sold before", number
    ) % {"number": f"{number:,}"}


def _gone(change: IncomeChange) -> str:
    number = change.gone.products
    return ngettext(
        "%(number)s product no longer sold", "%(number)s products no longer sold", number
    ) % {"number": f"{number:,}"}


def _both(words: str, now: int, before: int) -> str:
    return words % {"now": money.format_baht(now), "before": money.format_baht(before)}


def _discounts(change: IncomeChange) -> str:
    return _both(
        _("discounts of the groups (%(now)s instead of %(before)s)"),
        change.now_figures.producer_discount_satang,
        change.before_figures.producer_discount_satang,
    )


def _refunds(change: IncomeChange) -> str:
    return _both(
        _("refunds (%(now)s instead of %(before)s)"),
        change.now_figures.refunded_satang,
        change.before_figures.refunded_satang,
    )


def _moved(change: IncomeChange) -> str:
    return _both(
        _("corrections of place (%(now)s instead of %(before)s)"),
        change.now_figures.moved_satang,
        change.before_figures.moved_satang,
    )


_WORDS = {
    Reason.PURCHASES: _purchases,
    Reason.PIECES: _pieces,
    Reason.PRICE: _price,
    Reason.NEW: _new,
    Reason.GONE: _gone,
    Reason.DISCOUNTS: _discounts,
    Reason.REFUNDS: _refunds,
    Reason.MOVED: _moved,
}
