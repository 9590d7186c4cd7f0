"""Names that break things elsewhere, typed into the registers: refused, or shown as text."""

from urllib.parse import quote

import pytest
from django.urls import reverse

from marketplace.accounts.roles import StaffRole
from tests import factories
from tests.marketplace.registers.rig import PRODUCER_FORM, VILLAGE_FORM
from tests.people import staff
from tests.shop.test_hostile_input import VALUES, rows

pytestmark = pytest.mark.django_db

SCRIPT = VALUES["markup"].decode()
FORMS = {
    "village-register": VILLAGE_FORM | {"code": "50010812"},
    "programme-register": {"code": "cbt", "name_th": "ชุมชน", "name_en": "CBT"},
    "route-register": {"code": "lanna", "kind": "community", "name_th": "ล้านนา", "name_en": ""},
    "producer-register": PRODUCER_FORM | {"home_village": "50010811"},
}
every_form = pytest.mark.parametrize("register", FORMS)


@pytest.fixture(autouse=True)
def curator(client):
    factories.make_village("50010811")
    client.force_login(staff(StaffRole.CURATOR))
    client.raise_request_exception = False


def add(client, register, **facts):
    return client.post(reverse(f"{register}:add"), FORMS[register] | facts)


@every_form
@pytest.mark.parametrize("field", ["name_th", "name_en"])
@pytest.mark.parametrize("kind", ["ten kilobytes", "nul"])
def test_a_name_that_no_column_takes_is_refused_with_a_reason(client, register, field, kind):
    before = rows()

    answer = add(client, register, **{field: VALUES[kind].decode()})

    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert rows() == before


@every_form
@pytest.mark.parametrize("kind", ["half a letter", "bytes of another encoding"])
def test_bytes_that_are_no_text_are_refused(client, register, kind):
    fields = {**FORMS[register], "name_th": VALUES[kind]}
    body = "&".join(f"{name}={quote(value)}" for name, value in fields.items())
    before = rows()

    answer = client.post(reverse(f"{register}:add"), body, "application/x-www-form-urlencoded")

    assert answer.status_code == 200
    assert rows() == before


@every_form
def test_markup_in_a_name_is_kept_and_shown_as_text(client, register):
    answer = add(client, register, name_th=SCRIPT)

    assert answer.status_code == 302, answer.context["form"].errors
    shown = client.get(reverse(f"{register}:index")).text
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert(1)" not in shown
