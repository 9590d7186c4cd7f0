"""What a seeded bug is: each a mistake that a careful person could make."""

from typing import NamedTuple

LEDGER, SERVICES = "marketplace/ledger", "marketplace/ledger/services"


class Change(NamedTuple):
    """Text that occurs once in a file, and what stands there instead."""

    file: str
    right: str
    wrong: str


class Bug(NamedTuple):
    """`tests` are the files that ought to see it beside the state machine, which meets all."""

    name: str
    changes: tuple[Change, ...]
    tests: tuple[str, ...]


def bug(name: str, change: tuple[str, str, str], *tests: str, and_: tuple = ()) -> Bug:
    """`tests` are named from the folder of tests on; `and_` are further changes."""
    changes = tuple(Change(*one) for one in (change, *and_))
    return Bug(name, changes, tuple(f"tests/{test}" for test in tests))
