"""Two fiscal years of mixed sales, the same each time: for reports that are counted by hand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from django.db import transaction

from marketplace.ledger import errors, services
from marketplace.ledger.models import Transfer
from marketplace.ledger.queries import City
from marketplace.places.models import Province
from marketplace.producers.models import Producer
from tests.factories import make_producer, make_user, make_village
from tests.marketplace.ledger import rig
from tests.marketplace.ledger.recount import measures_of

CODES = ("50010811", "50010812", "50010101", "10010101", "34010105", "34020101")
REGIONS = {"50": "N", "10": "C", "34": "NE"}
BY_CITY = (("", City.SECONDARY), ("", City.MAIN), ("NE", City.SECONDARY), ("50", City.SECONDARY))
"""Areas and kinds of cities; the last is of the other kind, and so has nothing."""
FIRST = datetime(2024, 10, 1, 4, tzinfo=UTC)  # fiscal year 2568
BUYERS = ("", "10", "50", "83")


def make_two_years(seed: int, orders: int = 60) -> list[Producer]:
    """Sales of one to three lines with discounts, refunds, changes of place and declared sales.

    Returns the makers: each village has two groups, and shares some lines with others.
    """
    random = Random(seed)
    for code, region in REGIONS.items():
        Province.objects.filter(code=code).update(region=region)
    villages = {code: make_village(code, f"บ้าน {code}") for code in CODES}
    makers = [make_producer(villages[code], f"กลุ่ม {n} {code}") for code in CODES for n in (1, 2)]
    people = [make_user(is_staff=True), make_user(is_staff=True)]
    for number in range(orders):
        at = FIRST + timedelta(days=random.randint(0, 729))
        parts = [_part(makers, random) for _ in range(random.randint(1, 3))]
        sale, _event = rig.sell(parts, {parts[0].producer.pk: 5_000}, at)
        later = at + timedelta(days=random.randint(0, 60))
        if random.random() < 0.3:
            rig.refund(sale, {sale.shares[0].line_id: random.randint(1, 500)}, at=later)
        if random.random() < 0.15:
            _move(sale, random.choice(CODES), later, people, number)
        if random.random() < 0.2:
            # Nobody takes a discount off what is declared.
            told = rig.declare(replace(_part(makers, random), terms=rig.Terms()), "fair", at)
            services.record_declared_sale(told)
    return makers


def _part(makers, random):
    maker = random.choice(makers[: random.choice([4, len(makers)])])
    code, other = maker.home_village_id, random.choice(CODES)
    amounts = {code: random.randint(600, 90_000)}
    if other != code and random.random() < 0.3:
        amounts[other] = random.randint(600, 5_000)
    return rig.Part(
        maker,
        amounts,
        rig.Terms(producer_discount=random.choice([0, 100_000]), platform_discount=50_000),
        otop_type=random.choice(["food", "textile"]),
        product_id=random.randint(1, 9),
        quantity=random.randint(1, 5),
        buyer_province_code=random.choice(BUYERS),
    )


def _move(sale, to, at, people, number):
    share = sale.shares[0]
    fact = services.Reclassification(
        *(f"move{number}", sale.order_number, share.line_id, share.village_code, to),
        *(at, "why", people[0].pk, people[1].pk),
    )
    if to == share.village_code:
        return
    try:
        with transaction.atomic():
            services.record_reclassification(fact)
    except errors.NothingToMove:
        pass


def all_transfers():
    """Every transfer of a place."""
    transfers = Transfer.objects.exclude(village_code="").select_related("event", "origin")
    return list(transfers.order_by("pk"))


def transfers_in(code, period=None, among=None):
    """Transfers of places in an area, one by one, without any sum of the product's; `among` those
    that were read before."""
    return [
        one
        for one in (all_transfers() if among is None else among)
        if (code in ("", REGIONS[one.village_code[:2]]) or one.village_code.startswith(code))
        and (period is None or period.first <= one.day <= period.last)
    ]


def of_cities(transfers, city):
    """Those of places in provinces of a kind: of the three, Ubon alone is a secondary city."""
    return [
        one
        for one in transfers
        if city is None or (one.village_code[:2] == "34") == (city == City.SECONDARY)
    ]


def income_of(transfer):
    """By how much one transfer changes village income."""
    found = measures_of(transfer)
    return (
        found.get("sold_satang", 0)
        - found.get("producer_discount_satang", 0)
        - found.get("refunded_satang", 0)
        + found.get("moved_satang", 0)
    )
