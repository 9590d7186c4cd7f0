"""Which lines a rule is for; the first that matches wins."""

from datetime import date

import pytest

from shop.fees.matching import Sold, covers, first_matching, missed
from shop.fees.models import FeeRule

pytestmark = pytest.mark.no_database

SCARF = Sold(
    otop_type="textile",
    income_kind="goods",
    producer_id=7,
    producer_kind="community_group",
    village_codes=frozenset({"50010811", "50010812"}),
    programmes=frozenset({"nawatwithi"}),
    quantity=3,
    amount_satang=100_000,
)


@pytest.mark.parametrize(
    "conditions",
    [
        {},
        {"otop_type": "textile"},
        {"income_kind": "goods"},
        {"producer_id": 7},
        {"producer_kind": "community_group"},
        {"programme_id": "nawatwithi"},
        {"area_code": "50"},
        {"area_code": "500108"},
        {"price_from_satang": 33_333},
        {"price_until_satang": 33_334},
        {"otop_type": "textile", "area_code": "5001", "price_from_satang": 1},
    ],
)
def test_a_rule_is_for_what_meets_all_its_conditions(conditions):
    assert missed(FeeRule(**conditions), SCARF) == []


@pytest.mark.parametrize(
    "conditions",
    [
        {"otop_type": "food"},
        {"income_kind": "activity"},
        {"producer_id": 8},
        {"producer_kind": "sme"},
        {"programme_id": "cbt"},
        {"area_code": "34"},
        {"area_code": "50010811"},  # one of its two villages
        {"price_from_satang": 33_334},  # 100,000 satang are not quite three times that
        {"price_until_satang": 33_333},
        {"otop_type": "textile", "area_code": "34"},
    ],
)
def test_one_condition_that_does_not_hold_is_enough(conditions):
    assert len(missed(FeeRule(**conditions), SCARF)) == 1


def test_the_first_that_matches_wins_however_precise_a_later_one_is():
    rules = [
        FeeRule(pk=1, otop_type="food"),
        FeeRule(pk=2, area_code="50"),
        FeeRule(pk=3, producer_id=7, otop_type="textile"),
    ]

    assert first_matching(rules, SCARF).pk == 2
    assert first_matching(rules[:1], SCARF) is None


@pytest.mark.parametrize(
    ("first", "second", "is_covered"),
    [
        ({"area_code": "50"}, {"area_code": "5001"}, True),
        ({"area_code": "5001"}, {"area_code": "50"}, False),
        ({"otop_type": "food"}, {"otop_type": "food", "area_code": "50"}, True),
        ({"otop_type": "food"}, {"otop_type": "textile"}, False),
        ({"otop_type": "food", "producer_id": 7}, {"otop_type": "food"}, False),
        ({"price_from_satang": 100}, {"price_from_satang": 200}, True),
        ({"price_from_satang": 200}, {"price_from_satang": 100}, False),
        ({"price_until_satang": 100}, {"price_from_satang": 50}, False),
        ({"price_until_satang": 100}, {"price_until_satang": 100}, True),
        ({"valid_until": date(2090, 1, 1)}, {}, False),
        ({"valid_until": date(2090, 1, 1)}, {"valid_until": date(2080, 1, 1)}, True),
        ({"valid_from": date(2089, 1, 1)}, {}, False),
    ],
)
def test_a_rule_that_never_comes_to_its_turn_is_found(first, second, is_covered):
    long_ago = {"valid_from": date(2020, 1, 1)}

    assert covers(FeeRule(**long_ago | first), FeeRule(**long_ago | second)) is is_covered
