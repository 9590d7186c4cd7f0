"""Before a thing is listed its makers read what reaches them, by the rule that would match."""

import pytest

from marketplace.core import thai
from marketplace.villages.models import Programme, ProgrammeMembership
from shop.fees.queries import fees_for, prospect
from shop.fees.words import price_words
from tests.factories import make_member, make_producer, make_product, make_village, place_order
from tests.shop.fees.rules import make_rule
from tests.shop.workbench.forms import begin, send, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def weavers(client):
    producer = make_producer(make_village())
    client.force_login(make_member(producer).user)
    return producer


def join(code: str, *villages: str) -> Programme:
    programme = Programme.objects.create(code=code, name_th=code, name_en=code)
    for village in villages:
        ProgrammeMembership.objects.create(programme=programme, village_id=village)
    return programme


def test_the_form_says_what_is_taken_of_a_price_and_what_reaches_the_maker(client, weavers):
    make_rule("อาหาร", 50, otop_type="food")
    make_rule("ทั่วไป", 5)
    draft = begin(weavers, otop_type="textile", price_baht="250")

    page = client.get(url(draft)).content.decode()
    saved = send(client, draft, "autosave", price_baht="100", option_price_baht=["40", "x"]).json()

    assert "฿250" in page and "฿236.62" in page and "฿13.38" in page
    assert "฿94.65" in saved["reaches"]
    assert "฿37.86" in saved["reaches_of_options"][0]
    assert "฿" not in saved["reaches_of_options"][1]


def test_where_nothing_is_taken_all_of_it_reaches_the_maker(client, weavers):
    draft = begin(weavers, otop_type="textile", price_baht="250")

    page = client.get(url(draft)).content.decode()

    assert page.count("฿250") == 1


@pytest.mark.parametrize("otop_type", ["textile", "", "wood", "\0"])
def test_a_new_thing_is_of_its_makers_home_village_and_programme(weavers, otop_type):
    home = weavers.home_village_id
    make_rule("โครงการ", 2, programme=join("nawatwithi", home), area_code=home)
    make_rule("ทั่วไป", 9)

    assert prospect(weavers, otop_type).terms(10_000).fee_satang == 200


def test_a_thing_of_two_villages_is_in_a_programme_with_both_or_not_at_all(weavers):
    make_village("50010812", "บ้านสอง")
    one, both = join("one", "50010811"), join("both", "50010811", "50010812")
    shares = {"50010811": 500_000, "50010812": 500_000}
    thing = make_product(weavers, shares=shares)
    make_rule("บ้านเดียว", 1, programme=one)
    rule = make_rule("สองบ้าน", 2, programme=both)

    terms = prospect(weavers, "textile", thing).terms(25_000)

    assert (terms.fee_rule_id, terms.fee_satang) == (rule.pk, 500)
    origins = place_order(thing).order.lines.get().origins.all()
    assert {origin.fee_rule_id for origin in origins} == {rule.pk}
    assert sum(origin.fee_satang for origin in origins) == terms.fee_satang


def test_it_takes_one_statement_without_rules_and_three_with(weavers, django_assert_num_queries):
    thing = make_product(weavers)
    with django_assert_num_queries(1):
        prospect(weavers, "textile", thing)
    for number in range(4):
        make_rule(f"ราคา {number}", price_from_satang=number + 1)

    with django_assert_num_queries(3):
        found = prospect(weavers, "textile", thing)
        for price in (1, 100, 25_000):
            found.terms(price)


def test_the_payment_fee_is_said_where_its_maker_bears_it(weavers):
    make_rule(passes_gateway_fee=True)
    borne = prospect(weavers, "textile").terms(10_000)

    with_fee = price_words(10_000, borne)

    assert borne.passes_gateway_fee
    assert len(with_fee) > len(price_words(10_000, type(borne)(borne.fee_satang, 35)))
    assert fees_for([], thai.today()) == []
