"""Whatever happens in whatever order, the invariants of the ledger hold after each step."""

import os
from random import Random

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from marketplace.ledger import services
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig
from tests.marketplace.ledger.machine.book import stored
from tests.marketplace.ledger.machine.ledger import Ledger
from tests.marketplace.ledger.machine.world import CODES, make_world
from tests.marketplace.ledger.recount import balances

SHRINKS = os.environ.get("LEDGER_SHRINK", "1") == "1"  # not where only "red or not" is asked
SMALL = settings(
    max_examples=16,
    stateful_step_count=30,
    derandomize=True,
    database=None,
    phases=[Phase.generate, Phase.shrink] if SHRINKS else [Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_the_invariants_hold_after_every_step(db):
    Ledger.world = make_world()

    run_state_machine_as_test(Ledger, settings=SMALL)


def test_invariant_13_news_of_several_orders_end_alike_in_any_order(db):
    """Roll-ups too. News of one order, among them two refunds of a line, are the machine's."""
    random = Random(1)
    weavers = make_producer(make_village(CODES[0]))
    make_village(CODES[1], "บ้านแม่")
    sales = [
        rig.place([rig.Part(weavers, {CODES[0]: 5 * n, CODES[1]: 3}, TERMS)], {weavers.pk: n})
        for n in range(1, 6)
    ]
    later = [act for number, sale in enumerate(sales) for act in _later(number, sale)]
    ends = []
    for _ in range(3):
        random.shuffle(sales)
        random.shuffle(later)
        with transaction.atomic():
            for sale in sales:
                services.record_sale(sale)
            for act, fact in later:
                act(fact)
            ends.append((balances(), stored()))
            transaction.set_rollback(True)

    assert ends[0] == ends[1] == ends[2]
    assert sum(ends[0][0].values()) == 0


TERMS = rig.Terms(producer_discount=200_000, platform_discount=100_000, fee=50_000)


def _later(number, sale):
    """A refund, a fee and a dispute of a sale, each of which may come at any time."""
    order, line = sale.order_number, sale.shares[0].line_id
    return [
        (services.record_refund, services.SaleRefund(order, f"re_{order}", rig.NOON, {line: 4})),
        (
            services.record_gateway_fee,
            services.GatewayFee(order, f"txn_{order}", rig.NOON, 2 + number),
        ),
        (services.record_dispute, services.Dispute(order, f"dp_{order}", rig.NOON, 3, 15)),
    ]
