from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from oscar.apps.order.models import Line, Order

from marketplace.core import thai
from marketplace.provenance import services
from marketplace.provenance.models import LineOrigin, OriginGroup
from marketplace.provenance.services import LineFacts, NoVillageShare
from marketplace.villages.models import Programme, ProgrammeMembership, Route, RouteStop
from tests.factories import make_producer, make_product, make_village

pytestmark = pytest.mark.django_db


def order_line(product, quantity=1):
    order, _ = Order.objects.get_or_create(
        number="1",
        defaults={
            "currency": "THB",
            "total_incl_tax": Decimal(1),
            "total_excl_tax": Decimal(1),
        },
    )
    price = dict.fromkeys(
        (
            "line_price_incl_tax",
            "line_price_excl_tax",
            "line_price_before_discounts_incl_tax",
            "line_price_before_discounts_excl_tax",
        ),
        Decimal(1),
    )
    return Line.objects.create(
        order=order,
        partner_name="",
        partner_sku="",
        title=product.title,
        product=product,
        quantity=quantity,
        num_allocated=0,
        **price,
    )


def frozen(made, amount_satang=10_000, quantity=1, day=None, product=None):
    line = order_line(product or made.product, quantity)
    facts = LineFacts(line.pk, line.product_id, quantity, amount_satang)
    return services.freeze_origins(lines=[facts], day=day or thai.today())


def two_villages():
    return make_village("50010811"), make_village("34010105", "บ้านปะอาว", name_en="Ban Pa Ao")


def test_a_line_is_split_over_its_villages_to_the_satang():
    make_village("50010811"), two_villages()
    made = make_product(shares={"50010811": 333_333, "34010105": 666_667})

    origins = frozen(made, amount_satang=10_001, quantity=3)

    assert [(o.share_number, o.village_code, o.share_ppm, o.amount_satang) for o in origins] == [
        (1, "34010105", 666_667, 6_667),
        (2, "50010811", 333_333, 3_334),
    ]
    first = LineOrigin.objects.get(share_number=1)
    assert (first.village_name_th, first.village_name_en) == ("บ้านปะอาว", "Ban Pa Ao")
    assert (first.tambon_code, first.amphoe_code, first.province_code) == ("340101", "3401", "34")
    assert (first.producer_id, first.quantity, first.stars) == (made.producer_id, 3, 0)


def test_an_option_is_credited_like_its_product():
    made = make_product(options=[services.OptionPlan("แดง", price_satang=100, quantity=1)])
    child = made.product.children.get()

    origin = frozen(made, product=child)[0]

    assert (origin.product_id, origin.title_th) == (child.pk, made.product.title)
    assert origin.village_code == "50010811"


def test_programmes_and_routes_of_the_day_are_frozen_and_ended_ones_are_not():
    village, today = make_village(), thai.today()
    for code in ("nawatwithi", "ended"):
        Programme.objects.create(code=code, name_th=code, name_en=code)
    ProgrammeMembership.objects.create(programme_id="nawatwithi", village=village)
    ProgrammeMembership.objects.create(
        programme_id="ended",
        village=village,
        valid_from=today - timedelta(days=9),
        valid_until=today - timedelta(days=1),
    )
    Route.objects.create(code="silk", kind="community", name_th="ไหม")
    RouteStop.objects.create(route_id="silk", village=village, position=1)

    frozen(make_product())

    found = OriginGroup.objects.order_by("kind").values_list("kind", "code")
    assert list(found) == [("programme", "nawatwithi"), ("route", "silk")]


def test_later_changes_leave_a_frozen_line_alone():
    made = make_product()
    origin = frozen(made)[0]
    make_village("34010105", "บ้านปะอาว")

    services.set_village_shares(provenance=made, shares={"34010105": 1_000_000}, by=None)
    services.withdraw_product(provenance=made, reason="เลิกผลิต", by=None)

    origin.refresh_from_db()
    assert (origin.village_code, origin.amount_satang) == ("50010811", 10_000)


def test_shares_of_the_day_count_and_not_those_of_today():
    made = make_product(shares_since=thai.today() - timedelta(days=30))
    make_village("34010105", "บ้านปะอาว")
    services.set_village_shares(provenance=made, shares={"34010105": 1_000_000}, by=None)

    yesterday = frozen(made, day=thai.today() - timedelta(days=1))
    today = frozen(made)

    assert [o.village_code for o in yesterday + today] == ["50010811", "34010105"]


def test_a_product_without_a_village_is_named_and_nothing_is_frozen():
    made = make_product()
    nowhere = make_product(shares={}, public=False, title_th="เสื่อกก")
    facts = [
        LineFacts(order_line(one.product).pk, one.product_id, 1, 100) for one in (made, nowhere)
    ]

    with pytest.raises(NoVillageShare, match="เสื่อกก"):
        services.freeze_origins(lines=facts, day=thai.today())

    assert not LineOrigin.objects.exists()


def test_a_line_is_frozen_once():
    made = make_product()
    line = order_line(made.product)
    facts = LineFacts(line.pk, line.product_id, 1, 100)
    services.freeze_origins(lines=[facts], day=thai.today())

    with pytest.raises(IntegrityError), transaction.atomic():
        services.freeze_origins(lines=[facts], day=thai.today())

    assert LineOrigin.objects.count() == 1


def test_two_lines_and_thirty_take_the_same_statements(django_assert_num_queries):
    producer = make_producer()
    lines = []
    for _ in range(30):
        line = order_line(make_product(producer).product)
        lines.append(LineFacts(line.pk, line.product_id, 1, 777))

    with django_assert_num_queries(5):
        services.freeze_origins(lines=lines[:2], day=thai.today())
    with django_assert_num_queries(5):
        services.freeze_origins(lines=lines[2:], day=thai.today())


@pytest.mark.parametrize("table", ["provenance_lineorigin", "provenance_origingroup"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id + 1", "DELETE FROM {}"])
def test_what_is_frozen_cannot_be_changed_or_deleted(table, change):
    village = make_village()
    Programme.objects.create(code="nawatwithi", name_th="น", name_en="n")
    ProgrammeMembership.objects.create(programme_id="nawatwithi", village=village)
    frozen(make_product())

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))

    assert (LineOrigin.objects.count(), OriginGroup.objects.count()) == (1, 1)
