"""What staff type into the search, the filters and the address of a register never breaks it."""

import pytest
from django.urls import reverse

from tests import factories
from tests.marketplace.registers.rig import KEPT, LOOKED_AT
from tests.shop.test_hostile_input import VALUES, crashed, rows, with_markup

pytestmark = pytest.mark.django_db

LISTS = (
    *(f"{register}:index" for register in (*KEPT, *LOOKED_AT)),
    *(f"{chooser}:choose_results" for chooser in ("registered_village_chooser", "tambon_chooser")),
    "producer_chooser:choose_results",
    "import-row-register:index",
    "attention-register:index",
    "movement-register:index",
    "declared-sale-register:index",
    "declared-sale-register:record",
    "income-report",
)
ASKED = (
    ("q",),  # alone, since a filter that is refused may keep the search from being asked
    ("p", "ordering", "code", "area_code", "province", "status", "kind", "programme", "region")
    + ("first_batch", "reason", "looked_at", "result", "is_secondary_city", "period", "export")
    + ("first", "last", "channel", "writer", "state"),
    ("area",),
)


@pytest.mark.parametrize("kind", ["nul", "lone surrogate", "sql", "markup", "too large"])
def test_lists_and_reports_answer_whatever_is_typed(client, kind):
    factories.make_producer(factories.make_village("50010811"))
    client.force_login(factories.make_user(is_staff=True, is_superuser=True))
    client.raise_request_exception = False
    typed = VALUES[kind].decode("utf-8", "replace")
    client.get(reverse("income-report"))
    before = rows()

    answers = {
        f"{name} {fields[0]}": client.get(reverse(name), dict.fromkeys(fields, typed))
        for name in LISTS
        for fields in ASKED
    }

    assert {answer.status_code for answer in answers.values()} <= {200, 302, 400, 403, 404}
    assert crashed(answers) == {}
    assert with_markup(answers) == []
    assert rows() == before
