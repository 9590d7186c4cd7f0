"""The words that Thai is cut into: a general dictionary, our terms, all places.

The general dictionary (PyThaiNLP's) knows ผ้าไหม and not แพรวา; our terms are the words of village
goods that it lacks (`data/terms`), and the names of provinces, amphoe and tambon come from the
official register. No names of villages and makers: they change daily, and an index must not. No
names of concepts either, many of which are several words; staff may add to them at any time.
"""

from functools import cache
from pathlib import Path

import geothai
from pythainlp.corpus import thai_words

from search.analysis.files import DATA
from search.analysis.text import clean, runs

TERMS = DATA / "terms"
SHORTEST_PLACE = 4
"""Letters of a place's name: shorter ones are everyday words (นา, ป่า) that must not be joined."""


@cache
def words() -> frozenset[str]:
    """Every word, cleaned; Thai letters only. Made once a process, in about half a second."""
    return frozenset({*_general(), *terms(), *_places()})


@cache
def terms() -> frozenset[str]:
    """Our own terms, from the files beside this module."""
    lines = (line for path in sorted(TERMS.glob("*.txt")) for line in _lines(path))
    return frozenset(clean(line) for line in lines)


def _lines(path: Path) -> list[str]:
    found = (line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines())
    return [line for line in found if line]


def _general() -> set[str]:
    return {word for word in map(clean, thai_words()) if _is_one_thai_run(word)}


def _places() -> set[str]:
    found = set()
    for province in geothai.provinces():
        found.add(province.name_th)
        for amphoe in geothai.districts(province.code):
            found.add(amphoe.name_th)
            found.update(tambon.name_th for tambon in geothai.subdistricts(amphoe.code))
    names = {clean(name) for name in found}
    return {name for name in names if len(name) >= SHORTEST_PLACE and _is_one_thai_run(name)}


def _is_one_thai_run(word: str) -> bool:
    found = list(runs(word))
    return len(found) == 1 and found[0].kind == "thai" and found[0].text == word
