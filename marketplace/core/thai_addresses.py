"""Reading Thai addresses as people write them. Import from `marketplace.core.thai`.

Only splits the text: whether such a tambon exists is for `marketplace.places` to say.
"""

import re
from dataclasses import dataclass

from marketplace.core.thai_text import arabic_digits, normalise

# Each part begins at its word and ends where the next one begins. A word of one letter needs its
# dot, and one that also occurs inside names (เขต in สนามชัยเขต) counts only where a name starts.
_START = r"(?:^|(?<=[\s,./()\d]))"
_MARKERS = {
    "moo": rf"(?:หมู่ ?ที่|{_START}หมู่(?= ?\d)|{_START}ม\. ?(?=\d)|{_START}ม(?= ?\d))",
    "village_name": rf"(?:หมู่บ้าน|{_START}บ้าน(?!เลขที่)|{_START}บ\.)",
    "soi": rf"(?:ซอย|{_START}ซ\.)",
    "road": rf"(?:ถนน|{_START}ถ\.)",
    "tambon": rf"(?:ตำบล|แขวง|{_START}ต\.|(?<=[ก-๎])ต\.(?! ?[คศ]))",
    "amphoe": rf"(?:กิ่งอำเภอ|อำเภอ|{_START}เขต|{_START}กิ่งอ\.|{_START}อ\.|(?<=[ก-๎])อ\.)",
    "province": rf"(?:จังหวัด|{_START}จ\.|(?<=[ก-๎])จ\.|{_START}(?=กรุงเทพ|กทม))",
}
_ANY_MARKER = re.compile("|".join(f"(?P<{part}>{words})" for part, words in _MARKERS.items()))
_POSTCODE = re.compile(r"(?:รหัสไปรษณีย์|รหัส)? ?(?<![\d/-])([1-9]\d{4})(?![\d/-])")
_HOUSE = re.compile(r"^(?:บ้าน)?(?:เลข)?(?:ที่)?\s*(\d[\d/.,\- ]*\d|\d)")
_SAID_TWICE = re.compile(r"(?:ต\. ?(?=ตำบล)|อ\. ?(?=อำเภอ)|จ\. ?(?=จังหวัด))")
_MOO_NUMBER = re.compile(r"\s*(\d{1,2})(?!\d)")
_BANGKOK = re.compile(r"^(?:กรุงเทพ(?:มหานคร|ฯ)?|กทม\.?)$")
_PLACES = ("tambon", "amphoe", "province")
_EDGES = " ,.;:-()"


@dataclass(frozen=True)
class ParsedAddress:
    """The parts of an address as written, each without its word and "" where there is none.

    `moo` is a number as text without leading zeros, `postcode` five digits; `village_name` keeps
    its บ้าน, as the registers of villages do.
    """

    house_no: str = ""
    moo: str = ""
    village_name: str = ""
    soi: str = ""
    road: str = ""
    tambon: str = ""
    amphoe: str = ""
    province: str = ""
    postcode: str = ""


def parse_address(text: str) -> ParsedAddress:
    """Split an address into its parts; what it cannot place is left out, it never raises.

    Understands ม. หมู่ หมู่ที่, ต. ตำบล แขวง, อ. อำเภอ เขต, จ. จังหวัด, กทม., Thai digits, line
    breaks and missing spaces. The first mention of a part wins.
    """
    tidy = _SAID_TWICE.sub("", arabic_digits(normalise(text)))
    parts: dict[str, str] = {}
    if found := _last_postcode(tidy):
        parts["postcode"], tidy = found[1], tidy[: found.start()]
    marks = _markers(tidy)
    if found := _HOUSE.match(tidy[: marks[0].start()] if marks else tidy):
        parts["house_no"] = found[1].strip(_EDGES)
    ends = [mark.start() for mark in marks[1:]] + [len(tidy)]
    for mark, end in zip(marks, ends, strict=False):
        _keep(parts, mark, tidy[mark.end() : end])
    return ParsedAddress(**parts)


def _last_postcode(text: str) -> re.Match | None:
    """The last five digits that stand alone, unless the address begins with them."""
    found = list(_POSTCODE.finditer(text))
    return found[-1] if found and found[-1].start() else None


def _markers(text: str) -> list[re.Match]:
    """The words that begin a part, without those that belong to a name: ต.บ้านกลาง, ต.สามตำบล."""
    kept: list[re.Match] = []
    for mark in _ANY_MARKER.finditer(text):
        between = text[kept[-1].end() : mark.start()] if kept else ""
        if not kept or not _belongs_to_name(kept[-1], between, mark):
            kept.append(mark)
    return kept


def _belongs_to_name(before: re.Match, between: str, mark: re.Match) -> bool:
    if before.lastgroup not in _PLACES:
        return False
    if not between.strip():
        return True
    glued = not between.endswith((" ", ","))
    return glued and (mark.lastgroup not in _PLACES or mark.lastgroup == before.lastgroup)


def _keep(parts: dict[str, str], mark: re.Match, value: str) -> None:
    part, word = mark.lastgroup, mark[0].strip()
    if part == "moo":
        found = _MOO_NUMBER.match(value)
        rest = value[found.end() :].strip(_EDGES) if found else ""
        value = str(int(found[1])) if found else ""
        # Between its number and the tambon people often write the name of the village alone.
        if rest and re.fullmatch("[ก-๎ ]+", rest):
            parts.setdefault("village_name", rest)
    value = value.strip(_EDGES)
    if part == "province":
        value = "กรุงเทพมหานคร" if _BANGKOK.match(value) else value
    if part in _PLACES:
        # Names of these places are one word; what follows a space belongs to something else.
        value = value.split(" ")[0].strip(_EDGES)
    if value and word in ("บ้าน", "บ."):
        value = f"บ้าน{value}"
    if value:
        parts.setdefault(part, value)
