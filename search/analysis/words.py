"""Text as words: what an index holds and what a question is compared with."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from search.analysis.segmenting import segment
from search.analysis.text import runs

_ES = ("sses", "xes", "zzes", "ches", "shes")
_OTHERWISE = {
    **{"scarves": "scarf", "knives": "knife", "leaves": "leaf", "loaves": "loaf"},
    **{"shelves": "shelf", "children": "child", "men": "man", "women": "woman"},
}
_NO_PLURAL = ("ss", "us", "is")


class Word(NamedTuple):
    """A word of cleaned text, and where it stands there. Latin words are singular."""

    kind: str  # "thai", "latin" or "number"
    text: str
    start: int
    end: int


def words_of(text: str) -> Iterator[Word]:
    """The words of cleaned text, in order."""
    for run in runs(text):
        if run.kind != "thai":
            word = singular(run.text) if run.kind == "latin" else run.text.replace(",", "")
            yield Word(run.kind, word, run.start, run.start + len(run.text))
            continue
        start = run.start
        for word in segment(run.text):
            yield Word("thai", word, start, start + len(word))
            start += len(word)


@lru_cache(maxsize=10_000)
def singular(word: str) -> str:
    """An English word without the ending of its plural: baskets, boxes, berries."""
    if word in _OTHERWISE:
        return _OTHERWISE[word]
    if len(word) < 4 or word.endswith(_NO_PLURAL):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(_ES):
        return word[:-2]
    return word.removesuffix("s")
