"""Cut Thai, which has no spaces, into words: the fewest that the dictionary knows.

nlpo3 does it in Rust, about forty times as fast as PyThaiNLP's own code, which does the same where
nlpo3 has no wheel. Loaded before the web server forks, its 60 MB count once.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from pythainlp.tokenize import newmm
from pythainlp.util import Trie

from search.analysis import dictionary

try:
    import nlpo3
except ImportError:  # no wheel for this machine
    nlpo3 = None

LONGEST = 2_000
"""Letters of one run: newmm takes very long over endless text without a space."""


def segment(run: str) -> list[str]:
    """The words of one run of cleaned Thai letters, in order; together they are the run."""
    cut = _cutter()
    return [
        word for start in range(0, len(run), LONGEST) for word in cut(run[start : start + LONGEST])
    ]


def warm_up() -> None:
    """Load the dictionary now, instead of with the first question."""
    segment("ผ้าไหม")


@cache
def _cutter() -> Callable[[str], list[str]]:
    words = sorted(dictionary.words())
    return _with_nlpo3(words) if nlpo3 else _with_newmm(words)


def _with_nlpo3(words: list[str]) -> Callable[[str], list[str]]:
    text = "\n".join(words)
    name = f"otop-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    nlpo3.load_dict(str(_kept(name, text)), name)
    return lambda run: nlpo3.segment(run, name)


def _kept(name: str, text: str) -> Path:
    """The file that nlpo3 wants its words in; written whole or not at all, by whoever is first."""
    folder = Path(settings.SEARCH_ROOT)
    path = folder / f"{name}.txt"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        number, draft = tempfile.mkstemp(dir=folder, suffix=".draft")
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(text)
        Path(draft).replace(path)
    return path


def _with_newmm(words: list[str]) -> Callable[[str], list[str]]:
    trie = Trie(words)
    return lambda run: newmm.segment(run, custom_dict=trie)
