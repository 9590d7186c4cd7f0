"""The staff's registers in Wagtail's admin: search, scope, saving through services, no deletion."""

from datetime import date

import pytest
from django.urls import NoReverseMatch, reverse

from marketplace.accounts import services as accounts
from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from marketplace.core.models import AuditEntry
from marketplace.places.models import FormerName
from marketplace.producers.models import Producer
from marketplace.villages import services
from marketplace.villages.models import (
    Programme,
    ProgrammeMembership,
    RouteStop,
    Village,
    VillageMembership,
)
from tests import factories

pytestmark = pytest.mark.django_db

LONG_AGO = date(2020, 1, 1)
KEPT = (
    "village-register",
    "village-member-register",
    "programme-register",
    "programme-membership-register",
    "route-register",
    "route-stop-register",
    "producer-register",
)
LOOKED_AT = ("province-register", "amphoe-register", "tambon-register")


def staff(role, *areas):
    user = factories.make_user()
    accounts.give_role(user=user, role=role, by=None)
    for area in areas:
        accounts.grant_area(user=user, area_code=area, since=LONG_AGO, by=None)
    return user


@pytest.fixture
def curator(client):
    user = staff(StaffRole.CURATOR)
    client.force_login(user)
    return user


@pytest.fixture
def village():
    return factories.make_village("50010811", "บ้านดอยปุย")


@pytest.fixture
def elsewhere():
    return factories.make_village("34010105", "บ้านปะอาว")


def listed(client, register, **query) -> str:
    answer = client.get(reverse(f"{register}:index"), query)
    assert answer.status_code == 200, answer
    return answer.text


def full_row(village):
    """One row in every register."""
    programme = services.register_programme(code="cbt", name_th="ชุมชน")
    services.join_programme(village=village, programme=programme, since=LONG_AGO, by=None)
    route = services.register_route(code="lanna", kind="community", name_th="ล้านนา")
    services.add_route_stop(route=route, village=village, position=1, since=LONG_AGO, by=None)
    services.add_village_member(
        village=village, user=factories.make_user(), role="guide", since=LONG_AGO, by=None
    )
    return factories.make_producer(village, "กลุ่มทอผ้าดอยปุย")


# --- Lists ---------------------------------------------------------------------------------------
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


# --- Who sees what -------------------------------------------------------------------------------
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


# --- Saving --------------------------------------------------------------------------------------
VILLAGE_FORM = {
    "name_th": "บ้านดอยปุย",
    "name_en": "",
    "status": "active",
    "status_reason": "",
    "is_code_confirmed": "on",
    "charm_th": "",
    "charm_en": "",
    "about_th": "",
    "about_en": "",
    "founded_year_be": "",
    "latitude": "",
    "longitude": "",
}


def edit(client, register, row, **form):
    return client.post(reverse(f"{register}:edit", args=[row.pk]), form)


def test_a_village_is_registered_by_a_curator(client, curator):
    factories.make_tambon("500108")
    form = VILLAGE_FORM | {"code": "50010811", "charm_th": "ผ้า  ทอ"}

    answer = client.post(reverse("village-register:add"), form)

    assert answer.status_code == 302, answer.context["form"].errors
    village = Village.objects.get()
    assert (village.code, village.charm_th) == ("50010811", "ผ้า ทอ")
    assert AuditEntry.objects.get(act="village.register").actor == curator


@pytest.mark.parametrize("code", ["5001081", "50010800", "99010101", "50010812", "xxxxxxxx", ""])
def test_a_bad_or_taken_code_is_shown_above_the_form(client, curator, village, code):
    factories.make_village("50010812", "บ้านเดิม")

    answer = client.post(reverse("village-register:add"), VILLAGE_FORM | {"code": code})

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert set(Village.objects.values_list("name_th", flat=True)) == {"บ้านดอยปุย", "บ้านเดิม"}


def test_renaming_in_the_register_keeps_the_old_name(client, curator, village):
    answer = edit(client, "village-register", village, **VILLAGE_FORM | {"name_th": "บ้านใหม่"})

    assert answer.status_code == 302, answer.context["form"].errors
    assert Village.objects.get().name_th == "บ้านใหม่"
    assert FormerName.objects.get().name_th == "บ้านดอยปุย"
    assert AuditEntry.objects.get(act="village.rename").actor == curator


def test_saving_without_a_change_notes_nothing(client, curator, village):
    before = AuditEntry.objects.count()

    assert edit(client, "village-register", village, **VILLAGE_FORM).status_code == 302

    assert AuditEntry.objects.count() == before


def test_the_code_of_a_village_is_not_in_the_form(client, curator, village):
    page = client.get(reverse("village-register:edit", args=[village.pk]))
    assert 'name="code"' not in page.text

    edit(client, "village-register", village, **VILLAGE_FORM | {"code": "50010899"})

    assert Village.objects.get().code == "50010811"


def test_a_broken_rule_saves_nothing_of_the_form(client, curator, village):
    form = VILLAGE_FORM | {"name_th": "ใหม่", "status": "closed", "charm_th": "x"}

    answer = edit(client, "village-register", village, **form)

    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    village.refresh_from_db()
    assert (village.name_th, village.status, village.charm_th) == ("บ้านดอยปุย", "active", "")
    assert not FormerName.objects.exists()


def test_a_village_joins_and_leaves_a_programme(client, curator, village):
    services.register_programme(code="cbt", name_th="ชุมชน")
    form = {"programme": "cbt", "village": village.pk, "valid_from": "2025-01-01"}

    for _ in range(2):
        answer = client.post(reverse("programme-membership-register:add"), form)
        assert answer.status_code == 302, answer.context["form"].errors

    membership = ProgrammeMembership.objects.get()
    answer = edit(client, "programme-membership-register", membership, valid_until="2024-01-01")
    assert answer.status_code == 200
    assert ProgrammeMembership.objects.get().valid_until is None
    edit(client, "programme-membership-register", membership, valid_until="2025-12-31")
    assert ProgrammeMembership.objects.get().valid_until == date(2025, 12, 31)
    assert "บ้านดอยปุย" not in listed(client, "programme-membership-register", holds="true")


def test_a_route_gets_stops_that_move_and_end(client, curator, village):
    form = {"code": "lanna", "kind": "community", "name_th": "ล้านนา"}
    assert client.post(reverse("route-register:add"), form).status_code == 302
    stop = {"route": "lanna", "village": village.pk, "position": 1, "valid_from": "2025-01-01"}
    assert client.post(reverse("route-stop-register:add"), stop).status_code == 302

    row = RouteStop.objects.get()
    edit(client, "route-stop-register", row, position=3, note_th="พัก", valid_until="")
    row.refresh_from_db()
    assert (row.position, row.note_th, row.valid_until) == (3, "พัก", None)
    edit(client, "route-stop-register", row, position=3, valid_until="2025-06-30")
    row.refresh_from_db()
    assert row.valid_until == date(2025, 6, 30)


def test_names_of_programmes_and_routes_are_corrected(client, curator):
    programme = services.register_programme(code="cbt", name_th="ผิด")
    route = services.register_route(code="lanna", kind="community", name_th="ผิด")

    edit(client, "programme-register", programme, name_th="ถูก", name_en="Right")
    edit(client, "route-register", route, kind="mainstream", name_th="ถูก")

    programme.refresh_from_db()
    route.refresh_from_db()
    assert (programme.name_th, route.name_th, route.kind) == ("ถูก", "ถูก", "mainstream")
    assert AuditEntry.objects.filter(act__endswith=".change", actor=curator).count() == 2


def test_people_of_a_village_are_found_by_their_address(client, curator, village):
    person = factories.make_user("Guide@example.org")
    form = {"village": village.pk, "role": "guide", "valid_from": "2025-01-01"}
    add = reverse("village-member-register:add")

    assert client.post(add, form | {"email": "nobody@example.org"}).status_code == 200
    assert not VillageMembership.objects.exists()
    assert client.post(add, form | {"email": "guide@EXAMPLE.org"}).status_code == 302
    membership = VillageMembership.objects.get()
    assert membership.user == person
    edit(client, "village-member-register", membership, valid_until="2025-12-31")
    membership.refresh_from_db()
    assert membership.valid_until == date(2025, 12, 31)


PRODUCER_FORM = {
    "name_th": "กลุ่มทอผ้า",
    "name_en": "",
    "kind": "community_group",
    "since_year_be": "",
    "members_count": "",
    "story_th": "",
    "story_en": "",
    "payout_interval": "monthly",
}


def test_a_producer_is_registered_renamed_moved_and_suspended(client, curator, village, elsewhere):
    form = PRODUCER_FORM | {"home_village": village.pk}
    answer = client.post(reverse("producer-register:add"), form)
    assert answer.status_code == 302, answer.context["form"].errors
    producer = Producer.objects.get()
    assert (producer.status, producer.partner.name) == ("applied", "กลุ่มทอผ้า")

    form |= {"name_th": "แม่บ้าน", "home_village": elsewhere.pk, "status": "active"}
    answer = edit(client, "producer-register", producer, **form)
    assert answer.status_code == 302, answer.context["form"].errors
    producer.refresh_from_db()
    assert (producer.name_th, producer.status, producer.home_village) == (
        "แม่บ้าน", "active", elsewhere,
    )  # fmt: skip

    edit(client, "producer-register", producer, **form | {"status": "suspended"})
    producer.refresh_from_db()
    assert producer.status == "active"  # no reason given
    edit(client, "producer-register", producer, **form | {"status": "suspended",
                                                          "status_reason": "ตรวจ"})  # fmt: skip
    producer.refresh_from_db()
    assert (producer.status, producer.status_reason) == ("suspended", "ตรวจ")
    acts = AuditEntry.objects.filter(actor=curator, target=f"producer:{producer.pk}")
    assert list(acts.order_by("pk").values_list("act", flat=True)) == [
        "producer.register",
        "producer.rename",
        "producer.move",
        "producer.active",
        "producer.suspended",
    ]


def test_an_accepted_producer_never_becomes_an_applicant_again(client, curator, village):
    producer = full_row(village)
    form = PRODUCER_FORM | {"home_village": village.pk, "status": "applied"}

    assert edit(client, "producer-register", producer, **form).status_code == 200

    producer.refresh_from_db()
    assert (producer.status, producer.name_th) == ("active", "กลุ่มทอผ้าดอยปุย")


def test_a_producer_in_a_village_that_closed_can_still_be_edited(client, curator, village):
    producer = full_row(village)
    services.set_village_status(village=village, status="closed", reason="ย้าย", by=None)
    form = PRODUCER_FORM | {"home_village": village.pk, "status": "active"}

    assert edit(client, "producer-register", producer, **form).status_code == 302

    producer.refresh_from_db()
    assert producer.name_th == "กลุ่มทอผ้า"


# --- Choosing ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("register", "field"),
    [
        ("producer-register", "home_village"),
        ("programme-membership-register", "village"),
        ("route-stop-register", "village"),
        ("village-member-register", "village"),
    ],
)
def test_villages_are_chosen_in_a_dialogue_and_never_from_a_select(
    client, curator, village, register, field
):
    page = client.get(reverse(f"{register}:add")).text

    assert f'<select name="{field}"' not in page
    assert f'type="hidden" name="{field}"' in page
    assert reverse("registered_village_chooser:choose") in page
    assert "บ้านดอยปุย" not in page


@pytest.mark.parametrize(
    ("chooser", "words", "found"),
    [
        ("registered_village_chooser", "ดอย", "บ้านดอยปุย"),
        ("registered_village_chooser", "500108", "บ้านดอยปุย"),
        ("producer_chooser", "ทอผ้า", "กลุ่มทอผ้าดอยปุย"),
        ("tambon_chooser", "เทพ", "สุเทพ"),
        ("tambon_chooser", "suthep", "สุเทพ"),
    ],
)
def test_a_chooser_finds_words_inside_names_and_pages(
    client, curator, village, elsewhere, chooser, words, found, django_assert_max_num_queries
):
    full_row(village)
    url = reverse(f"{chooser}:choose_results")
    client.get(url)
    for number in range(1, 40):
        factories.make_village(f"340101{number + 5:02}", f"บ้านอื่น {number}")

    with django_assert_max_num_queries(14):
        page = client.get(url, {"q": words}).text

    assert found in page
    assert "บ้านปะอาว" not in page and "บ้านอื่น" not in page
    assert client.get(reverse(f"{chooser}:choose")).status_code == 200
    assert client.get(url, {"q": "ไม่มีแน่"}).text.count("<tr") <= 1


def test_a_chosen_row_is_answered_with_its_name(client, curator, village):
    url = reverse("registered_village_chooser:chosen", args=[village.pk])

    assert client.get(url).json()["result"]["title"] == "บ้านดอยปุย"
    unknown = reverse("registered_village_chooser:chosen", args=["99999999"])
    assert client.get(unknown).status_code == 404
