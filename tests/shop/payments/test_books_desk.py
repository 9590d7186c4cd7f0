"""Finance holds the provider's book against ours: what matched, what not, and asking again."""

import json
import string
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from marketplace.core.models import AuditEntry
from shop.payments import services
from shop.payments.models import Attention, Movement, ProviderDay
from shop.payments.queries import read_books
from shop.payments.services.attention import note_attention
from tests.factories import make_member, make_producer
from tests.shop.payments import provider, rig

pytestmark = pytest.mark.django_db

BUDGETS = json.loads((Path(__file__).parents[2] / "budgets.json").read_text())["staff"]
INDEX, PAGE = "movement-register:index", "movement-register:inspect"
ATTENTIONS, ATTENTION = "attention-register:index", "attention-register:inspect"
TOTAL, FEE = 3 * 25_000 + 6_000, 4_234


@pytest.fixture
def finance(client):
    user = rig.make_staff(StaffRole.FINANCE)
    client.force_login(user)
    return user


@pytest.fixture
def differing(standin, placement):
    """A payment of yesterday whose fee our ledger does not know yet."""
    provider.turn_clock(standin)
    provider.pay_order(standin, placement)
    services.compare_books()
    return Movement.objects.get()


def address(row, page=PAGE):
    return reverse(page, args=[row.pk])


def add_movement(number, result="matched", satang=100_00, days_ago=1):
    known = {
        "provider_satang": None if result == "missing-there" else satang,
        "ledger_satang": None if result == "missing-here" else satang,
    }
    at = timezone.now() - timedelta(days=days_ago)
    return Movement.objects.create(
        kind="refund",
        reference=f"re_{string.ascii_letters[number]}",  # no digit: an order has a number
        result=result,
        value_satang=abs(satang),
        happened_at=at,
        compared_at=at,
        **known,
    )


def statements(client, url) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_finance_reads_how_much_of_the_money_matched_and_what_did_not(client, finance):
    add_movement(1, satang=-199_99)
    add_movement(2, "missing-here", satang=1, days_ago=3)
    add_movement(3, satang=500_00, days_ago=36)
    old = add_movement(4, "missing-there", satang=700_00, days_ago=40)
    ProviderDay.objects.create(day=thai.today(), entries=2, listed_at=timezone.now())

    books = read_books()
    assert (books.matched_satang, books.value_satang) == (199_99, 200_00)
    assert books.matched_percent == "99.99"
    assert (books.unmatched, books.oldest_at) == (2, old.happened_at)
    text = client.get(reverse(INDEX)).text
    assert "99.99 %" in text and "฿199.99 / ฿200" in text
    assert "40" in text


def test_of_nothing_no_part_has_matched(client, finance):
    books = read_books()

    assert (books.matched_percent, books.unmatched, books.oldest_at) == ("", 0, None)
    assert client.get(reverse(INDEX)).status_code == 200


def test_what_did_not_match_stands_first_and_can_be_picked_out(client, finance, differing):
    add_movement(1)

    rows = [row.reference for row in client.get(reverse(INDEX)).context["object_list"]]
    assert rows == [differing.reference, "re_b"]
    for query in (
        {"result": "amount"},
        {"kind": "payment"},
        {"q": differing.order.number},
        {"q": differing.reference},
    ):
        narrowed = client.get(reverse(INDEX), query).text
        assert address(differing) in narrowed
        assert address(Movement.objects.get(reference="re_b")) not in narrowed


def test_a_page_says_what_each_book_says(client, finance, differing):
    page = client.get(address(differing)).text

    for said in (f"฿{(TOTAL - FEE) / 100:,.2f}", "฿810", "−฿42.34", "฿42.34", "txn_"):
        assert said in page
    assert differing.order.number in page


def test_asking_stripe_again_reads_the_fee_and_the_books_agree(client, finance, differing):
    for _ in range(2):
        assert client.post(address(differing)).status_code == 302

    differing.refresh_from_db()
    assert (differing.result, differing.ledger_satang) == ("matched", TOTAL - FEE)
    assert provider.events("gateway-fee") == [FEE]


def test_asking_about_a_transfer_to_the_bank_makes_it_match(client, finance, standin, placement):
    provider.turn_clock(standin)
    standin.settings.available_after_seconds = 0
    provider.pay_order(standin, placement)
    provider.settle_all()
    payout = standin.make_payout(1_000)
    standin.fail_payout(payout["id"])
    services.compare_books()
    assert Movement.objects.filter(result="missing-here").count() == 2

    for row in Movement.objects.filter(reference=payout["id"]):
        client.post(address(row))

    assert set(Movement.objects.values_list("result", flat=True)) == {"matched"}


def test_asking_about_a_dispute_that_we_never_heard_of_holds_it(
    client, finance, standin, placement
):
    provider.turn_clock(standin)
    provider.pay_order(standin, placement)
    provider.settle_all()
    provider.dispute_it(standin, placement.order)
    services.compare_books()
    row = Movement.objects.get(kind="dispute")

    client.post(address(row))

    row.refresh_from_db()
    assert (row.result, row.order) == ("matched", placement.order)


def test_who_asked_is_kept(client, finance, differing):
    client.post(address(differing))

    entry = AuditEntry.objects.get(act="payment.reconcile")
    assert (entry.actor, entry.target) == (finance, f"movement:{differing.pk}")


def test_stripe_that_is_silent_is_said_kindly(client, finance, settings, differing):
    settings.STRIPE_API_URL = "http://127.0.0.1:9"

    answer = client.post(address(differing))

    assert answer.status_code == 302
    assert len(list(client.get(answer.url).context["messages"])) == 1
    differing.refresh_from_db()
    assert differing.result == "amount"


@pytest.mark.parametrize(
    "role", [StaffRole.CURATOR, StaffRole.REVIEWER, StaffRole.SUPPORT, StaffRole.OFFICER, None]
)
def test_nobody_but_finance_sees_or_asks(client, standin, differing, role):
    user = rig.make_staff(role) if role else make_member(make_producer()).user
    client.force_login(user)
    asked = len(standin.calls)

    for answer in (
        client.get(reverse(INDEX)),
        client.get(address(differing)),
        client.post(address(differing)),
    ):
        assert answer.status_code in (302, 403, 404)
        assert differing.reference not in answer.text
    assert len(standin.calls) == asked
    differing.refresh_from_db()
    assert differing.result == "amount"


def test_what_differs_for_two_days_is_found_from_the_payments_to_look_at(
    client, finance, differing
):
    note_attention(differing.order, Attention.Reason.UNMATCHED, differing.name)
    attention = Attention.objects.get()
    assert address(differing) in client.get(address(attention, ATTENTION)).text

    client.post(address(attention, ATTENTION), {"act": "reconcile"})

    differing.refresh_from_db()
    attention.refresh_from_db()
    assert (differing.result, attention.resolved_at is None) == ("matched", False)
    assert client.get(address(attention, ATTENTION)).status_code == 200


def test_statements_do_not_grow_with_rows(client, finance, differing):
    urls = {"providers-book": reverse(INDEX), "providers-book-row": address(differing)}
    for url in urls.values():
        client.get(url)  # caches of content types and menus

    few = {name: statements(client, url) for name, url in urls.items()}
    for number in range(12):
        add_movement(number)
    many = {name: statements(client, url) for name, url in urls.items()}

    assert many == few
    assert many == {name: BUDGETS[name] for name in urls}


@pytest.mark.parametrize("act", ["delete", "copy", "history", "usage", "edit", "add"])
def test_they_are_never_deleted_or_edited(act):
    with pytest.raises(NoReverseMatch):
        reverse(f"movement-register:{act}", args=[1])
