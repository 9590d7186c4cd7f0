"""Where people begin after signing in. Packages above say who begins on a page of theirs."""

from collections.abc import Callable
from dataclasses import dataclass

from marketplace.accounts.queries import Visitor


@dataclass(frozen=True)
class Beginning:
    """A page where some people begin, and what a link to it says (lazy)."""

    url_name: str
    label: str
    is_for: Callable[[Visitor], bool]


_BEGINNINGS: list[Beginning] = []


def begin_at(url_name: str, label: str, is_for: Callable[[Visitor], bool]) -> None:
    """Let the people of whom `is_for` is true begin there; who asked first comes first."""
    _BEGINNINGS.append(Beginning(url_name, label, is_for))


def beginning_of(user: Visitor) -> Beginning | None:
    """The page where somebody begins; None for everybody whose account page it is."""
    return next((one for one in _BEGINNINGS if one.is_for(user)), None)
