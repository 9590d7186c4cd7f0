"""A small shop: one shelf, villages of two provinces, products of every stock kind."""

import pytest

from marketplace.provenance.services import OptionPlan
from tests.factories import make_category, make_producer, make_product, make_village

VILLAGE = "50010811"
OTHER_VILLAGE = "34010105"


def fill(size: int) -> dict:
    """Make so many products of one maker on one shelf, a few of them with options."""
    shelf = make_category("ผ้าไหม", make_category("ผ้า", None, "Cloth"), "Silk")
    village = make_village(VILLAGE, "บ้านดอยปุย", name_en="Ban Doi Pui", charm_th="กี่ทอผ้าทุกบ้าน")
    producer = make_producer(village, "กลุ่มทอผ้าดอยปุย", name_en="Doi Pui Weavers")
    options = [OptionPlan(f"ขนาด {n}", f"Size {n}", 10_000 * n, n) for n in range(1, 4)]
    made = [
        make_product(
            producer,
            title_th=f"ผ้าพันคอไหม {number}",
            categories=[shelf],
            pictures=[f"products/{number}.jpg"] if number % 2 else [],
            **({"options": options} if number % 10 == 0 else {}),
        )
        for number in range(size)
    ]
    return {"shelf": shelf, "village": village, "producer": producer, "products": made}


@pytest.fixture
def shop(db):
    return fill(3)
