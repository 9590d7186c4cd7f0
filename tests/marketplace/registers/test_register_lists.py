"""The staff's registers: search, filters, scope of an officer, budgets, no deletion."""

import pytest
from django.urls import NoReverseMatch, reverse

from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from marketplace.villages import services
from marketplace.villages.models import (
    Programme,
    RouteStop,
)
from tests import factories
from tests.marketplace.registers.rig import KEPT, LONG_AGO, LOOKED_AT, full_row, listed
from tests.people import staff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("words", ["ดอย", "ปุย", "บ้านดอยปุย", "500108", "๕๐๐๑", " ดอย ปุย "])
def test_a_thai_word_inside_a_name_and_a_code_are_found(client, curator, village, elsewhere, words):
    page = listed(client, "village-register", q=words)

    assert "บ้านดอยปุย" in page
    assert "บ้านปะอาว" not in page


@pytest.mark.parametrize(
    "query",
    [
        {"province": "34"},
        {"code": "3401"},
        {"status": "dormant"},
        {"is_code_confirmed": "false"},
        {"programme": "cbt"},
    ],
)
def test_filters_narrow_the_list_of_villages(client, curator, village, elsewhere, query):
    programme = services.register_programme(code="cbt", name_th="ชุมชน")
    services.join_programme(village=elsewhere, programme=programme, since=LONG_AGO, by=None)
    services.set_village_status(village=elsewhere, status="dormant", reason="เงียบ", by=None)
    services.change_village(village=elsewhere, is_code_confirmed=False, by=None)

    page = listed(client, "village-register", **query)

    assert "บ้านปะอาว" in page
    assert "บ้านดอยปุย" not in page


def test_names_stand_in_thai_order(client, curator, village):
    for code, name in (("50010801", "แม่สา"), ("50010802", "มะขาม"), ("50010803", "เมืองงาย")):
        factories.make_village(code, name)

    page = listed(client, "village-register")

    places = [page.index(f">\n{name}") if f">\n{name}" in page else page.index(name) for name in
              ("บ้านดอยปุย", "มะขาม", "เมืองงาย", "แม่สา")]  # fmt: skip
    assert places == sorted(places)
    assert thai.sort_key("เมืองงาย") < thai.sort_key("แม่สา")


@pytest.mark.parametrize("register", [*KEPT, *LOOKED_AT])
def test_statements_do_not_grow_with_rows(
    client, curator, village, register, django_assert_max_num_queries
):
    full_row(village)
    listed(client, register)  # caches of content types and menus
    with django_assert_max_num_queries(20) as few:
        listed(client, register)
    _many_more()

    with django_assert_max_num_queries(20) as many:
        listed(client, register)

    assert len(few) == len(many)


def _many_more():
    programme, route = Programme.objects.get(), RouteStop.objects.get().route
    for number in range(1, 9):
        row = factories.make_village(f"500108{number:02}", f"บ้าน {number}")
        factories.make_producer(row, f"กลุ่ม {number}")
        services.join_programme(village=row, programme=programme, since=LONG_AGO, by=None)
        services.add_route_stop(route=route, village=row, position=2, since=LONG_AGO, by=None)
        services.add_village_member(
            village=row, user=factories.make_user(), role="guide", since=LONG_AGO, by=None
        )
    for code in ("500103", "500203", "340101", "510101"):
        factories.make_tambon(code)


def test_a_page_holds_fifty_rows(client, curator, village):
    for number in range(12, 80):
        factories.make_village(f"500108{number}", f"บ้าน {number}")

    first, second = (listed(client, "village-register", p=page) for page in (1, 2))

    assert first.count("บ้าน ") + first.count("บ้านดอย") >= 50
    assert ("บ้าน 79" in first) != ("บ้าน 79" in second)


def test_an_officer_sees_his_area_in_the_list_and_by_address_alike(client, village, elsewhere):
    mine, theirs = full_row(village), factories.make_producer(elsewhere, "หล่อทองเหลือง")
    client.force_login(staff(StaffRole.OFFICER, "5001"))

    for register, own, foreign in (
        ("village-register", village, elsewhere),
        ("producer-register", mine, theirs),
    ):
        page = listed(client, register)
        assert own.name_th in page
        assert foreign.name_th not in page
        assert client.get(reverse(f"{register}:inspect", args=[own.pk])).status_code == 200
        assert client.get(reverse(f"{register}:inspect", args=[foreign.pk])).status_code == 404
        assert client.get(reverse("producer_chooser:chosen", args=[theirs.pk])).status_code == 404
    for register in ("programme-membership-register", "route-stop-register"):
        assert "บ้านดอยปุย" in listed(client, register)


def test_officers_and_reviewers_look_and_do_not_touch(client, village):
    producer = full_row(village)
    for user in (staff(StaffRole.OFFICER, ""), staff(StaffRole.REVIEWER)):
        client.force_login(user)
        for register, row in (("village-register", village), ("producer-register", producer)):
            for address in (
                reverse(f"{register}:edit", args=[row.pk]),
                reverse(f"{register}:add"),
            ):
                client.post(address, {"name_th": "ยึด", "kind": "sme", "status": "active"})
            assert reverse(f"{register}:add") not in listed(client, register)

    village.refresh_from_db()
    producer.refresh_from_db()
    assert (village.name_th, producer.name_th) == ("บ้านดอยปุย", "กลุ่มทอผ้าดอยปุย")


@pytest.mark.parametrize("register", [*KEPT, *LOOKED_AT])
def test_shoppers_and_makers_are_kept_out(client, village, register):
    maker = factories.make_member(full_row(village)).user
    for user in (factories.make_user(), maker):
        client.force_login(user)
        assert client.get(reverse(f"{register}:index")).status_code in (302, 403)


@pytest.mark.parametrize("register", [*KEPT, *LOOKED_AT])
def test_nothing_can_be_deleted_or_copied(register):
    for act in ("delete", "copy", "history", "usage"):
        with pytest.raises(NoReverseMatch):
            reverse(f"{register}:{act}", args=["50"])


@pytest.mark.parametrize("register", LOOKED_AT)
def test_places_are_only_looked_at(client, curator, village, register):
    factories.make_tambon("500108").postcodes.create(postcode="50200")
    code = {"province": "50", "amphoe": "5001", "tambon": "500108"}[register.split("-")[0]]

    assert code in listed(client, register, q=code)
    page = client.get(reverse(f"{register}:inspect", args=[code]))
    assert page.status_code == 200
    assert ("50200" in page.text) is (register == "tambon-register")
    for act, args in (("add", []), ("edit", [code])):
        with pytest.raises(NoReverseMatch):
            reverse(f"{register}:{act}", args=args)
