"""The list of rules: in order, never rewritten, never wider than somebody meant."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from marketplace.core import thai
from marketplace.core.models import AuditEntry
from marketplace.core.row_changes import ReasonRequired
from marketplace.places.services import InvalidName
from marketplace.villages.models import Programme
from shop.fees import errors, guards, services
from shop.fees.models import FeeRule
from shop.fees.queries import covered_by, listed, rules_on
from tests.factories import make_product, make_village, place_order
from tests.shop.fees.rules import make_rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return thai.today()


def tried(day=None) -> list[str]:
    return [rule.name for rule in rules_on(day or thai.today())]


def numbered() -> list[tuple[int, str]]:
    return list(FeeRule.objects.order_by("position").values_list("position", "name"))


def test_rules_are_tried_in_their_order_and_the_default_one_last():
    make_rule("ทั้งหมด")
    make_rule("ผ้า", otop_type="textile")
    make_rule("อาหาร", otop_type="food")

    assert tried() == ["ผ้า", "อาหาร", "ทั้งหมด"]


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"is_default": False}, errors.NeedsCondition),
        ({"is_default": True, "otop_type": "food"}, errors.DefaultHasCondition),
        ({"area_code": "99"}, errors.WrongArea),
        ({"area_code": "5"}, errors.WrongArea),
        ({"price_from_satang": 2, "price_until_satang": 1}, errors.WrongPrices),
        ({"otop_type": "food", "min_satang": 2, "max_satang": 1}, errors.WrongLimits),
        ({"otop_type": "food", "name": "  "}, InvalidName),
    ],
)
def test_a_rule_that_says_more_or_less_than_was_meant_is_refused_in_words(facts, refusal):
    make_village()

    with pytest.raises(refusal):
        services.add_rule(by=None, **{"name": "x", "percent_ppm": 50_000} | facts)

    assert not FeeRule.objects.exists()
    assert not AuditEntry.objects.filter(act__startswith="fee_rule").exists()


def test_a_second_default_on_the_same_days_is_refused(today):
    first = make_rule("หนึ่ง")
    with pytest.raises(errors.DefaultExists):
        make_rule("สอง", since=today + timedelta(days=5))

    services.end_rule(rule=first, last_day=today + timedelta(days=4), by=None)
    make_rule("สอง", since=today + timedelta(days=5))

    with pytest.raises(errors.DefaultExists):
        services.end_rule(rule=first, last_day=today + timedelta(days=5), by=None)
    assert tried(today + timedelta(days=4)) == ["หนึ่ง"]
    assert tried(today + timedelta(days=5)) == ["สอง"]


def test_a_change_is_a_new_rule_in_the_same_place_from_tomorrow(today):
    tomorrow = today + timedelta(days=1)
    cloth, food = make_rule("ผ้า", otop_type="textile"), make_rule("อาหาร", otop_type="food")

    new = services.change_rule(rule=cloth, since=tomorrow, by=None, percent_ppm=80_000)

    cloth.refresh_from_db()
    assert (cloth.percent_ppm, cloth.valid_until) == (50_000, today)
    assert (new.percent_ppm, new.otop_type, new.before) == (80_000, "textile", cloth)
    assert [rule.pk for rule in rules_on(today)] == [cloth.pk, food.pk]
    assert [rule.pk for rule in rules_on(tomorrow)] == [new.pk, food.pk]
    entry = AuditEntry.objects.get(act="fee_rule.change")
    assert entry.details == {"before": cloth.pk, "since": str(tomorrow)}


def test_what_is_in_force_never_changes_within_a_day(today):
    rule = make_rule()

    for day, refusal in ((today, errors.TooEarly), (today - timedelta(days=1), errors.InThePast)):
        with pytest.raises(refusal):
            services.change_rule(rule=rule, since=day, by=None, percent_ppm=1)

    assert FeeRule.objects.get().percent_ppm == 50_000


def test_a_rule_that_has_not_begun_is_replaced_and_never_holds(today):
    later = today + timedelta(days=9)
    rule = make_rule("ผ้า", otop_type="textile", since=later)

    new = services.change_rule(rule=rule, since=today, by=None, percent_ppm=1)

    assert [one.pk for one in rules_on(today)] == [one.pk for one in rules_on(later)] == [new.pk]
    assert not FeeRule.objects.get(pk=rule.pk).is_active


def test_the_same_facts_again_change_nothing(today):
    rule = make_rule()

    same = services.change_rule(
        rule=rule, since=today + timedelta(days=1), by=None, percent_ppm=50_000
    )

    assert same == rule and FeeRule.objects.get().valid_until is None
    assert not AuditEntry.objects.filter(act="fee_rule.change").exists()


def test_a_change_to_something_refused_leaves_the_old_rule_open(today):
    rule = make_rule("ผ้า", otop_type="textile")

    with pytest.raises(errors.NeedsCondition):
        services.change_rule(rule=rule, since=today + timedelta(days=1), by=None, otop_type="")

    assert FeeRule.objects.get().valid_until is None


def test_a_rule_ends_on_a_day_and_not_in_the_past(today):
    rule = make_rule(since=today + timedelta(days=3))

    with pytest.raises(errors.EndsTooEarly):
        services.end_rule(rule=rule, last_day=today, by=None)
    with pytest.raises(errors.InThePast):
        services.end_rule(rule=rule, last_day=today - timedelta(days=1), by=None)
    services.end_rule(rule=rule, last_day=today + timedelta(days=3), by=None)

    assert tried(today + timedelta(days=3)) == ["ทั่วไป"]
    assert tried(today + timedelta(days=4)) == []


def test_a_rule_does_not_outlast_what_took_its_place(today):
    tomorrow = today + timedelta(days=1)
    rule = make_rule("ผ้า", otop_type="textile")
    new = services.change_rule(rule=rule, since=tomorrow, by=None, percent_ppm=1)

    with pytest.raises(errors.Replaced):
        services.end_rule(rule=rule, last_day=tomorrow, by=None)
    services.switch_off(rule=new, reason="ไม่เปลี่ยนแล้ว", by=None)
    services.end_rule(rule=rule, last_day=tomorrow, by=None)

    assert rules_on(tomorrow) == [rule]


def test_the_emergency_brake_stops_a_rule_at_once_and_says_why():
    rule = make_rule()
    with pytest.raises(ReasonRequired):
        services.switch_off(rule=rule, reason=" ", by=None)

    services.switch_off(rule=rule, reason="พิมพ์ผิด", by=None)
    services.switch_off(rule=rule, reason="พิมพ์ผิด", by=None)

    assert tried() == []
    assert AuditEntry.objects.get(act="fee_rule.switch_off").details == {"reason": "พิมพ์ผิด"}
    for act in (
        lambda: services.end_rule(rule=rule, last_day=thai.today(), by=None),
        lambda: services.move_rule(rule=rule, is_earlier=True, by=None),
    ):
        with pytest.raises(errors.IsOver):
            act()


def test_rules_move_past_each_other_with_what_becomes_of_them(today):
    one, two = make_rule("ผ้า", otop_type="textile"), make_rule("อาหาร", otop_type="food")
    rest = make_rule()
    services.switch_off(rule=make_rule("เก่า", income_kind="stay"), reason="x", by=None)
    services.change_rule(
        rule=one, since=today + timedelta(days=1), by=None, name="ผ้าใหม่", percent_ppm=1
    )

    services.move_rule(rule=two, is_earlier=True, by=None)

    assert tried() == ["อาหาร", "ผ้า", "ทั่วไป"]
    assert tried(today + timedelta(days=1)) == ["อาหาร", "ผ้าใหม่", "ทั่วไป"]
    services.move_rule(rule=two, is_earlier=False, by=None)
    assert tried() == ["ผ้า", "อาหาร", "ทั่วไป"]
    assert [position for position, _name in numbered()] == [1, 2, 3, 4, 5]
    for rule, is_earlier in ((one, True), (two, False), (rest, True)):
        with pytest.raises(errors.CannotMove):
            services.move_rule(rule=rule, is_earlier=is_earlier, by=None)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE fees_feerule SET percent_ppm = 1",
        "UPDATE fees_feerule SET otop_type = ''",
        "UPDATE fees_feerule SET valid_from = '2021-01-01'",
        "UPDATE fees_feerule SET name = name",
        "DELETE FROM fees_feerule",
    ],
)
def test_the_database_refuses_to_rewrite_or_delete_a_rule(change):
    make_rule("ผ้า", otop_type="textile")

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)

    assert FeeRule.objects.get().percent_ppm == 50_000
    assert guards.missing() == []


def test_a_trigger_that_is_gone_is_named_and_brought_back():
    on_table = " ON fees_feerule" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER fees_feerule_no_update{on_table}")

    assert guards.missing() == ["fees_feerule_no_update"]

    guards.install()
    assert guards.missing() == []


@pytest.mark.parametrize(
    "facts",
    [
        {"is_default": False},
        {"is_default": True, "otop_type": "food"},
        {"is_default": True, "percent_ppm": 1_000_001},
        {"otop_type": "food", "min_satang": 2, "max_satang": 1},
        {"price_from_satang": 0},
        {"area_code": "5"},
        {"otop_type": "food", "name": ""},
    ],
)
def test_the_table_itself_holds_what_the_services_say(facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        FeeRule.objects.create(**{"position": 1, "name": "x"} | facts)


def test_a_programme_or_producer_that_a_rule_names_cannot_vanish_and_widen_it():
    programme = Programme.objects.create(code="cbt", name_th="ชุมชน", name_en="CBT")
    make_rule("ชุมชน", programme=programme)

    with pytest.raises(IntegrityError), transaction.atomic():
        Programme.objects.filter(pk="cbt").delete()


def test_the_list_counts_the_lines_under_each_rule_and_names_what_is_never_reached(monkeypatch):
    cloth = make_rule("ผ้า", otop_type="textile")
    never = make_rule("ผ้าแพง", otop_type="textile", price_from_satang=100)
    rest = make_rule()
    scarf = make_product(stock=9)
    for number in range(3):
        place_order(scarf, form_token=f"n{number}")

    rules = list(listed(FeeRule.objects.all()))

    assert {rule.pk: rule.lines_used for rule in rules} == {cloth.pk: 3, never.pk: 0, rest.pk: 0}
    assert covered_by(rules) == {never.pk: cloth}
    monkeypatch.setattr("shop.fees.queries.MOST_COUNTED", 1)
    assert listed(FeeRule.objects.all()).get(pk=cloth.pk).lines_used == 2
