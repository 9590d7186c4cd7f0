"""Thai in Latin letters after the rules of the Royal Society (RTGS), nearly without a dictionary.

Thai marks neither where syllables end nor its commonest short vowels. So every way of cutting a
word into well-formed syllables is weighed, each kind of syllable has a cost, and the cheapest cut
wins. Right on nearly all names of places, wrong now and then on learned loanwords: fit for slugs,
not for passports.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from marketplace.core.thai_syllables import (
    CLUSTERS,
    COSTS,
    FALSE_CLUSTERS,
    FINALS,
    INITIALS,
    INSIDE_ONLY,
    MUST,
    NO,
    NUCLEI,
    SILENT_LEADERS,
    SONORANTS,
    SPREAD_BY_SIBILANTS,
    WORDS,
)

_MARK = re.compile("[ะ-ฺๅ็-๎]")
_SILENCED = re.compile("(?:[ทตด]ร|ษณ|จน|ทน|[ก-ฮ][ิุ]?)์")


class _Piece(NamedTuple):
    """Something that may stand at a place in a word: its sound, its cost, where it ends."""

    end: int
    sound: str
    cost: float


def romanise(word: str) -> list[str]:
    """Cut one Thai word into syllables in Latin letters: ผ้าไหม -> ["pha", "mai"].

    Takes normalised text of Thai letters only and never fails: signs that belong to no syllable
    are passed over, ๆ repeats the syllable before it. The same word always gives the same answer.
    """
    syllables: list[str] = []
    for number, part in enumerate(word.replace("ฯ", "").split("ๆ")):
        if number:
            syllables += syllables[-1:]
        syllables += _cheapest_cut(part)
    return syllables


def _cheapest_cut(word: str) -> list[str]:
    """Go from the end to the start, keeping the cheapest continuation at each place."""
    cheapest = [0.0] * (len(word) + 1)
    chosen: list[_Piece] = []
    for start in range(len(word) - 1, -1, -1):
        pieces = list(_pieces(word, start))
        piece = min(pieces, key=lambda piece: round(piece.cost + cheapest[piece.end], 6))
        cheapest[start] = piece.cost + cheapest[piece.end]
        chosen.append(piece)
    chosen.reverse()
    return _read(chosen)


def _read(chosen: list[_Piece]) -> list[str]:
    syllables, at = [], 0
    while at < len(chosen):
        syllables += [part for part in chosen[at].sound.split("-") if part]
        at = chosen[at].end
    return syllables


def _pieces(word: str, start: int) -> Iterator[_Piece]:
    yield from _known_words(word, start)
    yield from _syllables(word, start)
    yield _Piece(start + 1, "", COSTS["stray sign"])


def _known_words(word: str, start: int) -> Iterator[_Piece]:
    for thai, sound in WORDS.get(word[start], ()):
        end = start + len(thai)
        if not word.startswith(thai, start) or (end == len(word) and thai in INSIDE_ONLY):
            continue
        if not _MARK.match(word, end) and not _SILENCED.match(word, end):
            yield _Piece(end, sound, COSTS["word"] * (1 + sound.count("-")))


def _syllables(word: str, start: int) -> Iterator[_Piece]:
    lead = word[start] if word[start] in "เแโใไ" else ""
    for after_onset, onset, onset_cost in _onsets(word, start + len(lead), led=bool(lead)):
        for pattern, sound, final_rule, kind in NUCLEI[lead]:
            found = pattern.match(word, after_onset)
            if not found:
                continue
            if sound == "rue" and onset in ("k", "t", "s"):
                sound = "ri"
            cost = COSTS["syllable"] + COSTS[_kind(kind, word, start, after_onset)] + onset_cost
            for end, final, final_cost in _finals(word, found.end(), final_rule):
                if end > start and (kind != "hidden o" or final not in ("i", "o")):
                    yield _Piece(end, onset + sound + final, cost + final_cost)


def _kind(kind: str, word: str, start: int, after_onset: int) -> str:
    """A hidden a is likeliest in an obstruent before a sonorant: ส in สนาม, ต in ตลาด."""
    following = word[after_onset : after_onset + 1]
    if kind == "hidden a" and following and following in SONORANTS:
        return kind if word[start] in SONORANTS else "hidden a before sonorant"
    return kind


def _onsets(word: str, at: int, *, led: bool) -> Iterator[tuple[int, str, float]]:
    """Ways to begin a syllable at a place: where the vowel may follow, sound, cost."""
    first, pair = word[at : at + 1], word[at : at + 2]
    if first in ("ฤ", "ฦ"):
        yield at, "", 0.0
    if first not in INITIALS:
        return
    yield at + 1, INITIALS[first], 0.0
    for kind, pairs in _PAIRS:
        if pair in pairs:
            yield at + 2, pairs[pair], COSTS[kind]
    second = pair[1:]
    if led and second in INITIALS and first != "ห" and pair not in CLUSTERS:
        # The vowel written first belongs behind the second consonant: เสม็ด is sa-met.
        cost = COSTS["spread"] if second in SONORANTS else COSTS["spread over obstruent"]
        if second in SONORANTS or second in SPREAD_BY_SIBILANTS:
            yield at + 2, f"{INITIALS[first]}a-{INITIALS[second]}", cost


_PAIRS = (
    ("cluster", CLUSTERS),
    ("silent leader", SILENT_LEADERS),
    ("false cluster", FALSE_CLUSTERS),
)


def _finals(word: str, at: int, rule: str) -> Iterator[tuple[int, str, float]]:
    """Ways to end a syllable whose vowel ended at a place: where it ends, sound, cost."""
    if rule != MUST:
        yield at, "", 0.0
        if found := _SILENCED.match(word, at):
            yield found.end(), "", 0.0
    letter, following = word[at : at + 1], word[at + 1 : at + 2]
    if rule == NO or letter not in FINALS:
        return
    sound = FINALS[letter]
    yield at + 1, sound, COSTS["final"]
    yield at, sound, COSTS["shared consonant"]
    if found := _SILENCED.match(word, at + 1):
        yield found.end(), sound, COSTS["final"]
    if following == "ร" and letter in "กขคชดตท":
        yield at + 2, sound, COSTS["final"] + COSTS["silent r"]
    if letter == "ร" and following in FINALS:
        yield at + 2, FINALS[following], COSTS["final"] + COSTS["silent r"]
    if following in ("ิ", "ุ") and letter in "ตทม":
        yield at + 2, sound, COSTS["final"] + COSTS["silent vowel"]
