"""Statements of the workbench's pages for an owner, at two sizes."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_product, pay, place_order
from tests.shop.workbench.access import MATRIX
from tests.shop.workbench.groups import make_group

pytestmark = pytest.mark.django_db

BUDGETS = json.loads((Path(__file__).parents[2] / "budgets.json").read_text())["workbench"]


def statements(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
        assert answer.status_code == 200
        answer.getvalue()  # of a file that is read while it is sent, the rest
    return len(captured)


def grown(size: int):
    """A group with so many more products and sales."""
    group = make_group("นก", "50010811")
    for number in range(size):
        thing = make_product(group.producer, stock=2, title_th=f"ผ้า {number}")
        pay(place_order((thing, 1), form_token=f"more-{number}"))
    return group


@pytest.mark.parametrize("size", [2, 20])
def test_pages_keep_to_their_statements_at_any_size(client, size):
    group = grown(size)
    client.force_login(group.people["owner"])

    counts = {
        name.removeprefix("workbench:"): statements(
            client, reverse(name, kwargs={"producer_id": group.producer.pk} | address.ids(group))
        )
        for name, address in MATRIX.items()
        if address.get == 200
    }

    assert counts == BUDGETS
