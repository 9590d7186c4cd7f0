"""Saving in the staff's registers goes through services: rules hold, acts are audited."""

from datetime import date

import pytest
from django.urls import reverse

from marketplace.core.models import AuditEntry
from marketplace.places.models import FormerName
from marketplace.producers.models import Producer
from marketplace.villages import services
from marketplace.villages.models import (
    ProgrammeMembership,
    RouteStop,
    Village,
    VillageMembership,
)
from tests import factories
from tests.marketplace.registers.rig import PRODUCER_FORM, VILLAGE_FORM, edit, full_row, listed

pytestmark = pytest.mark.django_db


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
