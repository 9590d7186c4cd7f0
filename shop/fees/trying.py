"""What a sale would pay by the rules of a day, and why. Nothing is stored."""

from dataclasses import dataclass
from datetime import date

from marketplace.provenance.models import LineOrigin, Listing
from marketplace.provenance.services import LineFacts, LineTerms, origins_of, trace_lines
from shop.fees.matching import first_matching, missed
from shop.fees.models import FeeRule
from shop.fees.queries import rules_on, sold_line, terms_of


@dataclass(frozen=True)
class Tried:
    """A rule that was looked at; `missed` names its conditions that do not hold."""

    rule: FeeRule
    missed: tuple[str, ...]


@dataclass(frozen=True)
class Trial:
    """A line as it would be frozen. `tried` ends with the rule that matches, if one does."""

    amount_satang: int
    terms: LineTerms
    rule: FeeRule | None
    tried: tuple[Tried, ...]
    origins: tuple[LineOrigin, ...]

    @property
    def net_satang(self) -> int:
        return self.amount_satang - self.terms.fee_satang - self.terms.fee_vat_satang

    @property
    def nets(self) -> list[tuple[LineOrigin, int]]:
        """Each village's share and what reaches its makers of it."""
        return [
            (one, one.amount_satang - one.fee_satang - one.fee_vat_satang) for one in self.origins
        ]


def try_rules(*, product: Listing, price: int | None, quantity: int, day: date) -> Trial:
    """Reckon a line of so many pieces, at `price` satang each or what one costs now.

    Six statements. Raises NoVillageShare for a day on which the product was of no village.
    """
    amount = quantity * (product.price_satang if price is None else price)
    facts = LineFacts(None, product.product_id, quantity, amount)
    line = trace_lines(lines=[facts], day=day)[0]
    rules, sold = rules_on(day), sold_line(line)
    rule, terms = first_matching(rules, sold), terms_of(rules, sold)
    looked_at = rules[: rules.index(rule) + 1] if rule else rules
    return Trial(
        amount_satang=amount,
        terms=terms,
        rule=rule,
        tried=tuple(Tried(one, tuple(missed(one, sold))) for one in looked_at),
        origins=tuple(origins_of(line, terms)),
    )
