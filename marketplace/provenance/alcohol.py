"""Which products may be alcoholic, by their names: a doubt that a person settles.

Thai law forbids selling and advertising alcohol to the public online (the Prime Minister's
announcement in force since 7 December 2020; the platform's lawyers have the last word). The
stored answer is `Provenance.is_alcoholic`; a product that has it can never be public.
"""

import re

from marketplace.provenance.models import OtopType

_WORDS = (
    # สุรา but not สุราษฎร์ธานี nor สุรางค์
    r"สุรา(?![ษง])|เหล้า|ไวน์|สาโท|เบียร์|กระแช่|ยาดอง|วิสกี้|บรั่นดี|วอดก้า|น้ำตาลเมา"
    r"|\b(?:wines?|beers?|whisk(?:e)?y|brandy|vodka|liquors?|liqueurs?|rum|gin|sato)\b"
)
_SAYS_IT = re.compile(_WORDS, re.IGNORECASE)
_BEGINS_WITH_IT = re.compile(rf"(?:ผลิตภัณฑ์|เครื่องดื่ม|น้ำ)?\s*(?:{_WORDS})", re.IGNORECASE)
_DENIES_IT = re.compile(
    r"(?:ไร้|ไม่มี|ปราศจาก)\s*แอลกอฮอล์|non[- ]?alcoholic|alcohol[- ]free", re.IGNORECASE
)
_DRUNK = (OtopType.FOOD, OtopType.HERBAL, "")


def may_be_alcoholic(title: str, otop_type: str = "") -> bool:
    """Whether a name says alcohol: anywhere in a beverage's, at the beginning of a food's or a
    herbal product's; fish in rice wine and soap with wine are neither."""
    if _DENIES_IT.search(title):
        return False
    if otop_type == OtopType.BEVERAGE:
        return bool(_SAYS_IT.search(title))
    return otop_type in _DRUNK and bool(_BEGINS_WITH_IT.match(title))
