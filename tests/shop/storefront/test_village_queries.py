"""What a village's page reads: what holds today, in a fixed number of statements."""

from datetime import timedelta

import pytest

from marketplace.core import thai
from marketplace.villages import services
from shop.storefront.queries import find_village
from tests.factories import make_producer, make_village

pytestmark = pytest.mark.django_db


def test_a_village_belongs_to_what_holds_today(django_assert_num_queries):
    village, today = make_village("50010811"), thai.today()
    long_ago, yesterday = today - timedelta(days=900), today - timedelta(days=1)
    maker = make_producer(village)
    make_producer(village, "ใบสมัคร", status="applied")
    inside = services.register_programme(code="nawatwithi", name_th="นวัตวิถี", name_en="Nawatwithi")
    ended = services.register_programme(code="cbt", name_th="ชุมชน")
    route = services.register_route(code="hills", name_th="เส้นทางดอย", kind="community")
    for programme in (inside, ended):
        services.join_programme(village=village, programme=programme, since=long_ago, by=None)
    services.leave_programme(village=village, programme=ended, last_day=yesterday, by=None)
    services.add_route_stop(route=route, village=village, position=1, since=long_ago, by=None)

    with django_assert_num_queries(3):
        page = find_village("50010811")
        assert page.village.tambon.amphoe.province.name_th == "เชียงใหม่"

    assert page.producers == [maker]
    assert [one.name for one in page.programmes] == ["นวัตวิถี"]
    assert [one.name for one in page.routes] == ["เส้นทางดอย"]


def test_a_closed_or_unknown_village_has_no_page():
    village = make_village("50010811")
    services.set_village_status(village=village, status="closed", reason="ย้าย", by=None)

    assert find_village("50010811") is None
    assert find_village("99999999") is None
