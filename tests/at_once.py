"""Let several acts begin in the same moment, as shoppers, taps and workers do."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections


def at_once(acts: Sequence[Callable], refusals: tuple[type[Exception], ...] = ()) -> list:
    """Begin all acts together, each in a thread of its own; answers and refusals in their order.

    An error that is none of `refusals` is raised. Needs `fresh_database`: real commits.
    """
    gate = Barrier(len(acts))

    def run(act: Callable):
        try:
            gate.wait()
            return act()
        except refusals as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
