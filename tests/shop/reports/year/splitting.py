"""How money is shared out and how much the market takes, worked out anew with exact fractions."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor


def shared(total: int, weights: Sequence[int]) -> list[int]:
    """Largest remainder: whole parts first, then one more each to the largest cut-off parts."""
    if total == 0:
        return [0] * len(weights)
    exact = [Fraction(total * weight, sum(weights)) for weight in weights]
    parts = [floor(one) for one in exact]
    waiting = sorted(range(len(parts)), key=lambda n: (parts[n] - exact[n], n))
    for n in waiting[: total - sum(parts)]:
        parts[n] += 1
    return parts


@dataclass(frozen=True)
class FeeRule:
    """What the market takes of a line of this type; "" for any."""

    type: str
    percent: int = 0
    fixed_satang: int = 0
    min_satang: int = 0
    max_satang: int | None = None
    vat_percent: int = 0
    passes_gateway_fee: bool = False

    def of(self, income_satang: int) -> tuple[int, int]:
        fee = _half_up(Fraction(income_satang * self.percent, 100)) + self.fixed_satang
        fee = max(fee, self.min_satang)
        if self.max_satang is not None:
            fee = min(fee, self.max_satang)
        fee = min(fee, floor(Fraction(income_satang * 100, 100 + self.vat_percent)))
        return fee, _half_up(Fraction(fee * self.vat_percent, 100))


def _half_up(number: Fraction) -> int:
    return floor(number + Fraction(1, 2))
