"""Who keeps photos: apps say so in `AppConfig.ready()`, and what nobody keeps is forgotten.

Functions are named, not imported: when apps make themselves ready there are no models yet.
"""

from django.utils.module_loading import import_string

_paths: list[str] = []


def register(function_path: str) -> None:
    """Let a function speak for the photos it keeps.

    `function_path` is its dotted path; it takes names of stored pictures (at most 500) and returns
    those among them that must stay.
    """
    if function_path not in _paths:
        _paths.append(function_path)


def in_use(names: set[str]) -> set[str]:
    """Return those of the names that something keeps."""
    return {name for path in _paths for name in import_string(path)(names)} & names
