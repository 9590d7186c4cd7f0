"""The desk where corrections are proposed and decided."""

import html
import json
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from marketplace.ledger.errors import NothingToMove
from marketplace.ledger.models import Event
from shop.bookkeeping import errors
from shop.bookkeeping.models import Correction, CorrectionDecision
from shop.bookkeeping.services import corrections
from tests.factories import make_member, make_producer, make_village
from tests.marketplace.ledger import rig
from tests.people import staff
from tests.shop.bookkeeping.desk import (
    MAE,
    PUI,
    REFUSED_ROLES,
    keeper,
    propose_adjustment,
    propose_move,
)

pytestmark = pytest.mark.django_db

BUDGETS = json.loads((Path(__file__).parents[2] / "budgets.json").read_text())["staff"]
NAME = "correction-register"
INDEX, ADJUST, MOVE = (reverse(f"{NAME}:{page}") for page in ("index", "adjust", "move"))


@pytest.fixture
def weavers():
    make_village(MAE, "บ้านแม่")
    return make_producer(make_village(PUI))


def page_of(correction):
    return reverse(f"{NAME}:inspect", args=[correction.pk])


def token_in(page: str) -> str:
    return re.search(r'name="form_token" value="([^"]+)"', page)[1]


def test_an_adjustment_is_looked_at_and_then_proposed_once(client, finance, weavers):
    rig.sell_in({PUI: 100_050}, producer=weavers)
    token = token_in(client.get(ADJUST).text)
    typed = {
        "producer": weavers.pk,
        "amount_satang": "-500.25",
        "village": "",
        "reason": "จ่ายเกิน",
        "form_token": token,
    }

    looked = client.post(ADJUST, typed | {"act": "look"})

    assert "฿1,000.50" in looked.text and "−฿500.25" in looked.text and "฿500.25" in looked.text
    assert token_in(looked.text) == token and "จ่ายเกิน" in looked.text
    assert not Correction.objects.exists()
    answers = [client.post(ADJUST, typed | {"act": "propose"}) for _ in range(2)]
    correction = Correction.objects.get()
    assert {answer.url for answer in answers} == {page_of(correction)}
    assert (correction.amount_satang, correction.balance_satang) == (-50_025, 100_050)
    assert (correction.village_code, correction.proposed_by) == (PUI, finance)


def test_a_change_of_place_begins_with_the_order(client, finance, weavers):
    sale = rig.sell_in({PUI: 6_701, MAE: 3_300}, producer=weavers)
    url = f"{MOVE}?order={sale.order_number}"
    shown = client.get(url).text
    assert "฿67.01" in shown and "฿33" in shown
    typed = {
        "place": f"{sale.shares[0].line_id}-{PUI}",
        "to_village": MAE,
        "reason": "ทอที่บ้านแม่",
        "form_token": token_in(shown),
    }

    looked = client.post(url, typed | {"act": "look"}).text
    client.post(url, typed | {"act": "propose"})

    assert "−฿67.01" in looked
    correction = Correction.objects.get()
    assert (correction.order_number, correction.amount_satang) == (sale.order_number, 6_701)
    assert (correction.village_code, correction.to_village_code) == (PUI, MAE)


@pytest.mark.parametrize("order", ["none", "๙๙", "x\0y", "x" * 200])
def test_an_order_without_income_is_said_beside_its_field(client, finance, order):
    answer = client.get(MOVE, {"order": order})

    assert answer.status_code == 200
    assert list(answer.context["order_form"].errors) == ["order"]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("producer", ""),
        ("producer", "999"),
        ("amount_satang", ""),
        ("amount_satang", "0"),
        ("amount_satang", "1.005"),
        ("amount_satang", "99999999999"),
        ("village", "12"),
        ("reason", " "),
        ("reason", "ก" * 201),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_typed_is_lost(
    client, finance, weavers, field, typed
):
    form = {
        "producer": weavers.pk,
        "amount_satang": "5",
        "village": "",
        "reason": "เหตุผลที่พิมพ์ไว้",
        "form_token": token_in(client.get(ADJUST).text),
        "act": "propose",
    }

    answer = client.post(ADJUST, form | {field: typed})

    assert list(answer.context["form"].errors) == [field]
    assert field == "reason" or "เหตุผลที่พิมพ์ไว้" in answer.text
    assert not Correction.objects.exists()


def test_income_is_not_moved_to_where_it_is(client, finance, weavers):
    sale = rig.sell_in({PUI: 100}, producer=weavers)
    url = f"{MOVE}?order={sale.order_number}"
    typed = {
        "place": f"{sale.shares[0].line_id}-{PUI}",
        "to_village": PUI,
        "reason": "x",
        "form_token": token_in(client.get(url).text),
        "act": "propose",
    }

    answer = client.post(url, typed)

    assert str(errors.SameVillage.message) in answer.text
    assert not Correction.objects.exists()


def test_another_person_agrees_on_the_page_and_finds_the_event_there(client, finance, weavers):
    sale = rig.sell_in({PUI: 6_701}, producer=weavers)
    correction = propose_move(sale)
    assert "−฿67.01" in client.get(page_of(correction)).text

    answers = [client.post(page_of(correction), {"act": "agree"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 200]
    event = Event.objects.get(kind="reclassification")
    page = client.get(page_of(correction)).text
    assert str(event.pk) in page and 'value="agree"' not in page and 'value="refuse"' not in page
    assert str(errors.AlreadyDecided.message) in html.unescape(answers[1].text)


def test_a_refusal_needs_a_reason(client, finance, weavers):
    correction = propose_adjustment(weavers)

    silent = client.post(page_of(correction), {"act": "refuse", "reason": " "})
    said = client.post(page_of(correction), {"act": "refuse", "reason": "ไม่ถูก"})

    assert (silent.status_code, said.status_code) == (200, 302)
    assert CorrectionDecision.objects.get().reason == "ไม่ถูก"
    assert "ไม่ถูก" in client.get(page_of(correction)).text


def test_one_s_own_proposal_offers_no_decision(client, finance, weavers):
    correction = propose_adjustment(weavers, by=finance)
    page = client.get(page_of(correction)).text
    assert 'value="agree"' not in page and 'value="refuse"' not in page

    for act in ({"act": "agree"}, {"act": "refuse", "reason": "x"}):
        answer = client.post(page_of(correction), act)
        assert str(errors.NeedsAnother.message) in html.unescape(answer.text)

    assert not CorrectionDecision.objects.exists() and not Event.objects.exists()


def test_where_nothing_is_left_to_move_only_a_refusal_is_offered(client, finance, weavers):
    sale = rig.sell_in({PUI: 100}, producer=weavers)
    correction = propose_move(sale)
    rig.refund(sale, {sale.shares[0].line_id: 100})

    page = client.get(page_of(correction)).text
    forced = client.post(page_of(correction), {"act": "agree"})

    assert str(NothingToMove.message) in page
    assert 'value="agree"' not in page and 'value="refuse"' in page
    assert forced.status_code == 200
    assert not CorrectionDecision.objects.exists()


def test_the_list_tells_what_waits_first_and_can_be_narrowed(client, finance, weavers):
    waiting, agreed, refused = (propose_adjustment(weavers, satang) for satang in (1, 2, 3))
    corrections.agree(agreed, by=keeper())
    corrections.refuse(refused, reason="x", by=keeper())

    assert list(client.get(INDEX).context["object_list"]) == [waiting, refused, agreed]
    for state, row in (("waiting", waiting), ("agreed", agreed), ("refused", refused)):
        assert list(client.get(INDEX, {"state": state}).context["object_list"]) == [row]


@pytest.mark.parametrize("role", REFUSED_ROLES)
def test_nobody_but_finance_sees_or_decides(client, weavers, role):
    correction = propose_adjustment(weavers, reason="ลับ")
    before = rig.rows()
    client.force_login(staff(role) if role else make_member(make_producer()).user)

    for answer in (
        *(client.get(url) for url in (INDEX, ADJUST, MOVE, page_of(correction))),
        client.post(ADJUST, {"act": "propose"}),
        client.post(page_of(correction), {"act": "agree"}),
        client.post(page_of(correction), {"act": "refuse", "reason": "x"}),
    ):
        assert answer.status_code in (302, 403, 404)
        assert "ลับ" not in answer.text
    assert not CorrectionDecision.objects.exists()
    assert rig.rows() == before


def test_statements_do_not_grow_with_corrections(client, finance, weavers):
    sale = rig.sell_in({PUI: 6_701}, producer=weavers)
    correction = propose_move(sale)
    urls = {
        "corrections": INDEX,
        "correction": page_of(correction),
        "correction-of-order": f"{MOVE}?order={sale.order_number}",
    }
    for url in urls.values():
        client.get(url)  # caches of content types and menus

    few = {name: statements(client, url) for name, url in urls.items()}
    for number in range(8):
        one = propose_adjustment(make_producer(), number + 1)
        if number % 2:
            corrections.agree(one, by=keeper())
    many = {name: statements(client, url) for name, url in urls.items()}

    assert many == few
    assert many == {name: BUDGETS[name] for name in urls}


def statements(client, url) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("act", ["delete", "copy", "history", "usage", "edit", "add"])
def test_no_correction_is_deleted_or_edited(act):
    with pytest.raises(NoReverseMatch):
        reverse(f"{NAME}:{act}", args=[1])
