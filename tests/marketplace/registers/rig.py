"""All registers by name, a row and a form for them, and how tests look at them."""

from datetime import date

from django.urls import reverse

from marketplace.villages import services
from tests import factories

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


def listed(client, register, **query) -> str:
    answer = client.get(reverse(f"{register}:index"), query)
    assert answer.status_code == 200, answer
    return answer.text


def edit(client, register, row, **form):
    return client.post(reverse(f"{register}:edit", args=[row.pk]), form)


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
