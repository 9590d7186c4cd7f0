"""Which concepts the words of a question name: as written, as they sound, or in Latin letters."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from search.analysis import folding, skeletons
from search.analysis.lexicon import Concept
from search.analysis.text import clean
from search.analysis.words import Word, words_of

LONGEST = 6
"""Words of one name."""
SHORTEST_SOUND = 4
"""Letters of a skeleton: shorter ones are those of too many words."""


class Named(NamedTuple):
    """Concepts that so many words from a place on name, and how they were told."""

    concepts: tuple[Concept, ...]
    words: int
    by: str  # "words", "fold" or "sound"


@dataclass
class Names:
    """The names of concepts, to be looked up. Made once for each state of the lexicon."""

    concepts: Iterable[Concept]
    by_key: dict[str, Concept] = field(default_factory=dict)
    _by: dict[str, dict[str, list[Concept]]] = field(
        default_factory=lambda: {way: defaultdict(list) for way in ("words", "fold", "sound")}
    )

    def __post_init__(self) -> None:
        for concept in self.concepts:
            self.by_key[concept.key] = concept
            for name in concept.th:
                words = list(words_of(clean(name)))
                letters = "".join(word.text for word in words)
                self._keep("words", _as_written(words), concept)
                self._keep("fold", folding.fold(letters), concept)
                self._keep("sound", skeletons.of_thai(letters), concept)
            for name in (*concept.en, *concept.roman):
                self._keep("words", _as_written(list(words_of(clean(name)))), concept)
            for name in concept.roman:
                self._keep("sound", _sound(list(words_of(clean(name)))), concept)

    def _keep(self, way: str, name: str, concept: Concept) -> None:
        found = self._by[way][name]
        if name and concept not in found:
            found.append(concept)

    def at(self, words: Sequence[Word], start: int) -> Named | None:
        """The longest name that begins at a word; of equally long ones the one as written.

        What is misspelt is looked up only where no name is written so: ผ้าใหม, pha mai.
        """
        for count in range(min(LONGEST, len(words) - start), 0, -1):
            some = words[start : start + count]
            for way, name in _spellings(some):
                if concepts := self._by[way].get(name):
                    return Named(tuple(concepts), count, way)
        return None


def _spellings(words: Sequence[Word]) -> list[tuple[str, str]]:
    kinds = {word.kind for word in words}
    ways = [("words", _as_written(words))]
    if kinds == {"thai"}:
        ways.append(("fold", folding.fold("".join(word.text for word in words))))
    if kinds == {"latin"} and len(sound := _sound(words)) >= SHORTEST_SOUND:
        ways.append(("sound", sound))
    return ways


def _as_written(words: Sequence[Word]) -> str:
    """Thai without spaces, since it is cut in many ways; Latin words with them."""
    kinds = {word.kind for word in words}
    return ("" if kinds == {"thai"} else " ").join(word.text for word in words)


def _sound(words: Sequence[Word]) -> str:
    return skeletons.of_latin("".join(word.text for word in words if word.kind == "latin"))
