"""Numbers and titles of people in texts from elsewhere. Import from `marketplace.core.thai`.

For importers: none of this may be shown to the public without a recorded consent.
"""

import re

from marketplace.core.errors import DomainError, two_languages
from marketplace.core.thai_text import arabic_digits, normalise

_TAX_ID_LENGTH = 13
_PHONE = re.compile(
    r"(?<!\d)(?:(?:\+|00)66[ .-]?\(?0?\)?[ .-]?|0)(?:[689]\d|[2-57])(?:[ .-]?\d){7}(?!\d)"
)
_BARE_PHONE = re.compile(r"(?:[689]\d{8}|[2-57]\d{7})")
_TITLES = re.compile(
    r"(นางสาว|น\.ส\.|นาง|นาย|คุณ|ด\.ช\.|ด\.ญ\.|เด็กชาย|เด็กหญิง|ดร\.|ผศ\.|รศ\.|พระครู|ว่าที่ร้อยตรี|"
    r"ว่าที่ร\.ต\.|mrs?\.|miss|ms\.)\s*(?=[ก-ฮเแโใไa-z])",
    re.IGNORECASE,
)


class InvalidThaiPhone(DomainError):
    """A text is not a telephone number of Thailand."""

    message = two_languages(
        "หมายเลขโทรศัพท์ไม่ถูกต้อง กรุณาระบุเช่น 081-234-5678",
        "This is not a Thai telephone number. Write it like 081-234-5678.",
    )


def is_valid_tax_id(text: str) -> bool:
    """Whether a text is a tax or citizen number: 13 digits of which the last checks the others.

    Thai digits, spaces and hyphens are tolerated. A true answer does not say that it was issued.
    """
    digits = re.sub(r"[\s-]", "", arabic_digits(text))
    if not re.fullmatch(f"[0-9]{{{_TAX_ID_LENGTH}}}", digits):
        return False
    weighted = sum(int(digit) * (13 - place) for place, digit in enumerate(digits[:-1]))
    return (11 - weighted % 11) % 10 == int(digits[-1])


def normalise_phone(text: str) -> str:
    """Write a Thai telephone number as digits with the leading 0: 81-2345678 -> 0812345678.

    Repairs what spreadsheets do to it (a lost 0, a trailing ".0") and reads +66. Raises
    InvalidThaiPhone for everything else; repeating it changes nothing.
    """
    bare = re.sub(r"[\s().-]|\.0$", "", re.sub(r"\.0$", "", arabic_digits(normalise(text))))
    bare = re.sub(r"^(\+|00)?66(?=\d{8,9}$)", "", bare)
    bare = bare.removeprefix("0")
    if not _BARE_PHONE.fullmatch(bare):
        raise InvalidThaiPhone
    return f"0{bare}"


def contains_phone(text: str) -> bool:
    """Whether a Thai telephone number stands somewhere in a text, or is all of it without its 0."""
    tidy = arabic_digits(normalise(text))
    return bool(_PHONE.search(tidy) or _BARE_PHONE.fullmatch(tidy.removesuffix(".0")))


def personal_title(text: str) -> str:
    """The title a text begins with (นาย, นาง, นางสาว, คุณ …), or "" when it names no person."""
    tidy = normalise(text)
    if tidy.startswith(_NOT_TITLES):
        return ""
    found = _TITLES.match(tidy)
    return found[1] if found else ""


# Words of places and goods that happen to begin like a title.
_NOT_TITLES = ("นางรอง", "นางเล็ด", "นางแล", "นางนวล", "นางแอ่น", "นางฟ้า", "นางพญา", "นายายอาม",
               "คุณภาพ", "คุณค่า", "คุณธรรม", "นางรำ", "นางบวช", "นางตะเคียน", "นางลือ", "นายม",
               "นางกวัก")  # fmt: skip
