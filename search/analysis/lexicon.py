"""What people seek, whatever they call it: concepts with their Thai, English and romanised names.

Shipped as files (`data/concepts`), one table a concept; staff add names and concepts of their own
in the back office (`search.models`), which count at once: names are looked up when somebody asks,
never when a product is indexed.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from search.analysis.files import DATA

CONCEPTS = DATA / "concepts"
KINDS = (
    *("goods", "material", "technique", "pattern", "quality"),
    *("occasion", "ingredient", "use", "recipient"),
)
TYPES = ("food", "drinks", "textiles", "household", "herbs")


class BadConcept(ValueError):
    """A table of the files that says something it cannot."""


@dataclass(frozen=True)
class Concept:
    """One thing that is sought. `th`, `en` and `roman` name the same; `includes` are narrower
    concepts that somebody who asks for this one is glad to find."""

    key: str
    th: tuple[str, ...]
    en: tuple[str, ...]
    roman: tuple[str, ...] = ()
    kind: str = "goods"
    type: str = ""
    material: str = ""
    includes: tuple[str, ...] = ()


@cache
def shipped() -> tuple[Concept, ...]:
    """The concepts of the files, by key. Raises BadConcept."""
    tables: dict[str, dict] = {}
    for path in sorted(CONCEPTS.glob("*.toml")):
        for key, table in tomllib.loads(path.read_text("utf-8")).items():
            if key in tables:
                raise BadConcept(f"{path.name}: {key} is in two files")
            tables[key] = table
    concepts = tuple(_concept(key, tables[key]) for key in sorted(tables))
    _check(concepts)
    return concepts


def _concept(key: str, table: dict) -> Concept:
    values = {
        name: tuple(value) if isinstance(value, list) else value for name, value in table.items()
    }
    try:
        return Concept(key=key, **values)
    except TypeError as error:
        raise BadConcept(f"{key}: {error}") from error


def _check(concepts: Iterable[Concept]) -> None:
    """Raises BadConcept for a concept that leads nowhere."""
    known = {concept.key: concept for concept in concepts}
    for concept in known.values():
        if not concept.th or not concept.en:
            raise BadConcept(f"{concept.key} has no Thai or no English name")
        if concept.kind not in KINDS or concept.type not in ("", *TYPES):
            raise BadConcept(f"{concept.key} is of no kind or type that we know")
        if concept.material and known.get(concept.material, concept).kind != "material":
            raise BadConcept(f"{concept.key} is made of {concept.material}, which is no material")
        if lost := [key for key in concept.includes if key not in known]:
            raise BadConcept(f"{concept.key} includes {lost[0]}, which is not there")
