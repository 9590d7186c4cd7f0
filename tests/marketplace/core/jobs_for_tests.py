"""Jobs that leave a line in a file, so that another process can see them run."""

import os
import time
from pathlib import Path

from django_tasks import task

from marketplace.core.worker import LONG

FILE = "JOBS_FILE"


def note(text: str) -> None:
    with Path(os.environ[FILE]).open("a", encoding="utf-8") as handle:
        handle.write(f"{text}\n")


@task()
def quick(text: str) -> None:
    note(text)


@task()
def fails() -> None:
    note("failing")
    raise ValueError("no")


@task()
def slow(text: str, seconds: float) -> None:
    note(f"begin {text}")
    time.sleep(seconds)
    note(f"end {text}")


@task(queue_name=LONG)
def long_until(other: str) -> None:
    """Takes as long as another job needs to be done; a minute at most."""
    note("begin long")
    until = time.monotonic() + 60
    while other not in Path(os.environ[FILE]).read_text(encoding="utf-8"):
        if time.monotonic() > until:
            return note(f"no {other}")
        time.sleep(0.05)
    return note("end long")


def round_trip() -> None:
    note("round")


def broken_round() -> None:
    note("broken")
    raise ValueError("no")
