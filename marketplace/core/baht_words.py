"""Sums of money in Thai words, for receipts. Import from `marketplace.core.thai`."""

_DIGITS = ["ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า"]
_PLACES = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")
_MILLION = 1_000_000


def baht_in_words(amount_satang: int) -> str:
    """Write satang as a receipt does: 12_150 -> หนึ่งร้อยยี่สิบเอ็ดบาทห้าสิบสตางค์, 100 -> หนึ่งบาทถ้วน."""
    baht, satang = divmod(abs(amount_satang), 100)
    sign = "ลบ" if amount_satang < 0 else ""
    if not satang:
        return f"{sign}{_in_words(baht)}บาทถ้วน"
    in_baht = f"{_in_words(baht)}บาท" if baht else ""
    return f"{sign}{in_baht}{_in_words(satang)}สตางค์"


def _in_words(number: int) -> str:
    if number < 10:
        return _DIGITS[number]
    millions, rest = divmod(number, _MILLION)
    head = f"{_in_words(millions)}ล้าน" if millions else ""
    return head + _below_a_million(rest)


def _below_a_million(number: int) -> str:
    """Words of a number that has a higher digit before it, so that its last one is เอ็ด."""
    digits = [int(digit) for digit in str(number)]
    words = ""
    for place, digit in zip(reversed(range(len(digits))), digits, strict=True):
        if digit:
            words += _digit_in_place(digit, place) + _PLACES[place]
    return words


def _digit_in_place(digit: int, place: int) -> str:
    if place == 1:
        return {1: "", 2: "ยี่"}.get(digit, _DIGITS[digit])
    return "เอ็ด" if (place, digit) == (0, 1) else _DIGITS[digit]
