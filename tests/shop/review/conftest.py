from datetime import date

import pytest

from marketplace.accounts import services as accounts
from marketplace.accounts.roles import StaffRole
from marketplace.provenance import services
from tests import factories


def staff(role, *areas):
    user = factories.make_user()
    accounts.give_role(user=user, role=role, by=None)
    for area in areas:
        accounts.grant_area(user=user, area_code=area, since=date(2020, 1, 1), by=None)
    return user


@pytest.fixture
def curator(client):
    user = staff(StaffRole.CURATOR)
    client.force_login(user)
    return user


def make_waiting(producer=None, **facts):
    made = factories.make_product(producer, public=False, **facts)
    return services.submit_product(provenance=made, by=None)


def make_change(provenance=None, **facts):
    return services.propose_change(
        provenance=provenance or factories.make_product(), facts=facts, by=None
    )
