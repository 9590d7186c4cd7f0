"""The words that we write ourselves, as files beside this module."""

import tomllib
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@cache
def data_of(name: str) -> dict:
    """What a file `data/NAME.toml` says. Not to be changed: everybody gets the same."""
    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))
