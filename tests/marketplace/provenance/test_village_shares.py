from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from marketplace.core import thai
from marketplace.provenance import checks, queries, services
from marketplace.provenance.models import VillageShare
from marketplace.provenance.services import errors
from tests.factories import make_product, make_village

pytestmark = pytest.mark.django_db
HOME, OTHER = "50010811", "34010105"


@pytest.fixture
def made():
    make_village(OTHER, "บ้านปะอาว")
    return make_product(shares_since=thai.today() - timedelta(days=10))


def change(made, shares, since=None):
    return services.set_village_shares(provenance=made, shares=shares, since=since, by=None)


def rows(made):
    values = made.shares.order_by("valid_from", "village_id")
    return [(s.village_id, s.share_ppm, s.valid_from, s.valid_until) for s in values]


def test_old_shares_end_the_day_before_and_new_ones_begin(made):
    today = thai.today()

    change(made, {HOME: 400_000, OTHER: 600_000})

    assert rows(made) == [
        (HOME, 1_000_000, today - timedelta(days=10), today - timedelta(days=1)),
        (OTHER, 600_000, today, None),
        (HOME, 400_000, today, None),
    ]
    assert made.product.listing.village_code == OTHER


def test_a_second_change_of_a_day_replaces_the_first(made):
    change(made, {OTHER: 1_000_000})
    change(made, {HOME: 1, OTHER: 999_999})

    found = [(code, ppm) for code, ppm, begins, _ in rows(made) if begins == thai.today()]
    assert found == [(OTHER, 999_999), (HOME, 1)]


def test_a_change_may_be_planned_and_a_later_plan_is_replaced(made):
    today, next_week = thai.today(), thai.today() + timedelta(days=7)
    change(made, {OTHER: 1_000_000}, since=next_week)

    assert made.product.listing.village_code == HOME
    assert rows(made)[0][3] == next_week - timedelta(days=1)

    change(made, {HOME: 500_000, OTHER: 500_000}, since=today)
    assert {begins for *_, begins, _ in rows(made)} == {today - timedelta(days=10), today}


def test_the_same_shares_again_change_nothing(made):
    before = rows(made)

    change(made, {HOME: 1_000_000})

    assert rows(made) == before


@pytest.mark.parametrize(
    ("shares", "days", "error"),
    [
        ({}, 0, errors.InvalidShares),
        ({HOME: 999_999}, 0, errors.InvalidShares),
        ({HOME: 1_000_001}, 0, errors.InvalidShares),
        ({HOME: 1_000_001, OTHER: -1}, 0, errors.InvalidShares),
        ({HOME: 500_000.0, OTHER: 500_000.0}, 0, errors.InvalidShares),
        ({"50010899": 1_000_000}, 0, errors.UnknownVillage),
        ({OTHER: 1_000_000}, -1, errors.SharesNotForThePast),
    ],
)
def test_shares_that_do_not_add_up_or_lie_in_the_past_are_refused(made, shares, days, error):
    before = rows(made)

    with pytest.raises(error):
        change(made, shares, since=thai.today() + timedelta(days=days))

    assert rows(made) == before


def test_the_database_itself_refuses_too_much(made):
    with pytest.raises(IntegrityError), transaction.atomic():
        VillageShare.objects.create(provenance=made, village_id=OTHER, share_ppm=1)
        connection.check_constraints()

    assert made.shares.count() == 1


def test_too_little_is_refused_by_postgresql_and_found_on_sqlite(made):
    if connection.vendor == "postgresql":
        with pytest.raises(IntegrityError), transaction.atomic():
            made.shares.update(share_ppm=999_999)
            connection.check_constraints()
        return
    made.shares.update(share_ppm=999_999)

    assert queries.uneven_shares() == [made.product_id]
    assert [found.id for found in checks.check_guards(["default"])] == ["provenance.W002"]


def test_the_check_is_silent_on_a_whole_database(made):
    change(made, {HOME: 400_000, OTHER: 600_000})

    assert checks.check_guards(["default"]) == []
    call_command("check", database=["default"], tags=["database"], fail_level="WARNING")
