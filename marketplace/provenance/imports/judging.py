"""What of a row may become a product, and what a person must decide first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from marketplace.core import thai
from marketplace.core.money import NotExactMoney, to_satang
from marketplace.provenance.alcohol import may_be_alcoholic
from marketplace.provenance.imports import reasons
from marketplace.provenance.imports.layouts import ListRow
from marketplace.provenance.imports.product_types import TYPE_NAMES, type_by_words
from marketplace.provenance.models import StockKind
from marketplace.provenance.services.plans import (
    DESCRIPTION_MAX_LENGTH,
    PRICE_MAX_SATANG,
    SHORT_TEXT_MAX_LENGTH,
    STOCK_MAX,
    TITLE_MAX_LENGTH,
)

_GROUP = re.compile(
    r"^(ผลิตภัณฑ์)?(กลุ่ม|วิสาหกิจ|สหกรณ์|ร้าน|ชมรม|บริษัท|หจก|ห้างหุ้นส่วน|ศูนย์|โรงงาน|โรงเรียน|สมาคม)"
    r"|กลุ่มแม่บ้าน|กลุ่มเกษตรกร|วิสาหกิจชุมชน"
)
_LETTER = re.compile("[ก-ฮa-zA-Z]")
_FORMULA = re.compile("^[=@＝＠]|^[+＋－-][^ก-๙]*[(!|]")
_SEVERAL = re.compile(
    "[,،、;/|+]|(?<=[ก-๎)]) ?(?:และ|กับ)(?=[ก-ฮเแโใไ])"
    r"|(?:^|\s)\d{1,2}[.)]\s?[ก-ฮเแโใไ]"
)
_NO_THINGS = (
    "ตรา", "บ้าน", "สูตร", "แบรนด์", "ยี่ห้อ", "เกรด", "ขนาด", "รส", "แม่", "พ่อ", "ป้า", "ต.", "อ.",
)  # fmt: skip
_NOT_DIGITS_OF_PRICE = re.compile(r"[,\s฿]|บาท")

_STOCK_KINDS = {
    "พร้อมส่ง": StockKind.IN_STOCK,
    "ทำตามสั่ง": StockKind.MADE_TO_ORDER,
    "ชิ้นเดียว": StockKind.ONE_PIECE,
    "ตามฤดูกาล": StockKind.SEASONAL,
    **{kind.value: kind for kind in StockKind},
}


@dataclass
class Verdict:
    """What we understood of one product of a list, and why it cannot simply be imported."""

    facts: dict = field(default_factory=dict)  # of services.ProductPlan, in JSON
    rejected: str = ""
    review: list[str] = field(default_factory=list)


class _Unreadable(ValueError):
    """A cell that is filled in and says nothing we can store; carries the reason in Thai."""


def judge(rows: Sequence[ListRow], default_type: str = "") -> Verdict:
    """Judge the rows of one product: one row, or one for each option under a product code."""
    first = rows[0]
    verdict = Verdict()
    verdict.rejected = rejected_name(first.title_th) or _too_long(first)
    if verdict.rejected:
        return verdict
    verdict.review += doubtful_name(first.title_th)
    facts = verdict.facts
    facts.update({name: getattr(first, name) for name in _COPIED if getattr(first, name)})
    readers = {
        "otop_type": lambda: _otop_type(first, default_type),
        "price_satang": lambda: _price(first.price_baht),
        "quantity": lambda: _whole(first.stock, reasons.BAD_STOCK),
        "weight_grams": lambda: _whole(first.weight_grams, reasons.BAD_WEIGHT, least=1),
        "season_months": lambda: _months(first.season_months),
        "options": lambda: _options(rows),
    }
    for name, read in readers.items():
        try:
            facts[name] = read()
        except _Unreadable as error:
            verdict.review.append(str(error))
    _judge_stock_kind(first, verdict)
    if may_be_alcoholic(first.title_th, facts.get("otop_type") or ""):
        verdict.review.append(reasons.ALCOHOL)
    verdict.facts = {name: fact for name, fact in facts.items() if fact not in (None, [], "")}
    return verdict


def rejected_name(title: str) -> str:
    """Why a name can never be a product's, in Thai; "" when it can."""
    if len(title) > TITLE_MAX_LENGTH:
        return reasons.NAME_TOO_LONG
    if _FORMULA.search(title):
        return reasons.NAME_IS_FORMULA
    if not _LETTER.search(title):
        return reasons.NO_NAME
    is_person = thai.personal_title(title) and not type_by_words(title)
    return reasons.NAME_IS_PERSON if is_person else ""


def doubtful_name(title: str) -> list[str]:
    """Why a person must look at a name, in Thai; empty when it reads like one product."""
    found = []
    if _GROUP.search(title):
        found.append(reasons.NAME_IS_GROUP)
    if thai.contains_phone(title):
        found.append(reasons.NAME_HAS_PHONE)
    if _SEVERAL.search(title) or len(_thing_words(title)) > 2:
        found.append(reasons.SEVERAL_PRODUCTS)
    return found


def _thing_words(title: str) -> list[str]:
    """Words that may each be a thing: Thai, of some length, and no brand, size or place."""
    bare = re.sub(r"\([^)]*\)|[\"“”']", " ", title)
    words = [word for word in bare.split() if len(word) > 3 and "ก" <= word[-1] <= "๎"]
    return [word for word in words if not word.startswith(_NO_THINGS)]


def _too_long(row: ListRow) -> str:
    shorts = (row.materials_th, row.title_en, row.option_name, row.producer)
    is_long = len(row.description_th) > DESCRIPTION_MAX_LENGTH or len(row.otop_code) > 20
    is_long = is_long or len(row.product_code) > 64
    return reasons.TEXT_TOO_LONG if is_long or any(map(_is_too_long, shorts)) else ""


def _is_too_long(text: str) -> bool:
    return len(text) > SHORT_TEXT_MAX_LENGTH


def _otop_type(row: ListRow, default_type: str) -> str:
    """The type stated, else the one its name says, else that of the whole list."""
    if row.otop_type:
        named = TYPE_NAMES.get(thai.normalise(row.otop_type).lower().replace(" ", ""))
        if not named:
            raise _Unreadable(reasons.BAD_TYPE)
        return named
    found = type_by_words(row.title_th) or default_type
    if not found:
        raise _Unreadable(reasons.UNKNOWN_TYPE)
    return found


def _price(text: str) -> int | None:
    digits = _NOT_DIGITS_OF_PRICE.sub("", thai.arabic_digits(text))
    if not digits:
        return None
    try:
        satang = to_satang(Decimal(digits))
    except (InvalidOperation, NotExactMoney) as error:
        raise _Unreadable(reasons.BAD_PRICE) from error
    if not 1 <= satang <= PRICE_MAX_SATANG:
        raise _Unreadable(reasons.BAD_PRICE)
    return satang


def _whole(text: str, reason: str, least: int = 0) -> int | None:
    digits = thai.arabic_digits(text).replace(",", "").removesuffix(".0")
    if not digits:
        return None
    if not re.fullmatch("[0-9]{1,7}", digits) or not least <= int(digits) <= STOCK_MAX:
        raise _Unreadable(reason)
    return int(digits)


def _months(text: str) -> list[int]:
    months = re.findall("[0-9]+", thai.arabic_digits(text)[:100])
    if (text and not months) or any(not 1 <= int(month) <= 12 for month in months):
        raise _Unreadable(reasons.BAD_MONTHS)
    return sorted({int(month) for month in months})


def _options(rows: Sequence[ListRow]) -> list[dict]:
    """Options of the rows under one product code; none when there is one row without a name."""
    if len(rows) == 1 and not rows[0].option_name:
        return []
    names = [row.option_name for row in rows]
    if not all(names) or len(set(names)) != len(names) or any(map(_is_too_long, names)):
        raise _Unreadable(reasons.BAD_OPTION)
    return [
        {
            "title_th": row.option_name,
            "title_en": row.option_name_en[:TITLE_MAX_LENGTH],
            "price_satang": _price(row.option_price_baht or row.price_baht),
            "quantity": _whole(row.option_stock or row.stock, reasons.BAD_STOCK),
        }
        for row in rows
    ]


def _judge_stock_kind(row: ListRow, verdict: Verdict) -> None:
    """Kind, days to make and number must fit each other, or a person decides."""
    kind = _STOCK_KINDS.get(row.stock_kind.lower() or StockKind.IN_STOCK)
    days = row.lead_days and thai.arabic_digits(row.lead_days)
    is_days = bool(re.fullmatch("[0-9]{1,3}", days)) and 1 <= int(days) <= 365
    if kind is None or (kind == StockKind.MADE_TO_ORDER and not is_days):
        verdict.review.append(reasons.BAD_STOCK_KIND)
        return
    verdict.facts["stock_kind"] = kind.value
    verdict.facts["lead_days"] = int(days) if is_days else None
    counted = [verdict.facts.get("quantity")]
    counted += [option["quantity"] for option in verdict.facts.get("options", [])]
    if kind == StockKind.ONE_PIECE and any(number and number > 1 for number in counted):
        verdict.review.append(reasons.BAD_STOCK)


_COPIED = (
    "title_th", "title_en", "description_th", "description_en", "materials_th", "otop_code",
)  # fmt: skip
