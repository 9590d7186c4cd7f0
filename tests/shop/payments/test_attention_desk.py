"""Payments that need a person: finance sees them, asks Stripe again, notes what was found."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from marketplace.accounts.roles import StaffRole
from marketplace.core.models import AuditEntry
from shop.payments import services
from shop.payments.errors import AlreadyAttended
from shop.payments.models import Attention
from shop.payments.services.attending import mark_attended
from shop.payments.services.attention import note_attention
from tests.factories import make_member, make_producer, make_product, place_order
from tests.shop.payments import provider, rig

pytestmark = pytest.mark.django_db

BUDGETS = json.loads((Path(__file__).parents[2] / "budgets.json").read_text())["staff"]
INDEX = "attention-register:index"
PAGE = "attention-register:inspect"
TOTAL = 3 * 25_000 + 6_000


@pytest.fixture
def finance(client):
    user = rig.make_staff(StaffRole.FINANCE)
    client.force_login(user)
    return user


@pytest.fixture
def attention(placement):
    note_attention(placement.order, Attention.Reason.AMOUNT, "pi_wrong")
    return Attention.objects.get()


def address(attention):
    return reverse(PAGE, args=[attention.pk])


def attend(client, attention, note):
    return client.post(address(attention), {"act": "attend", "note": note})


def statements(client, url) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_finance_reads_what_is_wrong_with_which_order(client, finance, attention):
    order = attention.order
    late = place_order(make_product()).order
    note_attention(late, Attention.Reason.LATE, "pi_late")

    text = client.get(reverse(INDEX)).text
    assert [row.order.number for row in client.get(reverse(INDEX)).context["object_list"]] == [
        order.number,
        late.number,
    ]
    assert "฿810" in text
    assert str(Attention.Reason.AMOUNT.label) in text
    page = client.get(address(attention)).text
    assert "pi_wrong" in page and "฿810" in page
    for query in ({"q": late.number}, {"reason": "late"}, {"q": "pi_late"}):
        narrowed = client.get(reverse(INDEX), query).text
        assert address(Attention.objects.get(reason="late")) in narrowed
        assert address(attention) not in narrowed


def test_what_waits_stands_before_what_was_looked_at(client, finance, attention):
    late = place_order(make_product()).order
    note_attention(late, Attention.Reason.LATE, "pi_late")
    mark_attended(attention=attention, note="ดูแล้ว", by=finance)

    text = client.get(reverse(INDEX)).text
    done, waiting = (address(row) for row in Attention.objects.order_by("pk"))
    assert text.index(waiting) < text.index(done)
    assert done not in client.get(reverse(INDEX), {"looked_at": "false"}).text
    assert waiting not in client.get(reverse(INDEX), {"looked_at": "true"}).text


@pytest.mark.parametrize(
    "role",
    [StaffRole.CURATOR, StaffRole.REVIEWER, StaffRole.SUPPORT, StaffRole.OFFICER, None],
)
def test_nobody_but_finance_sees_or_touches_them(client, attention, role):
    user = rig.make_staff(role) if role else make_member(make_producer()).user
    client.force_login(user)
    before = rig.outcome()

    for answer in (
        client.get(reverse(INDEX)),
        client.get(address(attention)),
        attend(client, attention, "ดูแล้ว"),
        client.post(address(attention), {"act": "reconcile"}),
    ):
        assert answer.status_code in (302, 403, 404)
        assert "pi_wrong" not in answer.text
    attention.refresh_from_db()
    assert (attention.resolved_at, attention.note) == (None, "")
    assert rig.outcome() == before
    assert not AuditEntry.objects.filter(act__startswith="payment.").exists()


def test_a_note_is_kept_once_and_moves_no_money(client, finance, attention):
    before = rig.outcome()
    for nothing in ("", "  ", "ก" * 301):
        assert attend(client, attention, nothing).status_code == 200
    attention.refresh_from_db()
    assert attention.resolved_at is None

    assert attend(client, attention, " โทรถามลูกค้าแล้ว ").status_code == 302
    assert attend(client, attention, "อีกครั้ง").status_code == 302

    attention.refresh_from_db()
    assert (attention.resolved_by, attention.note) == (finance, "โทรถามลูกค้าแล้ว")
    messages = [str(said) for said in client.get(address(attention)).context["messages"]]
    assert messages[-1] == str(AlreadyAttended())
    assert "โทรถามลูกค้าแล้ว" in client.get(address(attention)).text
    assert rig.outcome() == before
    entry = AuditEntry.objects.get(act="payment.attended")
    assert (entry.actor, entry.target) == (finance, f"order:{attention.order_id}")
    assert entry.details == {"attention": attention.pk}


def test_asking_stripe_again_pays_an_order_whose_news_were_lost_and_only_once(
    client, finance, standin, placement, attention
):
    rig.pay_at_stripe(standin, placement)
    assert rig.outcome()["orders"] == ["pending-payment"]

    for _ in range(2):
        answer = client.post(address(attention), {"act": "reconcile"})
        assert answer.status_code == 302

    result = rig.outcome()
    assert (result["orders"], len(result["ledger"])) == (["paid"], 1)
    assert AuditEntry.objects.filter(act="payment.reconcile", actor=finance).count() == 2
    changed, same = (str(said) for said in client.get(address(attention)).context["messages"])
    assert changed != same


def test_asking_stripe_about_the_wrong_amount_credits_nobody(
    client, finance, standin, placement, attention
):
    started = services.start_payment(placement)
    placement.order.payment_attempts.update(amount_satang=1)
    standin.pay(started.client_secret, rig.VISA)

    client.post(address(attention), {"act": "reconcile"})

    result = rig.outcome()
    assert (result["orders"], result["ledger"]) == (["pending-payment"], [])


def test_stripe_that_is_silent_is_said_kindly(client, finance, settings, placement, attention):
    settings.STRIPE_API_URL = "http://127.0.0.1:9"
    attempt = services.open_attempt(placement.order)
    services.keep_intent(attempt, "pi_1")
    before = rig.outcome()

    answer = client.post(address(attention), {"act": "reconcile"})

    assert answer.status_code == 302
    assert len(list(client.get(answer.url).context["messages"])) == 1
    assert rig.outcome() == before


def test_statements_do_not_grow_with_rows(client, finance, attention):
    urls = {"payments-to-look-at": reverse(INDEX), "payment-to-look-at": address(attention)}
    for url in urls.values():
        client.get(url)  # caches of content types and menus

    few = {name: statements(client, url) for name, url in urls.items()}
    scarf = make_product(stock=40)
    for number in range(12):
        note_attention(place_order(scarf).order, Attention.Reason.LATE, f"pi_{number}")
        note_attention(attention.order, Attention.Reason.LATE, f"pi_again_{number}")
    many = {name: statements(client, url) for name, url in urls.items()}

    assert many == few
    assert many == {name: BUDGETS[name] for name in urls}


@pytest.mark.parametrize("act", ["delete", "copy", "history", "usage", "edit"])
def test_they_are_never_deleted_or_edited(act):
    with pytest.raises(NoReverseMatch):
        reverse(f"attention-register:{act}", args=[1])


def test_one_that_somebody_looked_at_meanwhile_is_not_opened_again(placement, monkeypatch):
    note = (placement.order, Attention.Reason.DISPUTE, "dp_1")
    note_attention(*note)
    attention, finance = Attention.objects.get(), rig.make_staff(StaffRole.FINANCE)

    class Meanwhile:
        filter = Attention.objects.filter

        def get_or_create(**_facts):
            mark_attended(attention=attention, note="ตอบแล้ว", by=finance)
            return Attention(pk=attention.pk), False

    monkeypatch.setattr(Attention, "objects", Meanwhile)
    note_attention(*note, due_at=timezone.now())
    monkeypatch.undo()

    attention.refresh_from_db()
    assert (attention.resolved_by, attention.resolved_at is None) == (finance, False)


def test_a_transfer_that_came_back_is_looked_at_without_an_order(client, finance, standin):
    note_attention(None, Attention.Reason.PAYOUT_FAILED, "po_1")
    attention = Attention.objects.get()

    assert address(attention) in client.get(reverse(INDEX)).text
    assert "po_1" in client.get(address(attention)).text
    client.post(address(attention), {"act": "reconcile"})
    client.post(address(attention), {"act": "attend", "note": "โทรหาธนาคารแล้ว"})

    attention.refresh_from_db()
    assert (attention.resolved_by, attention.note) == (finance, "โทรหาธนาคารแล้ว")
    assert client.get(address(attention)).status_code == 200


def test_a_dispute_stands_first_with_the_day_it_is_due(client, finance, standin, placement):
    note_attention(placement.order, Attention.Reason.LATE, "pi_late")
    attempt = provider.pay_order(standin, placement)
    made = standin.open_dispute(attempt.intent_id, "product_not_received")
    services.settle_dispute(made["id"])

    rows = client.get(reverse(INDEX)).context["object_list"]
    assert [row.reason for row in rows] == ["dispute", "late"]
    page = client.get(address(rows[0])).text
    assert made["id"] in page and "product_not_received" in page
    standin.end_dispute(made["id"], is_won=True)
    client.post(address(rows[0]), {"act": "reconcile"})
    assert provider.events("dispute-won") == [TOTAL]
