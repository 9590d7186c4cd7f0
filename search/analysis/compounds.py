"""What long words are made of: ผ้าไหม is ผ้า and ไหม, so whoever asks for ไหม finds it.

A part must be a word that shoppers would ask for. The general dictionary is full of short words
that stand inside others by accident: `data/compounds.toml` names those.
"""

from functools import lru_cache

from search.analysis import dictionary
from search.analysis.files import data_of

SHORTEST_WHOLE = 5
SHORTEST_PART = 3
MOST_PARTS = 4


@lru_cache(maxsize=50_000)
def parts(word: str) -> tuple[str, ...]:
    """The words that a cleaned Thai word is made of: the fewest; none if it is not made of any."""
    said = data_of("compounds")
    if len(word) < SHORTEST_WHOLE or word in said["whole"]:
        return ()
    known = dictionary.words()
    fewest: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(SHORTEST_PART, len(word) + 1):
        for start in range(end - SHORTEST_PART, -1, -1):
            before, part = fewest[start], word[start:end]
            if before is None or part == word or part in said["no_parts"] or part not in known:
                continue
            best = fewest[end]
            if best is None or len(before) + 1 < len(best):
                fewest[end] = (*before, part)
    found = fewest[-1]
    return found if found and 2 <= len(found) <= MOST_PARTS else ()
