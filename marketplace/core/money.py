"""Satang and baht: the only place where one becomes the other, and where sums are shared out.

Satang are `int`, baht are `Decimal`; 100 satang = 1 baht. Nothing here accepts a float.
"""

from collections.abc import Sequence
from decimal import Decimal

from marketplace.core.errors import DomainError, two_languages

PPM = 1_000_000
"""Rates are whole parts per million: 7 % is 70_000."""

SATANG_PER_BAHT = 100
_LARGEST_POWER_OF_TEN = 18
_MINUS = "\u2212"


class NotExactMoney(DomainError):
    """An amount is not a Decimal of baht in whole satang, or not an integer of satang."""

    message = two_languages(
        "จำนวนเงินไม่ถูกต้อง ต้องเป็นจำนวนเต็มสตางค์",
        "This is not an exact amount in whole satang.",
    )


class CannotSplit(DomainError):
    """A sum cannot be shared: something is negative, or nobody has a weight."""

    message = two_languages(
        "แบ่งจำนวนเงินนี้ไม่ได้ ส่วนแบ่งต้องไม่ติดลบและต้องไม่เป็นศูนย์ทั้งหมด",
        "This sum cannot be shared: parts may not be negative, nor all zero.",
    )


class MoreThanRemaining(DomainError):
    """More was asked for than is left over all parts together."""

    message = two_languages(
        "จำนวนเงินเกินกว่ายอดที่ยังคืนได้",
        "The amount is more than what remains.",
    )


def to_satang(amount_baht: Decimal) -> int:
    """Turn baht into satang exactly.

    Raises NotExactMoney for fractions of a satang, NaN, infinities, sums beyond 10^18 baht and
    everything that is not a Decimal (an int might already be satang).
    """
    if not isinstance(amount_baht, Decimal) or not amount_baht.is_finite():
        raise NotExactMoney
    # A short text like 1E+999999 is a number of a million digits: look before unfolding it.
    if not -_LARGEST_POWER_OF_TEN <= amount_baht.adjusted() < _LARGEST_POWER_OF_TEN:
        if amount_baht:
            raise NotExactMoney
        return 0
    numerator, denominator = amount_baht.as_integer_ratio()
    satang, rest = divmod(numerator * SATANG_PER_BAHT, denominator)
    if rest:
        raise NotExactMoney
    return satang


def to_baht(amount_satang: int) -> Decimal:
    """Turn satang into baht with exactly two decimals; raises NotExactMoney if not an int."""
    # Through text, because arithmetic on Decimal rounds to the precision of its context.
    return Decimal(f"{_whole(amount_satang)}E-2")


def split_satang(total: int, weights: Sequence[int]) -> list[int]:
    """Share `total` satang in proportion to `weights`; the parts always add up to `total`.

    Largest remainder: each part is within one satang of its exact share, ties go to the earlier
    position, a weight of zero receives nothing. The same arguments always give the same parts.
    Raises CannotSplit for a negative total or weight, and when no weight is above zero;
    NotExactMoney for anything that is not an int.
    """
    sum_of_weights = sum(_whole(weight) for weight in weights)
    if _whole(total) < 0 or sum_of_weights == 0 or min(weights) < 0:
        raise CannotSplit
    shares = [divmod(total * weight, sum_of_weights) for weight in weights]
    parts = [part for part, _ in shares]
    by_remainder = sorted(range(len(parts)), key=lambda position: -shares[position][1])
    for position in by_remainder[: total - sum(parts)]:
        parts[position] += 1
    return parts


def split_over_remaining(amount: int, remaining: Sequence[int]) -> list[int]:
    """Share a refund of `amount` satang over what each part can still give back.

    No part ever exceeds its remaining satang, and an amount equal to their sum leaves exactly
    zero: shares of *original* amounts would over-refund some line sooner or later. Subtract the
    answer from `remaining` before the next call. Raises MoreThanRemaining, or CannotSplit for
    negative values.
    """
    if _whole(amount) < 0 or any(_whole(part) < 0 for part in remaining):
        raise CannotSplit
    if amount > sum(remaining):
        raise MoreThanRemaining
    return split_satang(amount, remaining) if amount else [0] * len(remaining)


def vat_included(amount_satang: int, rate_ppm: int) -> int:
    """Satang of VAT inside a price that includes it, rounded half away from zero, once.

    At 7 % (70_000 ppm) 107.00 baht contain 7.00. Raises CannotSplit for a negative rate.
    """
    if _whole(rate_ppm) < 0:
        raise CannotSplit
    whole = PPM + rate_ppm
    size = (2 * abs(_whole(amount_satang)) * rate_ppm + whole) // (2 * whole)
    return -size if amount_satang < 0 else size


def format_baht(amount_satang: int) -> str:
    """Write satang as ฿1,250 or ฿99.50: no satang when they are zero, a true minus sign."""
    baht, satang = divmod(abs(_whole(amount_satang)), SATANG_PER_BAHT)
    sign = _MINUS if amount_satang < 0 else ""
    return f"{sign}฿{baht:,}.{satang:02}" if satang else f"{sign}฿{baht:,}"


def _whole(value: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise NotExactMoney
    return value
