"""Fee rules in words, for the people who keep them and for those who pay."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from marketplace.core import bilingual, thai
from marketplace.core.money import PPM, format_baht
from marketplace.places.queries import LEVELS, names_among
from marketplace.provenance.services import LineTerms
from marketplace.villages.models import Village
from shop.fees.models import FeeRule

AreaNames = Mapping[str, tuple[str, str]]


def percent(ppm: int) -> str:
    """70,000 as 7 %, 25,000 as 2.5 %."""
    return f"{(Decimal(ppm) * 100 / PPM).normalize():f} %"


def area_names(rules: Iterable[FeeRule]) -> AreaNames:
    """Names of today of the areas that rules are for, by code."""
    codes = {rule.area_code for rule in rules} - {""}
    return names_among(LEVELS | {8: Village}, codes, thai.today()) if codes else {}


def conditions_of(rule: FeeRule, areas: AreaNames) -> list[str]:
    """What a line must be, each condition in words; empty for the default rule."""
    found = [rule.get_otop_type_display(), rule.get_income_kind_display()]
    if rule.producer:
        found.append(rule.producer.display_name)
    found.append(rule.get_producer_kind_display())
    if rule.programme:
        found.append(bilingual.pick(rule.programme.name_th, rule.programme.name_en))
    if rule.area_code:
        name = bilingual.pick(*areas.get(rule.area_code, ("", "")))
        found.append(f"{rule.area_code} {name}".strip())
    found.append(_prices(rule))
    return [str(words) for words in found if words]


def _prices(rule: FeeRule) -> str:
    low, high = rule.price_from_satang, rule.price_until_satang
    words = {"low": format_baht(low or 0), "high": format_baht(high or 0)}
    if low is not None and high is not None:
        return _("%(low)s to %(high)s a piece") % words
    if low is not None:
        return _("%(low)s a piece or more") % words
    return _("%(high)s a piece or less") % words if high is not None else ""


def takes_of(rule: FeeRule) -> str:
    """What is taken of a line: 5 % + ฿10, at least ฿5, VAT 7 %."""
    parts = [percent(rule.percent_ppm)] if rule.percent_ppm else []
    parts += [format_baht(rule.fixed_satang)] if rule.fixed_satang else []
    found = [" + ".join(parts) or _("nothing")]
    if rule.min_satang:
        found.append(_("at least %(amount)s") % {"amount": format_baht(rule.min_satang)})
    if rule.max_satang is not None:
        found.append(_("at most %(amount)s") % {"amount": format_baht(rule.max_satang)})
    if rule.vat_ppm:
        found.append(_("VAT %(rate)s on top") % {"rate": percent(rule.vat_ppm)})
    if rule.passes_gateway_fee:
        found.append(_("the maker bears the payment fee"))
    return ", ".join(found)


def price_words(price_satang: int, terms: LineTerms) -> str:
    """What reaches its makers of one piece at this price, as they read it in the form."""
    taken = terms.fee_satang + terms.fee_vat_satang
    net = format_baht(price_satang - taken)
    if taken:
        words = _(
            "Of %(price)s you receive %(net)s: the market takes %(fee)s, VAT included. "
            "The buyer pays the delivery on top."
        ) % {"price": format_baht(price_satang), "net": net, "fee": format_baht(taken)}
    else:
        words = _("%(amount)s of each piece reaches you. The buyer pays the delivery on top.") % {
            "amount": net
        }
    if terms.passes_gateway_fee:
        words += " " + _("What the bank asks for the payment comes off as well.")
    return words
