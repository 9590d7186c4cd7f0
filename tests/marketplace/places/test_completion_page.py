"""The address that answers while somebody types an address."""

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def suthep():
    tambon = factories.make_tambon("500108")
    tambon.postcodes.create(postcode="50200")
    return tambon


def test_the_endpoint_gives_options_to_choose_from(client, suthep):
    answer = client.get("/places/complete/", {"q": "สุเทพ"})

    assert 'name="place" value="500108-50200"' in answer.text
    assert "ต.สุเทพ อ.เมืองเชียงใหม่ จ.เชียงใหม่ 50200" in answer.text


def test_the_endpoint_speaks_json_when_asked(client, suthep):
    answer = client.get(reverse("places:complete"), {"q": "50200"}, HTTP_ACCEPT="application/json")

    (candidate,) = answer.json()["candidates"]
    assert candidate["tambon_code"] == "500108"
    assert candidate["postcodes"] == ["50200"]
    assert candidate["province_th"] == "เชียงใหม่"


def test_the_answer_is_the_same_for_everybody_and_may_be_kept(client, suthep):
    answer = client.get("/places/complete/", {"q": "สุเทพ"})

    assert "max-age=86400" in answer["Cache-Control"] and "public" in answer["Cache-Control"]
    assert "Accept" in answer["Vary"]
    assert "Cookie" not in answer["Vary"]
    assert not answer.cookies


def test_hostile_input_gets_a_short_answer(client, suthep):
    for text in ("ก" * 10_000, "<script>alert(1)</script>", "\x00", "%27 OR 1=1"):
        answer = client.get("/places/complete/", {"q": text})

        assert answer.status_code == 200
        assert "<script>" not in answer.text
        assert len(answer.content) < 500


def test_the_endpoint_only_answers_reading(client, suthep):
    assert client.post("/places/complete/", {"q": "สุเทพ"}).status_code == 405
