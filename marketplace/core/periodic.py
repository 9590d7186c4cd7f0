"""What comes round by itself. Apps say so in `AppConfig.ready()`; core.worker runs it.

Functions are named, not imported: when apps make themselves ready there are no models yet.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Periodic:
    seconds: float
    name: str
    function_path: str


_registry: dict[str, Periodic] = {}


def every(seconds: float, name: str, function_path: str) -> None:
    """Let the workers call a function about every so many seconds, one worker at a time.

    `function_path` is its dotted path; it takes nothing and is safe to repeat. Called again with
    the same name: the later one counts.
    """
    _registry[name] = Periodic(seconds, name, function_path)


def all_jobs() -> list[Periodic]:
    return list(_registry.values())
