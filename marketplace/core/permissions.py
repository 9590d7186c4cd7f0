"""The two answers of every `may_…()` function: yes, or no with a reason for people."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Allowed:
    """The act may go ahead; true in a condition."""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True)
class Denied:
    """The act may not go ahead; false in a condition. `reason` is a sentence, possibly lazy."""

    reason: str

    def __bool__(self) -> bool:
        return False
