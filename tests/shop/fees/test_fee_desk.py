"""The staff's list of fee rules: kept in order by finance, tried out before it counts."""

import html
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from marketplace.core.models import AuditEntry
from marketplace.villages.models import Programme
from shop.fees import errors, services
from shop.fees.models import FeeRule
from shop.fees.queries import rules_on
from shop.fees.wagtail_views import days, state
from tests.factories import make_member, make_producer, make_product, make_village, place_order
from tests.people import staff
from tests.shop.fees.rules import make_rule
from tests.visitor import Visitor

pytestmark = pytest.mark.django_db

BUDGETS = json.loads((Path(__file__).parents[2] / "budgets.json").read_text())["staff"]
NAME = "fee-rule-register"
INDEX, ADD, TRY = (reverse(f"{NAME}:{page}") for page in ("index", "add", "try"))


def page_of(rule, page="inspect"):
    return reverse(f"{NAME}:{page}", args=[rule.pk])


def form(**typed):
    """What a browser sends of the form of a rule."""
    empty = dict.fromkeys(
        (
            *("otop_type", "income_kind", "producer", "producer_kind", "programme", "area_code"),
            *("price_from_satang", "price_until_satang", "fixed_satang", "min_satang"),
            "max_satang",
        ),
        "",
    )
    facts = {"name": "ผ้า", "percent_ppm": "5", "vat_ppm": "7", "since": str(tomorrow())}
    return empty | facts | typed


def tomorrow():
    return thai.today() + timedelta(days=1)


@pytest.fixture
def finance(client):
    user = staff(StaffRole.FINANCE)
    client.force_login(user)
    return user


def test_finance_adds_a_rule_of_many_conditions(client, finance):
    producer = make_producer(make_village())
    Programme.objects.create(code="cbt", name_th="ชุมชน", name_en="CBT")

    answer = client.post(
        ADD,
        form(
            otop_type="textile",
            producer=str(producer.pk),
            programme="cbt",
            area_code="50",
            price_from_satang="1,000",
            percent_ppm="2.5",
            fixed_satang="3.25",
            max_satang="๑๐๐",
            passes_gateway_fee="on",
        ),
    )

    assert answer.status_code == 302
    rule = FeeRule.objects.get()
    assert (rule.otop_type, rule.producer, rule.programme_id, rule.area_code) == (
        *("textile", producer, "cbt", "50"),
    )
    assert (rule.price_from_satang, rule.percent_ppm, rule.fixed_satang) == (100_000, 25_000, 325)
    assert (rule.max_satang, rule.vat_ppm, rule.passes_gateway_fee) == (10_000, 70_000, True)
    assert (rule.valid_from, rule.is_default) == (tomorrow(), False)
    assert AuditEntry.objects.get(act="fee_rule.add").actor == finance
    text = client.get(INDEX).text
    assert "2.5 % + ฿3.25" in text and "50 เชียงใหม่" in text and producer.name_th in text


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({}, errors.NeedsCondition),
        ({"price_from_satang": "0"}, errors.NeedsCondition),
        ({"is_default": "on", "otop_type": "food"}, errors.DefaultHasCondition),
        ({"area_code": "99"}, errors.WrongArea),
        ({"otop_type": "food", "min_satang": "2", "max_satang": "1"}, errors.WrongLimits),
        ({"price_from_satang": "2", "price_until_satang": "1"}, errors.WrongPrices),
        ({"otop_type": "food", "since": "2020-01-01"}, errors.InThePast),
    ],
)
def test_what_would_not_be_a_rule_is_refused_in_words(client, finance, typed, refusal):
    answer = client.post(ADD, form(**typed))

    assert answer.status_code == 200
    assert str(refusal.message) in html.unescape(answer.text)
    assert not FeeRule.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("area_code", "5x"),
        ("percent_ppm", "101"),
        ("percent_ppm", "1e999999"),
        ("percent_ppm", "nan"),
        ("percent_ppm", "0.00001"),
        ("fixed_satang", "-1"),
        ("max_satang", "1000000"),
        ("since", "31/2/2569"),
        ("otop_type", "wood"),
        ("name", " "),
        ("name", "ก" * 121),
        ("producer", "999"),
        ("producer", "x"),
        ("producer", "\0"),
        ("programme", "none"),
    ],
)
def test_what_cannot_be_read_is_refused_beside_its_field(client, finance, field, typed):
    answer = client.post(ADD, form(**{"otop_type": "food", field: typed}))

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert not FeeRule.objects.exists()


def test_a_change_in_the_form_is_a_new_rule_from_its_day(client, finance):
    make_village()
    rule = make_rule("ผ้า", otop_type="textile", max_satang=12_345)
    edit = page_of(rule, "edit")
    shown = client.get(edit).text
    assert 'value="5"' in shown and 'value="123.45"' in shown and str(tomorrow()) in shown

    too_early = client.post(edit, form(otop_type="textile", since=str(thai.today())))
    answer = client.post(edit, form(otop_type="textile", percent_ppm="6", area_code="50"))

    assert (too_early.status_code, answer.status_code) == (200, 302)
    old, new = FeeRule.objects.order_by("pk")
    assert (old.percent_ppm, old.valid_until) == (50_000, thai.today())
    assert (new.percent_ppm, new.area_code, new.max_satang) == (60_000, "50", None)
    assert page_of(new) in client.get(page_of(old)).text
    assert page_of(old) in client.get(page_of(new)).text


def test_rules_are_moved_by_buttons_without_scripts(client, finance):
    one, two = make_rule("หนึ่ง", otop_type="food"), make_rule("สอง", otop_type="textile")
    rest = make_rule("ที่เหลือ")
    page = client.get(INDEX).text
    assert page.count(f'action="{page_of(two, "move")}"') == 1
    assert f'action="{page_of(rest, "move")}"' not in page

    moved = client.post(page_of(two, "move"), {"where": "earlier"})
    beyond = client.post(page_of(two, "move"), {"where": "earlier"})

    assert (moved.status_code, beyond.status_code) == (302, 302)
    assert rules_on(thai.today()) == [two, one, rest]
    said = [str(one) for one in client.get(INDEX).context["messages"]]
    assert len(said) == 2 and "สอง" in said[0]
    client.post(page_of(two, "move"), {"where": "later"})
    assert rules_on(thai.today()) == [one, two, rest]
    assert client.get(page_of(one, "move")).status_code == 405


def test_the_buttons_carry_what_proves_where_they_were_shown(finance):
    one, two = make_rule("หนึ่ง", otop_type="food"), make_rule("สอง", otop_type="textile")
    strict = Visitor(enforce_csrf_checks=True)
    strict.force_login(finance)
    page = strict.get(INDEX).text
    token = re.search(rf'{page_of(two, "move")}">\s*<input[^>]+value="([^"]+)"', page)[1]

    without = strict.post(page_of(two, "move"), {"where": "earlier"})
    with_it = strict.post(page_of(two, "move"), {"where": "earlier", "csrfmiddlewaretoken": token})

    assert (without.status_code, with_it.status_code) == (403, 302)
    assert rules_on(thai.today()) == [two, one]


def test_a_rule_is_ended_or_switched_off_on_its_page(client, finance):
    rule, wrong = make_rule("หนึ่ง", otop_type="food"), make_rule("สอง", otop_type="textile")

    early = client.post(page_of(rule), {"act": "end", "last_day": "2020-01-01"})
    ended = client.post(page_of(rule), {"act": "end", "last_day": str(thai.today())})
    silent = client.post(page_of(wrong), {"act": "off", "reason": ""})
    off = client.post(page_of(wrong), {"act": "off", "reason": "พิมพ์ผิด"})

    assert [answer.status_code for answer in (early, ended, silent, off)] == [200, 302, 200, 302]
    assert FeeRule.objects.get(pk=rule.pk).valid_until == thai.today()
    assert not FeeRule.objects.get(pk=wrong.pk).is_active
    assert "act" not in client.get(page_of(wrong)).context["forms"]
    assert 'value="off"' not in client.get(page_of(wrong)).text


def test_the_list_says_what_is_in_force_how_often_used_and_never_reached(client, finance):
    cloth = make_rule("ผ้า", otop_type="textile")
    make_rule("ผ้าแพง", otop_type="textile", price_from_satang=100_000)
    make_rule("พรุ่งนี้", otop_type="food", since=tomorrow())
    place_order(make_product())

    answer = client.get(INDEX)
    rows = list(answer.context["object_list"])

    assert [(rule.name, rule.lines_used) for rule in rows][0] == ("ผ้า", 1)
    found = [(state(rule), days(rule)) for rule in rows]
    assert found[0] == found[1] != found[2]
    words = gettext("never reached: “%(name)s” takes all of it") % {"name": cloth.name}
    assert html.unescape(answer.text).count(words) == 1


def test_what_is_over_stands_last_in_the_list(client, finance):
    make_rule("ปิดแล้ว", otop_type="food")
    make_rule("ยังใช้ถึงวันหนึ่ง", otop_type="food")
    make_rule("ทั่วไป")
    rules = {rule.name: rule for rule in FeeRule.objects.all()}
    services.switch_off(rule=rules["ปิดแล้ว"], reason="x", by=None)
    services.end_rule(rule=rules["ยังใช้ถึงวันหนึ่ง"], last_day=tomorrow(), by=None)

    rows = client.get(INDEX).context["object_list"]

    assert [rule.name for rule in rows] == ["ยังใช้ถึงวันหนึ่ง", "ทั่วไป", "ปิดแล้ว"]
    assert [rule.is_gone for rule in rows] == [False, False, True]


def test_a_sale_is_tried_out_and_nothing_is_stored(client, finance):
    make_village("50010812", "บ้านสอง")
    food = make_rule("อาหาร", otop_type="food")
    cloth = make_rule("ผ้า", 10, otop_type="textile", min_satang=4_000)
    shares = {"50010811": 333_333, "50010812": 666_667}
    thing = make_product(make_producer(make_village()), price_baht="333.35", shares=shares)
    asked = {"product": thing.product_id, "price": "", "quantity": "2", "day": str(thai.today())}

    trial = client.get(TRY, asked).context["trial"]
    cheaper = client.get(TRY, asked | {"price": "100"}).context["trial"]
    nothing = client.get(TRY, asked | {"day": "2019-01-01"})

    assert (trial.amount_satang, trial.rule) == (66_670, cloth)
    assert (trial.terms.fee_satang, trial.terms.fee_vat_satang) == (6_667, 467)
    assert trial.net_satang == 66_670 - 7_134 == sum(net for _one, net in trial.nets)
    assert [(one.rule, bool(one.missed)) for one in trial.tried] == [(food, True), (cloth, False)]
    assert cheaper.terms.fee_satang == 4_000
    assert nothing.context["trial"] is None and "หมู่บ้าน" in nothing.text
    text = client.get(TRY, asked).text
    assert "฿66.67" in text and "฿595.36" in text and page_of(cloth) in text
    assert client.get(TRY, asked | {"product": "x", "quantity": "0"}).status_code == 200


@pytest.mark.parametrize(
    "role",
    [StaffRole.CURATOR, StaffRole.REVIEWER, StaffRole.SUPPORT, StaffRole.OFFICER, None],
)
def test_nobody_but_finance_sees_or_changes_what_is_taken(client, role):
    rule, other = make_rule("หนึ่ง", otop_type="food"), make_rule("สอง", otop_type="textile")
    thing = make_product()
    user = staff(role) if role else make_member(make_producer()).user
    client.force_login(user)

    for answer in (
        *(client.get(url) for url in (INDEX, ADD, page_of(rule), page_of(rule, "edit"))),
        client.get(TRY, {"product": thing.product_id, "quantity": 1, "day": "2026-01-01"}),
        client.get(reverse("priced_product_chooser:choose")),
        client.post(ADD, form(otop_type="food")),
        client.post(page_of(rule, "edit"), form(otop_type="food", percent_ppm="9")),
        client.post(page_of(rule), {"act": "off", "reason": "x"}),
        client.post(page_of(other, "move"), {"where": "earlier"}),
    ):
        assert answer.status_code in (302, 403, 404) or "ผ้าพันคอ" not in answer.text
        assert "หนึ่ง" not in answer.text
    assert rules_on(thai.today()) == [rule, other]
    assert list(FeeRule.objects.values_list("is_active", "percent_ppm")) == [(True, 50_000)] * 2
    assert not AuditEntry.objects.filter(act="fee_rule.add", actor=user).exists()


def test_statements_do_not_grow_with_rules_nor_with_lines(client, finance):
    thing = make_product(stock=99)
    rule = make_rule("ผ้า", otop_type="textile", area_code="50")
    urls = {
        "fee-rules": INDEX,
        "fee-rule": page_of(rule),
        "fee-trial": f"{TRY}?product={thing.product_id}&quantity=1&day={thai.today()}",
    }
    for url in urls.values():
        client.get(url)  # caches of content types and menus

    few = {name: statements(client, url) for name, url in urls.items()}
    for number in range(8):
        make_rule(f"ราคา {number}", producer=thing.producer, price_from_satang=number + 1)
        place_order(thing, form_token=f"n{number}")
    many = {name: statements(client, url) for name, url in urls.items()}

    assert many == few
    assert many == {name: BUDGETS[name] for name in urls}


def statements(client, url) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("act", ["delete", "copy", "history", "usage"])
def test_no_rule_is_deleted(act):
    with pytest.raises(NoReverseMatch):
        reverse(f"{NAME}:{act}", args=[1])
