import pytest

from tests.shop.bookkeeping.desk import keeper
from tests.shop.bookkeeping.payout_lists import make_weavers


@pytest.fixture
def weavers(db):
    return make_weavers()


@pytest.fixture
def finance(client, db):
    user = keeper()
    client.force_login(user)
    return user
