"""Rows are chosen in a dialogue that finds words inside Thai names."""

import pytest
from django.urls import reverse

from tests import factories
from tests.marketplace.registers.rig import full_row

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("register", "field"),
    [
        ("producer-register", "home_village"),
        ("programme-membership-register", "village"),
        ("route-stop-register", "village"),
        ("village-member-register", "village"),
    ],
)
def test_villages_are_chosen_in_a_dialogue_and_never_from_a_select(
    client, curator, village, register, field
):
    page = client.get(reverse(f"{register}:add")).text

    assert f'<select name="{field}"' not in page
    assert f'type="hidden" name="{field}"' in page
    assert reverse("registered_village_chooser:choose") in page
    assert "บ้านดอยปุย" not in page


@pytest.mark.parametrize(
    ("chooser", "words", "found"),
    [
        ("registered_village_chooser", "ดอย", "บ้านดอยปุย"),
        ("registered_village_chooser", "500108", "บ้านดอยปุย"),
        ("producer_chooser", "ทอผ้า", "กลุ่มทอผ้าดอยปุย"),
        ("tambon_chooser", "เทพ", "สุเทพ"),
        ("tambon_chooser", "suthep", "สุเทพ"),
    ],
)
def test_a_chooser_finds_words_inside_names_and_pages(
    client, curator, village, elsewhere, chooser, words, found, django_assert_max_num_queries
):
    full_row(village)
    url = reverse(f"{chooser}:choose_results")
    client.get(url)
    for number in range(1, 40):
        factories.make_village(f"340101{number + 5:02}", f"บ้านอื่น {number}")

    with django_assert_max_num_queries(14):
        page = client.get(url, {"q": words}).text

    assert found in page
    assert "บ้านปะอาว" not in page and "บ้านอื่น" not in page
    assert client.get(reverse(f"{chooser}:choose")).status_code == 200
    assert client.get(url, {"q": "ไม่มีแน่"}).text.count("<tr") <= 1


def test_a_chosen_row_is_answered_with_its_name(client, curator, village):
    url = reverse("registered_village_chooser:chosen", args=[village.pk])

    assert client.get(url).json()["result"]["title"] == "บ้านดอยปุย"
    unknown = reverse("registered_village_chooser:chosen", args=["99999999"])
    assert client.get(unknown).status_code == 404
