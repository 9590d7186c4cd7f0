import pytest

from marketplace.accounts.roles import StaffRole
from tests import factories
from tests.people import staff


@pytest.fixture
def curator(client):
    user = staff(StaffRole.CURATOR)
    client.force_login(user)
    return user


@pytest.fixture
def village():
    return factories.make_village("50010811", "บ้านดอยปุย")


@pytest.fixture
def elsewhere():
    return factories.make_village("34010105", "บ้านปะอาว")


@pytest.fixture
def officer_of_5001():
    """An officer who answers for one amphoe."""
    return staff(StaffRole.OFFICER, "5001")
