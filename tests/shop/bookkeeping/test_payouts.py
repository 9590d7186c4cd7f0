"""Payouts to producers: never more than is owed, by two people, once."""

import csv
import html
import io
import json
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from marketplace.core import thai
from marketplace.core.models import AuditEntry
from marketplace.core.row_changes import ReasonRequired
from marketplace.ledger import services, verification
from marketplace.ledger.models import Event
from marketplace.producers.models import PayoutAccount
from marketplace.producers.services.payout_accounts import (
    approve_payout_account,
    propose_payout_account,
)
from shop.bookkeeping import errors, guards
from shop.bookkeeping.models import PayoutAgreement, PayoutEnd, PayoutLine, PayoutList
from shop.bookkeeping.queries.owed import Owed, owed_to
from shop.bookkeeping.queries.payouts import payables, standing_lines
from shop.bookkeeping.services import payouts
from tests.at_once import at_once
from tests.factories import make_member, make_producer, make_user, make_village
from tests.marketplace.ledger import rig
from tests.people import staff
from tests.shop.bookkeeping.desk import PUI, REFUSED_ROLES, keeper

BUDGETS = json.loads((Path(__file__).parents[2] / "budgets.json").read_text())["staff"]
NUMBER = "0123456789"
NAME = "payout-register"
INDEX, MAKE = (reverse(f"{NAME}:{page}") for page in ("index", "make"))


def make_weavers():
    return make_producer(make_village(PUI))


def earn(producer, goods=10_001, delivery=500, fee=0):
    terms = rig.Terms(fee=fee)
    return rig.sell([rig.Part(producer, {PUI: goods}, terms)], {producer.pk: delivery})[0]


def give_account(producer, number=NUMBER):
    account = propose_payout_account(
        producer=producer, holder_name="กลุ่มทอผ้า", bank_code="006", number=number, by=keeper()
    )
    return approve_payout_account(account=account, by=keeper())


def prepare(*producers, by=None):
    ids = [producer.pk for producer in producers]
    return payouts.prepare_list(producer_ids=ids, form_token=uuid4(), by=by or keeper())


def agreed(*producers):
    made = prepare(*producers)
    payouts.agree_to_list(made, by=keeper())
    return PayoutList.objects.get(pk=made.pk)


def handed(*producers):
    made = agreed(*producers)
    payouts.hand_over(made, handed_on=thai.today(), by=keeper())
    return PayoutList.objects.get(pk=made.pk)


def page_of(made, page="inspect"):
    return reverse(f"{NAME}:{page}", args=[made.pk])


@pytest.fixture
def weavers(db):
    return make_weavers()


@pytest.fixture
def finance(client, db):
    user = keeper()
    client.force_login(user)
    return user


# --- What is owed --------------------------------------------------------------------------------
def test_a_list_pays_each_producer_all_it_is_owed_for_goods_and_delivery(weavers):
    earn(weavers, 10_001, 500, fee=30_000)
    account = give_account(weavers)

    line = prepare(weavers).lines.get()

    assert (line.goods_satang, line.delivery_satang) == (10_001 - 300, 500)
    assert line.account == account


def test_where_one_account_is_below_zero_the_other_pays_for_it(weavers):
    sale = earn(weavers, 1_000, 500)
    services_payout = services.Payout("p", rig.NOON, (services.PayoutPart(weavers.pk, 1_000),))
    services.record_payout(services_payout)
    rig.refund(sale, {sale.shares[0].line_id: 300})

    assert owed_to() == {weavers.pk: Owed(-300, 500)}
    line = prepare(weavers).lines.get()

    assert (line.goods_satang, line.delivery_satang) == (0, 200)


def test_who_is_owed_nothing_is_not_listed(weavers):
    sale = earn(weavers, 100, 0)
    rig.refund(sale, {sale.shares[0].line_id: 100})

    assert payables() == []
    with pytest.raises(errors.NothingOwed):
        prepare(weavers)
    with pytest.raises(errors.NothingChosen):
        prepare()
    assert not PayoutList.objects.exists()


def test_a_producer_is_in_one_list_under_way_only(weavers):
    earn(weavers)
    first = prepare(weavers)

    with pytest.raises(errors.UnderWay):
        prepare(weavers)

    payouts.drop_list(first, reason="ผิด", by=keeper())
    assert prepare(weavers).lines.count() == 1


def test_an_account_changed_lately_is_not_paid_to(weavers):
    earn(weavers)
    give_account(weavers)
    give_account(weavers, "9876543210")

    with pytest.raises(errors.AccountFrozen):
        prepare(weavers)

    assert [row.is_payable for row in payables()] == [False]


# --- Two people, once ----------------------------------------------------------------------------
def test_what_is_handed_to_the_bank_is_in_the_ledger_and_owed_no_more(weavers):
    earn(weavers, 10_001, 500)
    made, person = agreed(weavers), keeper()

    event = payouts.hand_over(made, handed_on=thai.today(), by=person)

    assert (event.kind, event.total_satang, event.actor) == ("payout", 10_501, person)
    assert event.provider_reference == made.reference
    assert owed_to() == {weavers.pk: Owed(0, 0)}
    assert PayoutEnd.objects.get().event == event
    assert set(event.transfers.values_list("village_code", "amount_satang")) == {
        (PUI, 10_001),
        (PUI, 500),
    }
    assert list(verification.verify()) == []


def test_nobody_agrees_to_his_own_list(weavers):
    earn(weavers)
    alone = keeper()
    made = prepare(weavers, by=alone)

    with pytest.raises(errors.PreparedBySame):
        payouts.agree_to_list(made, by=alone)
    with pytest.raises(errors.NotAgreed):
        payouts.hand_over(made, handed_on=thai.today(), by=alone)

    assert not PayoutAgreement.objects.exists()
    assert not Event.objects.filter(kind="payout").exists()


@pytest.mark.parametrize("role", REFUSED_ROLES)
def test_only_finance_pays_out(weavers, role):
    earn(weavers)
    stranger, made = staff(role) if role else make_user(), agreed(weavers)
    before = rig.rows()

    for act in (
        lambda: prepare(weavers, by=stranger),
        lambda: payouts.agree_to_list(made, by=stranger),
        lambda: payouts.hand_over(made, handed_on=thai.today(), by=stranger),
        lambda: payouts.drop_list(made, reason="x", by=stranger),
        lambda: payouts.return_payment(made.lines.get(), reason="x", by=stranger),
    ):
        with pytest.raises(errors.NotYourBooks):
            act()

    assert (PayoutList.objects.count(), PayoutEnd.objects.count()) == (1, 0)
    assert rig.rows() == before


def test_a_list_is_handed_over_once(weavers):
    earn(weavers)
    made = handed(weavers)
    before = rig.rows()

    for act in (
        lambda: payouts.hand_over(made, handed_on=thai.today(), by=keeper()),
        lambda: payouts.drop_list(made, reason="x", by=keeper()),
        lambda: payouts.agree_to_list(made, by=keeper()),
    ):
        with pytest.raises(errors.ListEnded):
            act()

    assert rig.rows() == before


@pytest.mark.parametrize("days", [-1, 1])
def test_it_is_handed_over_between_the_agreement_and_today(weavers, days):
    earn(weavers)
    made = agreed(weavers)

    with pytest.raises(errors.WrongDay):
        payouts.hand_over(made, handed_on=thai.today() + timedelta(days=days), by=keeper())

    assert not PayoutEnd.objects.exists()


# --- Balances that sank --------------------------------------------------------------------------
def test_a_refund_in_between_stops_the_list_before_and_after_the_agreement(weavers):
    sale = earn(weavers, 1_000, 0)
    made, done = prepare(weavers), agreed
    rig.refund(sale, {sale.shares[0].line_id: 1})
    before = rig.rows()

    with pytest.raises(errors.LinesSank):
        payouts.agree_to_list(made, by=keeper())
    payouts.drop_list(made, reason="คืนเงินแล้ว", by=keeper())
    anew = done(weavers)
    assert anew.lines.get().amount_satang == 999
    assert rig.rows() == before
    rig.refund(sale, {sale.shares[0].line_id: 1})
    with pytest.raises(errors.LinesSank):
        payouts.hand_over(anew, handed_on=thai.today(), by=keeper())

    assert [one.has_sunk for one in standing_lines(anew)] == [True]
    assert not Event.objects.filter(kind="payout").exists()


def test_what_was_sold_in_between_waits_for_the_next_list(weavers):
    earn(weavers, 1_000, 0)
    made = agreed(weavers)
    earn(weavers, 70, 0)

    payouts.hand_over(made, handed_on=thai.today(), by=keeper())

    assert owed_to()[weavers.pk].satang == 70


def test_another_bank_account_stops_the_list(weavers):
    earn(weavers)
    give_account(weavers)
    made = agreed(weavers)
    give_account(weavers, "9876543210")

    with pytest.raises(errors.LinesSank):
        payouts.hand_over(made, handed_on=thai.today(), by=keeper())


# --- What comes back -----------------------------------------------------------------------------
def test_a_payment_that_came_back_is_owed_again_once(weavers):
    other = make_producer(make_village("50010812", "บ้านแม่"))
    earn(weavers, 10_001, 500)
    rig.sell_in({"50010812": 77}, producer=other)
    made = handed(weavers, other)
    line = made.lines.get(producer=weavers)

    with pytest.raises(ReasonRequired):
        payouts.return_payment(line, reason="", by=keeper())
    events = [payouts.return_payment(line, reason="บัญชีปิด", by=keeper()) for _ in range(2)]

    assert events[0] == events[1] and events[0].total_satang == 10_501
    assert owed_to() == {weavers.pk: Owed(10_001, 500), other.pk: Owed(0, 0)}
    back = {one.line.producer: one.returned_satang for one in standing_lines(made)}
    assert back == {weavers: 10_501, other: 0}
    assert handed(weavers).pk != made.pk
    assert list(verification.verify()) == []


def test_nothing_comes_back_that_the_bank_did_not_get(weavers):
    earn(weavers)
    made = agreed(weavers)

    with pytest.raises(errors.NotHandedOver):
        payouts.return_payment(made.lines.get(), reason="x", by=keeper())


# --- At once, and for ever -----------------------------------------------------------------------
def test_the_same_list_handed_over_at_once_is_one_payout(fresh_database):
    weavers = make_weavers()
    earn(weavers)
    made, people = agreed(weavers), [keeper() for _ in range(3)]

    answers = at_once(
        [lambda by=by: payouts.hand_over(made, handed_on=thai.today(), by=by) for by in people],
        (errors.ListEnded,),
    )

    assert sorted(type(one).__name__ for one in answers) == ["Event", "ListEnded", "ListEnded"]
    assert Event.objects.filter(kind="payout").count() == 1
    assert owed_to()[weavers.pk].satang == 0
    assert list(verification.verify()) == []


def test_two_lists_of_one_producer_made_at_once_are_one(fresh_database):
    weavers, people = make_weavers(), [keeper() for _ in range(2)]
    earn(weavers)

    answers = at_once([lambda by=by: prepare(weavers, by=by) for by in people], (errors.UnderWay,))

    assert sorted(type(one).__name__ for one in answers) == ["PayoutList", "UnderWay"]
    assert PayoutLine.objects.count() == 1


def test_dropped_and_handed_over_at_once_is_one_of_both(fresh_database):
    weavers = make_weavers()
    earn(weavers)
    made, one, another = agreed(weavers), keeper(), keeper()

    answers = at_once(
        [
            lambda: payouts.hand_over(made, handed_on=thai.today(), by=one),
            lambda: payouts.drop_list(made, reason="x", by=another),
        ],
        (errors.ListEnded,),
    )

    assert sum(isinstance(answer, errors.ListEnded) for answer in answers) == 1
    is_paid = PayoutEnd.objects.get().event_id is not None
    assert Event.objects.filter(kind="payout").count() == int(is_paid)


@pytest.mark.parametrize("table", [name for name in guards.TABLES if "payout" in name])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = 99", "DELETE FROM {}"])
def test_the_database_keeps_lists_as_they_were(weavers, table, change):
    earn(weavers)
    handed(weavers)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))

    assert PayoutLine.objects.get().amount_satang == 10_501


# --- Screens -------------------------------------------------------------------------------------
def test_the_whole_way_by_the_pages(client, finance, weavers):
    earn(weavers, 10_001, 500)
    give_account(weavers)
    poor = make_producer()
    rig.sell_in({poor.home_village_id: 7}, producer=poor)
    shown = client.get(MAKE)
    assert shown.context["chosen"] == {weavers.pk}
    assert "xxxxxx6789" in shown.text and NUMBER not in shown.text
    typed = {
        "producer": [weavers.pk, poor.pk],
        "form_token": str(shown.context["form_token"]),
    }
    assert [client.post(MAKE, typed).status_code for _ in range(2)] == [302, 302]
    made = PayoutList.objects.get()
    assert client.get(page_of(made, "bank")).status_code == 302
    client.post(page_of(made), {"act": "agree"})
    assert not PayoutAgreement.objects.exists()

    client.force_login(keeper())
    client.post(page_of(made), {"act": "agree"})
    file = b"".join(client.get(page_of(made, "bank")).streaming_content).decode("utf-8-sig")
    client.post(page_of(made), {"act": "hand", "handed_on": str(thai.today())})
    line = made.lines.get(producer=weavers)
    client.post(page_of(made), {"act": "back", "line": line.pk, "reason": "บัญชีปิด"})

    rows = {row[0]: row[1:] for row in csv.reader(io.StringIO(file))}
    assert rows[weavers.name_th][:4] == ["006", NUMBER, "กลุ่มทอผ้า", "105.01"]
    assert rows[poor.name_th][:4] == ["", "", "", "0.07"] and rows[poor.name_th][-1]
    assert AuditEntry.objects.filter(act="payout.export").count() == 1
    assert owed_to() == {weavers.pk: Owed(10_001, 500), poor.pk: Owed(0, 0)}
    page = client.get(page_of(made)).text
    assert "xxxxxx6789" in page and NUMBER not in page


@pytest.mark.parametrize("chosen", [[], ["x"], ["9" * 30], ["-1"]])
def test_a_list_of_nobody_is_refused_in_words(client, finance, weavers, chosen):
    earn(weavers)

    answer = client.post(MAKE, {"producer": chosen, "form_token": "x"})

    assert str(errors.NothingChosen.message) in html.unescape(answer.text)
    assert not PayoutList.objects.exists()


@pytest.mark.parametrize(
    "typed", [{"handed_on": ""}, {"handed_on": "31/2/2569"}, {"handed_on": "2020-01-01"}]
)
def test_a_wrong_day_is_said_and_nothing_recorded(client, finance, weavers, typed):
    earn(weavers)
    made = agreed(weavers)

    answer = client.post(page_of(made), {"act": "hand", **typed})

    assert answer.status_code == 200
    assert not PayoutEnd.objects.exists()
    assert not Event.objects.filter(kind="payout").exists()


def test_lines_that_sank_are_marked_and_only_dropping_is_offered(client, finance, weavers):
    sale = earn(weavers, 1_000, 0)
    made = agreed(weavers)
    rig.refund(sale, {sale.shares[0].line_id: 1})

    page = client.get(page_of(made)).text

    assert "฿9.99" in page and 'value="hand"' not in page and 'value="drop"' in page


@pytest.mark.parametrize("role", REFUSED_ROLES)
def test_nobody_but_finance_sees_or_pays(client, weavers, role):
    earn(weavers, 12_345, 0)
    give_account(weavers)
    made = agreed(weavers)
    client.force_login(staff(role) if role else make_member(make_producer()).user)

    for answer in (
        *(client.get(url) for url in (INDEX, MAKE, page_of(made), page_of(made, "bank"))),
        *(client.post(page_of(made), {"act": act}) for act in ("agree", "hand", "drop", "back")),
        client.post(MAKE, {"producer": [weavers.pk], "form_token": str(uuid4())}),
    ):
        assert answer.status_code in (302, 403, 404)
        assert "฿123.45" not in answer.text and NUMBER not in answer.text
    assert not PayoutEnd.objects.exists() and PayoutList.objects.count() == 1


def test_statements_do_not_grow_with_producers_nor_lists(client, finance, weavers):
    earn(weavers)
    made, more = handed(weavers), make_weavers_more
    earn(weavers)
    second = agreed(weavers)
    urls = {
        "payouts": INDEX,
        "payout-making": MAKE,
        "payout-list": page_of(second),
        "payout-list-handed": page_of(made),
    }
    for url in urls.values():
        client.get(url)  # caches of content types and menus

    few = {name: statements(client, url) for name, url in urls.items()}
    more(8)
    many = {name: statements(client, url) for name, url in urls.items()}

    assert many == few
    assert many == {name: BUDGETS[name] for name in urls}


def make_weavers_more(count):
    for number in range(count):
        producer = make_producer()
        rig.sell_in({producer.home_village_id: 100 + number}, producer=producer)
        if number % 2:
            give_account(producer)
            prepare(producer)


def statements(client, url) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("act", ["delete", "copy", "history", "usage", "edit", "add"])
def test_no_list_is_deleted_or_edited(act):
    with pytest.raises(NoReverseMatch):
        reverse(f"{NAME}:{act}", args=[1])


# --- Bank accounts -------------------------------------------------------------------------------
def test_finance_proposes_an_account_and_another_person_approves_it(client, finance, weavers):
    add = reverse("payout-account-register:add")
    typed = {
        "producer": weavers.pk,
        "holder_name": "กลุ่มทอผ้า",
        "bank_code": "006",
        "number": "๐๑๒-๓-๔๕๖๗๘-๙",
    }
    assert client.get(add).status_code == 200
    wrong = client.post(add, typed | {"number": "12"})
    assert wrong.status_code == 200 and "กลุ่มทอผ้า" in wrong.text
    assert client.post(add, typed).status_code == 302
    account = PayoutAccount.objects.get()
    url = reverse("payout-account-register:inspect", args=[account.pk])
    client.post(url, {"act": "approve"})
    account.refresh_from_db()
    assert (account.number, account.state) == (NUMBER, "proposed")

    client.force_login(keeper())
    client.post(url, {"act": "approve"})

    account.refresh_from_db()
    assert account.state == "active"
    for page in (client.get(url).text, client.get(reverse("payout-account-register:index")).text):
        assert "xxxxxx6789" in page and NUMBER not in page


@pytest.mark.parametrize("role", REFUSED_ROLES)
def test_nobody_but_finance_sees_accounts_here(client, weavers, role):
    account = give_account(weavers)
    client.force_login(staff(role) if role else make_user())

    for page, ids in (("index", []), ("add", []), ("inspect", [account.pk])):
        answer = client.get(reverse(f"payout-account-register:{page}", args=ids))
        assert answer.status_code in (302, 403, 404)
        assert "6789" not in answer.text
