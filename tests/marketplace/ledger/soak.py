"""The invariants of the ledger over a million steps: `make soak`. Not collected by `make test`.

Two thousand steps a seed, each seed another walk; a failing seed is named by its test and fails
again with `pytest tests/marketplace/ledger/soak.py -k "[17]"`.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.factories import make_producer, make_user, make_village
from tests.marketplace.ledger.acts import CODES
from tests.marketplace.ledger.machine import Ledger

STEPS = int(os.environ.get("SOAK_STEPS", "1000000"))
STEPS_A_SEED, STEPS_A_WALK = 2_000, 40

LONG = settings(
    max_examples=STEPS_A_SEED // STEPS_A_WALK,
    stateful_step_count=STEPS_A_WALK,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.timeout(0)
@pytest.mark.parametrize("walk", range(-(-STEPS // STEPS_A_SEED)))
def test_the_invariants_hold(db, walk):
    Ledger.producers = [make_producer(make_village(code, f"บ้าน {code}")) for code in CODES[1:]]
    Ledger.staff = [make_user(), make_user()]
    make_village(CODES[0])

    run_state_machine_as_test(seed(walk)(Ledger), settings=LONG)
