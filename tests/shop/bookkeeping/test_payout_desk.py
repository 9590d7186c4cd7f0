"""The pages on which payouts are made, agreed to and handed over, and bank accounts approved."""

import csv
import html
import io
import json
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from marketplace.core import thai
from marketplace.core.models import AuditEntry
from marketplace.ledger.models import Event
from marketplace.producers.models import PayoutAccount
from shop.bookkeeping import errors
from shop.bookkeeping.models import PayoutAgreement, PayoutEnd, PayoutList
from shop.bookkeeping.queries.owed import Owed, owed_to
from tests.factories import make_member, make_producer, make_user
from tests.marketplace.ledger import rig
from tests.people import staff
from tests.shop.bookkeeping.desk import REFUSED_ROLES, keeper
from tests.shop.bookkeeping.payout_lists import (
    INDEX,
    MAKE,
    NAME,
    NUMBER,
    agreed,
    earn,
    give_account,
    handed,
    page_of,
    prepare,
)

BUDGETS = json.loads((Path(__file__).parents[2] / "budgets.json").read_text())["staff"]


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
