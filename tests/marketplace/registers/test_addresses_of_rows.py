"""A row that is asked for by an address that can be nobody's is simply not there."""

from urllib.parse import quote

import pytest
from django.urls import reverse

from tests import factories
from tests.marketplace.registers.rig import KEPT, LOOKED_AT

pytestmark = pytest.mark.django_db

CHOOSERS = (
    "producer_chooser",
    "registered_village_chooser",
    "tambon_chooser",
    "village_chooser",
    "product_chooser",
    "route_chooser",
)
KEYS = ("x", "1.5", "-", "9" * 30, "\0", "ก", "'", "None", "999999")


@pytest.fixture
def administrator(client):
    client.force_login(factories.make_user(is_staff=True, is_superuser=True))
    client.raise_request_exception = False


@pytest.mark.parametrize("chooser", CHOOSERS)
@pytest.mark.parametrize("key", KEYS)
def test_a_chooser_does_not_find_it(client, administrator, chooser, key):
    assert client.get(reverse(f"{chooser}:chosen", args=[key])).status_code == 404
    several = client.get(reverse(f"{chooser}:chosen_multiple"), {"id": [key]})
    assert (several.status_code, several.json()["result"]) == (200, [])


@pytest.mark.parametrize(
    "register",
    [
        *(*KEPT, *LOOKED_AT, "import-row-register", "attention-register", "movement-register"),
        "declared-sale-register",
    ],
)
def test_a_register_does_not_find_it(client, administrator, register):
    pages = ("inspect", "edit") if register in KEPT else ("inspect",)
    urls = [reverse(f"{register}:{page}", args=["0"]).removesuffix("/0/") for page in pages]
    asked = [f"{url}/{quote(key)}/" for url in urls for key in KEYS]

    assert {url: client.get(url).status_code for url in asked} == dict.fromkeys(asked, 404)


def test_several_rows_are_chosen_within_an_officers_areas_only(client, officer_of_5001):
    mine = factories.make_producer(factories.make_village("50010811"))
    theirs = factories.make_producer(factories.make_village("34010105", "บ้านปะอาว"))
    client.force_login(officer_of_5001)

    for chooser, own, foreign in (
        ("producer_chooser", mine, theirs),
        ("registered_village_chooser", mine.home_village, theirs.home_village),
    ):
        ids = {"id": [own.pk, foreign.pk, "x"]}
        chosen = client.get(reverse(f"{chooser}:chosen_multiple"), ids).json()["result"]
        assert [row["id"] for row in chosen] == [str(own.pk)]
