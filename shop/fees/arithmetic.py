"""How much is taken of a line. Satang are whole; nothing here knows a database."""

from dataclasses import dataclass

from marketplace.core.money import PPM


@dataclass(frozen=True)
class FeeTerms:
    """What a rule takes of a line: a part of what its goods come to and a fixed amount, within
    limits, and VAT on that."""

    percent_ppm: int = 0
    fixed_satang: int = 0
    min_satang: int = 0
    max_satang: int | None = None
    vat_ppm: int = 0


def fee_of(terms: FeeTerms, amount_satang: int) -> tuple[int, int]:
    """The fee on a line of this amount, and the VAT on the fee; together never above the amount.

    `amount_satang` is after the producer's discount and before the platform's. Each of the two is
    rounded once, half up. A line that costs nothing pays nothing, whatever the smallest fee is.
    """
    fee = max(_part(amount_satang, terms.percent_ppm) + terms.fixed_satang, terms.min_satang)
    if terms.max_satang is not None:
        fee = min(fee, terms.max_satang)
    fee = min(fee, amount_satang * PPM // (PPM + terms.vat_ppm))
    return fee, _part(fee, terms.vat_ppm)


def _part(satang: int, ppm: int) -> int:
    return (2 * satang * ppm + PPM) // (2 * PPM)
