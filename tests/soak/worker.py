"""One process of `make soak`: walk every n-th seed from a first one on, a line of JSON each.

The database is a copy of the template that is thrown away; nothing in it is ever committed.
"""

import gc
import json
import os
import signal
import sys
import time
from contextlib import suppress
from itertools import count

import django
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis.stateful import run_state_machine_as_test

WALKS_A_SEED, STEPS_A_WALK = 10, 60
LONG = settings(
    max_examples=WALKS_A_SEED,
    stateful_step_count=STEPS_A_WALK,
    deadline=None,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    verbosity=Verbosity.normal,
    suppress_health_check=list(HealthCheck),
)


def main(first_seed: int, stride: int) -> None:
    """`stride` 0 walks the first seed alone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.test")
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    django.setup()
    from tests.conftest import FreshDatabase  # noqa: PLC0415  (after Django is set up)

    database = FreshDatabase(f"soak_{os.getpid()}")
    database.use()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _hurry()
        with suppress(KeyboardInterrupt), transaction.atomic():
            _walk(count(first_seed, stride) if stride else [first_seed])
    finally:
        database.drop()


def _hurry() -> None:
    """A crash may lose what is thrown away anyway; garbage is looked for seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.execute("PRAGMA temp_store = MEMORY")
            cursor.execute("PRAGMA cache_size = -65536")


def _walk(seeds) -> None:
    from tests.marketplace.ledger.machine.ledger import Ledger  # noqa: PLC0415
    from tests.marketplace.ledger.machine.world import make_world  # noqa: PLC0415

    Ledger.world = make_world()
    for number in seeds:
        Ledger.walked.clear()
        began = time.monotonic()
        try:
            run_state_machine_as_test(seed(number)(Ledger), settings=LONG)
        except KeyboardInterrupt:
            raise
        except BaseException:  # also pytest's "did not raise", which is no Exception
            print(f"Seed {number} fails: python -m tests.soak seed {number}", file=sys.stderr)
            raise
        events = dict(Ledger.walked)
        told = {"seed": number, "steps": events.pop("steps"), "events": events}
        print(json.dumps(told | {"seconds": round(time.monotonic() - began, 2)}), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
