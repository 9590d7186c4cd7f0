"""The cast: every protected page is tried by all of them."""

from datetime import date

from marketplace.accounts import services as accounts
from tests.factories import make_member, make_producer, make_user, make_village


def shopper():
    return make_user("shopper@example.com")


def maker():
    """An owner of one producer."""
    return make_member(make_producer(make_village("50010811")), "owner").user


def another_maker():
    """An owner of another producer, in another province."""
    return make_member(make_producer(make_village("34010105", "บ้านปะอาว")), "owner").user


def curator():
    return make_user("curator@example.com", is_staff=True)


def staff(role, *areas):
    """A person with one role of the staff, in an officer's case with the areas granted."""
    user = make_user()
    accounts.give_role(user=user, role=role, by=None)
    for area in areas:
        accounts.grant_area(user=user, area_code=area, since=date(2020, 1, 1), by=None)
    return user
