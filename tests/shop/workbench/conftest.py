import pytest

from tests.factories import make_member, make_producer, make_village


@pytest.fixture
def weavers(client):
    producer = make_producer(make_village())
    client.force_login(make_member(producer).user)
    return producer


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
