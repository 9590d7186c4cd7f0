"""Counts the statements of a piece of work and the time their answers took to come."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection


@dataclass
class Meter:
    """`ms` is what the caller waited for the database: sending, planning, executing."""

    statements: list[tuple[float, str]] = field(default_factory=list)

    @property
    def ms(self) -> float:
        return sum(ms for ms, _sql in self.statements)

    def __call__(self, execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.statements.append(((time.perf_counter() - began) * 1000, sql))


@contextmanager
def metered() -> Iterator[Meter]:
    meter = Meter()
    with connection.execute_wrapper(meter):
        yield meter


def timed(work) -> tuple[float, object]:
    """Seconds, and what came of it."""
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found
