"""What of a question is no word to look for but a wish: a price, stars, a place, a stock state.

"ผ้าไหม ไม่เกิน 500 บาท เชียงใหม่" asks for ผ้าไหม, at most 500 baht, from one province. Each wish
knows the words that said it, so that a page can show it as a chip, and take the chip away by taking
these words out of the question.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from search.analysis.files import data_of
from search.analysis.numbers import AMOUNT, value_of
from search.analysis.place_names import need_a_sign, provinces

SATANG = 100
ABOUT = 0.2
"""How far from a price that was named without a side a thing may cost, as a share of it."""


@dataclass(frozen=True)
class Wish:
    """One thing that was asked for: `kind` and `value` as a filter takes them, and the words that
    said it, with where they stood in the cleaned question.

    A place is not `is_firm` where its name is part of a longer word: หมี่โคราช is a dish that is
    cooked in all of Thailand. What is not firm is preferred, and its words are looked for.
    """

    kind: str  # price | stars | province | region | type | stock | certificate | occasion
    value: tuple[int, int] | int | str  # a price is (from, to) satang, 0 for an open side
    words: str
    start: int
    is_firm: bool = True


@dataclass(frozen=True)
class Parsed:
    """The wishes of a question, in the order in which they stood, and the words that are left."""

    wishes: tuple[Wish, ...]
    rest: str


@dataclass(frozen=True)
class _Rule:
    kind: str
    pattern: re.Pattern
    read: Callable[[re.Match], tuple[int, int] | int | str | None]
    may_be_part: bool = False
    """Whether its words may be part of a longer word."""


def parse(question: str) -> Parsed:
    """Find the wishes of a cleaned question. Of two that overlap the rule listed first wins; of a
    kind that allows one (a price, stars, a stock state) the first that was said."""
    wishes: list[Wish] = []
    rest = question
    for rule in _RULES:
        for found in list(rule.pattern.finditer(rest)):
            value = rule.read(found)
            if value is None or (rule.kind in _ONLY_ONE and _has(wishes, rule.kind)):
                continue
            words = found.group().strip()
            start = rest.index(words, found.start())
            is_firm = not (rule.may_be_part and _is_thai(rest[start - 1 : start]))
            wishes.append(Wish(rule.kind, value, words, start, is_firm))
            if not is_firm:
                continue
            rest = rest[:start] + " " * len(words) + rest[start + len(words) :]
    wishes.sort(key=lambda wish: wish.start)
    return Parsed(tuple(wishes), " ".join(rest.split()))


def _is_thai(char: str) -> bool:
    return "\u0e01" <= char <= "\u0e4e"


def _has(wishes: list[Wish], kind: str) -> bool:
    return any(wish.kind == kind for wish in wishes)


_ONLY_ONE = {"price", "stars", "stock"}

_BAHT = r"(?:บาท|baht|bath|thb|฿|-\.)"
_NOT_A_PRICE = r"(?![\d.,]*\s*-?\s*(?:ดาว|star|ชิ้น|ผืน|ขวด|กรัม|กิโล|ml|kg|cm|ซม|เมตร|%))"
_N = rf"(?:฿\s*)?({AMOUNT})\s*{_BAHT}?{_NOT_A_PRICE}"
_MOST = (
    r"ไม่เกิน|ไม่ถึง|ต่ำกว่า|น้อยกว่า|ถูกกว่า|ภายใน|งบประมาณ|งบไม่เกิน|งบ|under|below|less than|up to|"
    r"cheaper than|no more than|not over|at most|within|max(?:imum)?|budget(?: of)?|<=?|≤"
)
_LEAST = (
    r"มากกว่า|สูงกว่า|แพงกว่า|ไม่ต่ำกว่า|เกินกว่า|เกิน|เริ่มต้นที่|เริ่มต้น|over|above|more than|at least|"
    r"starting (?:at|from)|from|>=?|≥"
)
_ABOUT = r"ประมาณ|ราวๆ|ราว|สักประมาณ|สัก|about|around|approx(?:imately)?|roughly|~"
_UPWARDS = r"(?:ขึ้นไป|and up|and above|or more|\+)"
_LEAD = r"(?:(?:ใน)?(?:ช่วง)?(?:ราคา)|price[sd]?)?\s*"
_TO = r"\s*(?:-|–|ถึง|to|and|กับ|~)\s*"


def _satang(text: str) -> int:
    return round(value_of(text) * SATANG)


def _between(found: re.Match) -> tuple[int, int] | None:
    low, high = sorted((_satang(found[1]), _satang(found[2])))
    return (low, high) if high else None


def _at_most(found: re.Match) -> tuple[int, int] | None:
    return (0, _satang(found[1])) if _satang(found[1]) else None


def _at_least(found: re.Match) -> tuple[int, int] | None:
    return (_satang(found[1]), 0) if _satang(found[1]) else None


def _near(found: re.Match) -> tuple[int, int] | None:
    satang = _satang(found[1])
    return (round(satang * (1 - ABOUT)), round(satang * (1 + ABOUT))) if satang else None


_STAR_WORDS = {"หนึ่ง": 1, "สอง": 2, "สาม": 3, "สี่": 4, "ห้า": 5} | {
    **{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
}
_STAR = rf"([1-5]|{'|'.join(_STAR_WORDS)})"


def _stars(found: re.Match) -> int:
    word = next(group for group in found.groups() if group)
    return _STAR_WORDS.get(word) or int(word)


def _word(value: int | str) -> Callable[[re.Match], int | str]:
    return lambda _found: value


def _place(found: re.Match) -> str:
    return provinces()[found[1]]


def _alone(words: list[str], not_after: Sequence[str] = ()) -> str:
    """Latin words only as whole words; Thai ones need no space beside them."""
    ways = (re.escape(word) for word in words)
    found = "|".join(rf"(?<![a-z]){way}(?![a-z])" if way.isascii() else way for way in ways)
    return "".join(f"(?<!{word})" for word in not_after) + f"(?:{found})"


def _rules() -> Iterator[_Rule]:
    """The more words a rule asks for, the earlier it stands."""
    of_stars = rf"{_STAR}\s*-?\s*(?:ดาว|stars?)"
    yield _Rule("stars", _made(rf"(?<!ตรา)(?:ระดับ\s*)?{of_stars}\s*{_UPWARDS}?"), _stars)
    yield _Rule("stars", _made(rf"(?<!ลาย)ดาว\s*([1-5])(?!\d)\s*{_UPWARDS}?"), _stars)
    cue = r"(?:ราคา|ช่วง|ระหว่าง|ตั้งแต่|between|from|prices?)\s*"
    yield _Rule("price", _made(rf"(?:{_LEAD}){cue}{_N}{_TO}{_N}"), _between)
    yield _Rule("price", _made(rf"(?:฿\s*)?({AMOUNT}){_TO}(?:฿\s*)?({AMOUNT})\s*{_BAHT}"), _between)
    yield _Rule("price", _made(rf"{_LEAD}(?:{_MOST})\s*(?:ไม่เกิน\s*)?{_N}"), _at_most)
    yield _Rule("price", _made(rf"{_LEAD}{_N}\s*{_UPWARDS}"), _at_least)
    yield _Rule("price", _made(rf"{_LEAD}(?<!ไม่)(?:{_LEAST})\s*{_N}(?:\s*{_UPWARDS})?"), _at_least)
    yield _Rule("price", _made(rf"{_LEAD}(?:{_ABOUT})\s*(?:฿\s*)?({AMOUNT})\s*{_BAHT}"), _near)
    yield _Rule("price", _made(rf"(?:ราคา|price)\s*(?:{_ABOUT})?\s*{_N}"), _near)
    yield _Rule("price", _made(rf"({AMOUNT})\s*{_BAHT}"), _near)
    yield _Rule("price", _made(rf"฿\s*({AMOUNT})"), _near)
    for table in data_of("wishes")["wish"]:
        pattern = _alone(table["words"], table.get("not_after", ()))
        yield _Rule(table["kind"], _made(pattern), _word(table["value"]), table["kind"] == "region")
    signed = "|".join(sorted(map(re.escape, provinces()), key=len, reverse=True))
    yield _Rule("province", _made(rf"(?:จังหวัด|จ\.|จาก|เมือง)\s*({signed})"), _place)
    bare = provinces().keys() - need_a_sign()
    names = sorted(map(re.escape, bare), key=len, reverse=True)
    thai = "|".join(name for name in names if not name.isascii())
    latin = "|".join(name for name in names if name.isascii())
    yield _Rule("province", _made(rf"(?:ของ|ที่)({thai})(?![ะ-ฺ็-๎])"), _place)
    yield _Rule("province", _made(rf"({thai})(?![ะ-ฺ็-๎])"), _place, may_be_part=True)
    from_ = r"(?:(?:from|in|of)\s+)?"
    yield _Rule("province", _made(rf"{from_}(?<![a-z])({latin})(?![a-z])(?:\s+province)?"), _place)


def _made(pattern: str) -> re.Pattern:
    return re.compile(pattern)


_RULES = tuple(_rules())
