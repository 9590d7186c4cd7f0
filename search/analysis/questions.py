"""What somebody asks for: wishes, and terms with every way in which they may be written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from search.analysis import (
    attributes,
    compounds,
    dictionary,
    folding,
    keyboard,
    lexicon,
    skeletons,
)
from search.analysis.attributes import Wish
from search.analysis.lexicon import Concept
from search.analysis.names import Named, Names
from search.analysis.text import clean
from search.analysis.words import Word, words_of

MOST_TERMS = 8
MOST_LETTERS = 200
AS_TYPED, OTHER_NAME, PARTS, NARROWER = 1.0, 0.9, 0.7, 0.5
"""How much a way of writing counts beside the word as it was typed."""
_SAY_NOTHING = frozenset(
    ("และ", "หรือ", "ของ", "จาก", "ที่", "สำหรับ", "แบบ", "ใน", "กับ")
    + ("the", "a", "an", "and", "or", "of", "for", "from", "in", "with", "to", "my", "some")
)


@dataclass(frozen=True)
class Way:
    """Words that all belong to a text in which a term is written in this way."""

    words: tuple[str, ...]
    weight: float


@dataclass(frozen=True)
class Term:
    """One thing to look for. `folded` and `sound` are how it is written where nobody spells it
    alike; `sound` only of Latin letters. `by` says how its concepts were told (`Named.by`)."""

    text: str
    ways: tuple[Way, ...]
    folded: str
    sound: str
    concepts: tuple[str, ...] = ()
    by: str = ""


@dataclass(frozen=True)
class Question:
    """What a question was understood as. `retyped` is what the same keys write on the keyboard
    that was meant, where it was the wrong one; "" otherwise."""

    text: str
    wishes: tuple[Wish, ...]
    terms: tuple[Term, ...]
    retyped: str = ""


@cache
def shipped_names() -> Names:
    """The names of the concepts of the files. Changing them asks for another process."""
    return Names(lexicon.shipped())


def read(typed: str, names: Names | None = None) -> Question:
    """Understand a question; never fails. Beyond 200 letters and eight terms nothing is read.

    Where its words are no words, and the other keyboard's are, those were meant.
    """
    names = names or shipped_names()
    text = clean(typed[: 2 * MOST_LETTERS])[:MOST_LETTERS]
    found = _read(text, names)
    if all(term.by or _is_word(term) for term in found.terms):
        return found
    meant = clean(_other_keyboard(typed[:MOST_LETTERS]))
    other = _read(meant, names)
    if other.terms and all(term.by == "words" or _is_word(term) for term in other.terms):
        return Question(text, other.wishes, other.terms, retyped=meant)
    return found


def _read(text: str, names: Names) -> Question:
    parsed = attributes.parse(text)
    words = list(words_of(parsed.rest))
    telling = [word for word in words if word.text not in _SAY_NOTHING] or words
    return Question(text, parsed.wishes, tuple(_terms(telling, names))[:MOST_TERMS])


def _terms(words: Sequence[Word], names: Names) -> Iterator[Term]:
    at = 0
    while at < len(words):
        named = names.at(words, at)
        count = named.words if named else _unknown(words, at, names)
        yield _term(words[at : at + count], named, names)
        at += count


def _unknown(words: Sequence[Word], at: int, names: Names) -> int:
    """How many words make one term that names nothing: Latin ones up to the next name, since
    nobody knows where a Thai word in Latin letters ends; Thai ones each for itself."""
    if words[at].kind != "latin":
        return 1
    count = 1
    while (
        at + count < len(words)
        and words[at + count].kind == "latin"
        and not names.at(words, at + count)
    ):
        count += 1
    return count


def _term(words: Sequence[Word], named: Named | None, names: Names) -> Term:
    typed = tuple(word.text for word in words)
    text = _joined(words)
    ways = {typed: AS_TYPED} | _parts(typed)
    for concept in named.concepts if named else ():
        for way in _names_of(concept):
            ways.setdefault(way, OTHER_NAME)
        for key in concept.includes:
            for way in _names_of(names.by_key[key]):
                ways.setdefault(way, NARROWER)
    is_latin = all(word.kind == "latin" for word in words)
    return Term(
        text=text,
        ways=tuple(Way(way, weight) for way, weight in ways.items()),
        folded=folding.fold("".join(typed)),
        sound=skeletons.of_latin("".join(typed)) if is_latin else "",
        concepts=tuple(concept.key for concept in named.concepts) if named else (),
        by=named.by if named else "",
    )


def _parts(typed: tuple[str, ...]) -> dict[tuple[str, ...], float]:
    """The same word taken apart: ผ้าไหม is found in ผ้าพันคอไหม."""
    parts = tuple(part for word in typed for part in (compounds.parts(word) or (word,)))
    return {parts: PARTS} if parts != typed else {}


def _names_of(concept: Concept) -> list[tuple[str, ...]]:
    return [_written(name) for name in (*concept.th, *concept.en, *concept.roman)]


@cache
def _written(name: str) -> tuple[str, ...]:
    return tuple(word.text for word in words_of(clean(name)))


def _joined(words: Sequence[Word]) -> str:
    return ("" if words[0].kind == "thai" else " ").join(word.text for word in words)


def _is_word(term: Term) -> bool:
    """Of three letters at least: there are words of two for nearly every pair of keys."""
    return len(term.text) >= 3 and term.text in dictionary.words()


def _other_keyboard(typed: str) -> str:
    is_thai = any("\u0e01" <= char <= "\u0e5b" for char in typed)
    return keyboard.as_latin(typed) if is_thai else keyboard.as_thai(typed)
