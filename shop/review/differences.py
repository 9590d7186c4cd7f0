"""What changed in a text, word by word, for people to read side by side.

Thai has no spaces between words: it is cut into what is written together (a consonant with its
signs), and what stands alone between two changes counts as changed, so that words stay whole.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_PIECE = re.compile(
    r"[เแโใไ]?[ก-ฮ][ัิ-ฺ็-๎]*[ะาำๅ]?|[A-Za-z]+|[0-9๐-๙]+|\s+|.",
    re.DOTALL,
)
_WORD = re.compile(r"\s+|\S+")
_ISLAND = 3  # pieces
_MOST_WORK = 4_000_000  # comparisons: about a second


@dataclass(frozen=True)
class Part:
    text: str
    is_changed: bool


def compare(before: str, after: str) -> tuple[list[Part], list[Part]]:
    """Return both texts in parts; joined, the parts are the texts. Quick for any length."""
    for cut in (_PIECE, _WORD):
        old, new = cut.findall(before), cut.findall(after)
        start = _shared(old, new)
        end = _shared(old[start:][::-1], new[start:][::-1])
        middle = old[start : len(old) - end], new[start : len(new) - end]
        if len(middle[0]) * len(middle[1]) <= _MOST_WORK:
            break
    else:
        return _tidy([(before, True)]), _tidy([(after, True)])
    head, tail = ("".join(old[:start]), False), ("".join(old[len(old) - end :]), False)
    pairs = list(_differing(*middle))
    sides = ([(pair[side], pair[2]) for pair in pairs] for side in (0, 1))
    first, second = (_tidy([head, *parts, tail]) for parts in sides)
    return first, second


def _shared(old: list[str], new: list[str]) -> int:
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _differing(old: list[str], new: list[str]) -> Iterator[tuple[str, str, bool]]:
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for place, (act, a, b, c, d) in enumerate(blocks):
        is_between = 0 < place < len(blocks) - 1
        is_island = is_between and b - a < _ISLAND and not "".join(old[a:b]).isspace()
        yield "".join(old[a:b]), "".join(new[c:d]), act != "equal" or is_island


def _tidy(parts: list[tuple[str, bool]]) -> list[Part]:
    """Join neighbours of a kind and drop empty ones."""
    tidy: list[Part] = []
    for text, is_changed in parts:
        if text and tidy and tidy[-1].is_changed == is_changed:
            tidy[-1] = Part(tidy[-1].text + text, is_changed)
        elif text:
            tidy.append(Part(text, is_changed))
    return tidy
