"""Mails that must arrive: one a fact, tried again by the worker, seen by staff when given up.

The same for buyers and producers: what is said of one holds for every table that owes mails.
"""

import logging
import smtplib
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts.roles import StaffRole
from marketplace.core import owed_mails, periodic
from marketplace.core.models import AuditEntry
from marketplace.core.worker import run_due_rounds, run_ready_jobs
from marketplace.provenance import services as provenance
from shop.payments.models import OrderMail
from shop.reports.mailing.services import subscribe
from shop.reports.models import MonthlyMail
from shop.review.mails import owe_mails
from shop.review.models import ReviewMail
from tests.at_once import at_once
from tests.factories import (
    make_member,
    make_product,
    make_user,
    make_village,
    pay,
    place_order,
)
from tests.shop.review.conftest import make_change, make_waiting, staff


def owe_to_buyer():
    placement = place_order((make_product(), 1))
    pay(placement, with_mail=True)
    return OrderMail.objects.get(), placement.email, placement.order.number


def owe_to_producer():
    row = make_waiting(title_th="ผ้าฝ้าย")
    owner = make_member(row.producer, "owner").user
    provenance.refuse_product(provenance=row, reason="รูปมืด", by=None)
    [owed] = owe_mails(row, is_approved=False, reason="รูปมืด")
    return owed, owner.email, "ผ้าฝ้าย"


def owe_to_reader():
    make_village("50010811")
    reader = staff(StaffRole.FINANCE)
    facts = {"area": "50", "language": "th", "format": "pdf"}
    subscription = subscribe(reader=reader, **facts)
    owed = MonthlyMail.objects.create(subscription=subscription, month=date(2026, 5, 1))
    owed_mails.send_soon(owed)
    return owed, reader.email, "50 2026-05"


OWED = {"order": owe_to_buyer, "review": owe_to_producer, "monthly": owe_to_reader}
REGISTERS = {
    "order": "order-mail-register",
    "review": "review-mail-register",
    "monthly": "monthly-mail-register",
}
ALLOWED = {
    "order": {StaffRole.FINANCE, StaffRole.SUPPORT},
    "review": {StaffRole.CURATOR, StaffRole.REVIEWER, StaffRole.OFFICER},
    "monthly": {StaffRole.FINANCE, StaffRole.SUPPORT},
}


@pytest.fixture(params=OWED)
def owed(request, db):
    row, email, about = OWED[request.param]()
    return SimpleNamespace(kind=request.param, table=type(row), pk=row.pk, email=email, about=about)


@pytest.fixture
def server(monkeypatch):
    """A mail server that can be away; `refusals` counts how often it was asked."""
    state = SimpleNamespace(refusals=0, error=ConnectionRefusedError())
    send = EmailBackend.send_messages

    def answer(self, messages):
        if state.error:
            state.refusals += 1
            raise state.error
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", answer)
    return state


def row_of(owed):
    return owed.table.objects.get(pk=owed.pk)


def let_time_pass(owed, time: timedelta):
    row = row_of(owed)
    owed.table.objects.filter(pk=owed.pk).update(due_at=row.due_at - time)


def test_the_worker_tries_again_with_growing_pauses_and_sends_it_once(owed, server):
    run_ready_jobs()
    first = row_of(owed)
    assert (first.tries, first.sent_at, first.error) == (1, None, "ConnectionRefusedError")
    assert owed_mails.send_due_mails() == 0 and server.refusals == 1  # the pause is not over

    pauses = []
    for _ in range(7):
        before = timezone.now()
        let_time_pass(owed, owed_mails.LONGEST_PAUSE)
        assert owed_mails.send_due_mails() == 0
        pauses.append(round((row_of(owed).due_at - before) / timedelta(minutes=1)))
    assert pauses == [20, 40, 80, 160, 320, 360, 360]

    server.error = None
    let_time_pass(owed, owed_mails.LONGEST_PAUSE)
    assert "core.send_due_mails" in run_due_rounds()
    let_time_pass(owed, owed_mails.LONGEST_PAUSE)
    assert owed_mails.send_due_mails() == 0

    assert [message.to for message in mail.outbox] == [[owed.email]]
    row = row_of(owed)
    assert row.sent_at and row.tries == 9 and row.failed_at is None and row.error == ""


def test_it_comes_round_every_minute():
    [job] = [job for job in periodic.all_jobs() if job.name == "core.send_due_mails"]
    assert job.seconds == 60


def test_a_mail_that_another_worker_is_sending_is_left_to_it(owed):
    owed.table.objects.update(due_at=timezone.now() + timedelta(minutes=9), tries=1)

    run_ready_jobs()

    assert owed_mails.send_due_mails() == 0
    assert mail.outbox == []


def test_every_try_bears_the_same_message_id(owed, server):
    run_ready_jobs()
    server.error = None
    ids = set()
    for _ in range(2):  # a machine that died after sending and before noting
        owed.table.objects.update(sent_at=None, due_at=timezone.now())
        assert owed_mails.send_due_mails() == 1
        ids.add(mail.outbox[-1].extra_headers["Message-ID"])

    assert len(mail.outbox) == 2 and len(ids) == 1


def give_up(owed, server):
    server.error = smtplib.SMTPResponseException(451, b"malee@demo.example is unknown here")
    run_ready_jobs()
    for _ in range(owed_mails.MOST_TRIES):
        let_time_pass(owed, owed_mails.LONGEST_PAUSE)
        owed_mails.send_due_mails()


def test_after_ten_tries_it_is_given_up_and_nobody_is_named_in_the_log(owed, server, caplog):
    caplog.set_level(logging.DEBUG)

    give_up(owed, server)

    row = row_of(owed)
    assert server.refusals == row.tries == 10
    assert row.failed_at and row.sent_at is None
    assert row.error == "SMTPResponseException 451"
    assert owed.email not in caplog.text and "malee" not in caplog.text + row.error


def test_one_whose_worker_died_in_the_last_try_is_given_up_too(owed):
    owed.table.objects.update(tries=owed_mails.MOST_TRIES, due_at=timezone.now())

    assert owed_mails.send_due_mails() == 0

    assert row_of(owed).failed_at and mail.outbox == []


@pytest.mark.parametrize("role", list(StaffRole))
def test_staff_see_what_failed_and_let_it_be_tried_again(owed, server, client, role):
    index = reverse(f"{REGISTERS[owed.kind]}:index")
    page = reverse(f"{REGISTERS[owed.kind]}:inspect", args=[owed.pk])
    areas = ["50"] if role == StaffRole.OFFICER else []
    client.force_login(staff(role, *areas))
    if role in ALLOWED[owed.kind]:
        assert client.get(index).status_code == 200
        assert client.get(page).status_code == 404  # it has not failed
    give_up(owed, server)
    server.error = None
    failed_at = row_of(owed).failed_at

    answer = client.get(index)
    if role not in ALLOWED[owed.kind]:
        assert owed.about not in answer.text
        client.post(page)
        assert row_of(owed).failed_at == failed_at
        return
    assert owed.about in answer.text and "SMTPResponseException 451" in answer.text
    assert owed.email not in answer.text + client.get(page).text
    for _ in range(2):
        client.post(page)
    run_ready_jobs()

    assert len(mail.outbox) == 1 and row_of(owed).sent_at
    assert AuditEntry.objects.filter(act="mail.try_again").count() == 1


@pytest.mark.django_db
def test_an_officer_sees_failures_of_the_own_area_only(client, server):
    row, _email, title = owe_to_producer()
    ReviewMail.objects.update(failed_at=timezone.now())
    page = reverse("review-mail-register:inspect", args=[row.pk])
    client.force_login(staff(StaffRole.OFFICER, "57"))

    assert title not in client.get(reverse("review-mail-register:index")).text
    assert client.post(page).status_code == 404
    assert ReviewMail.objects.get().failed_at


@pytest.mark.django_db
def test_owners_and_managers_are_told_of_each_decision_and_nobody_else():
    row = make_waiting(title_th="ผ้าฝ้าย")
    owner = make_member(row.producer, "owner").user
    manager = make_member(row.producer, "manager").user
    make_member(row.producer, "packer")
    make_member(row.producer, "manager", make_user(is_active=False))
    provenance.refuse_product(provenance=row, reason="รูปมืด", by=None)

    owe_mails(row, is_approved=False, reason="รูปมืด")
    run_ready_jobs()

    assert [message.to for message in mail.outbox] == [[owner.email], [manager.email]]
    sent = mail.outbox[0]
    assert "ผ้าฝ้าย" in sent.subject and "รูปมืด" in sent.body
    assert f"/workbench/{row.producer_id}/products/" in sent.body

    change = make_change(make_product(row.producer), title_th="ใหม่")
    provenance.approve_change(change=change, by=None)
    owe_mails(change, is_approved=True)
    run_ready_jobs()
    assert len(mail.outbox) == 4
    assert "รูปมืด" not in mail.outbox[-1].body


@pytest.mark.django_db
def test_the_same_decision_told_twice_is_refused_by_the_database():
    row = make_waiting()
    make_member(row.producer, "owner")
    change = make_change(make_product(row.producer), title_th="ใหม่")
    for decided in (row, change):
        owe_mails(decided, is_approved=True)
        run_ready_jobs()

        with pytest.raises(IntegrityError), transaction.atomic():
            owe_mails(decided, is_approved=True)

    run_ready_jobs()
    assert len(mail.outbox) == ReviewMail.objects.count() == 2


@pytest.mark.django_db
def test_a_later_decision_takes_the_place_of_one_nobody_was_told_yet(server):
    row, _email, _title = owe_to_producer()
    run_ready_jobs()
    server.error = None
    again = provenance.submit_product(provenance=row.provenance, by=None)

    owe_mails(again, is_approved=True)
    run_ready_jobs()
    ReviewMail.objects.filter(sent_at=None).update(due_at=timezone.now())
    owed_mails.send_due_mails()

    [sent] = mail.outbox
    assert "รูปมืด" not in sent.body


@pytest.mark.django_db
def test_nobody_is_told_who_left_the_producer_meanwhile():
    row, _email, _title = owe_to_producer()
    row.provenance.producer.memberships.all().delete()

    run_ready_jobs()

    assert mail.outbox == []
    assert ReviewMail.objects.get().sent_at


def test_two_workers_at_once_send_it_once(fresh_database):
    for owe in OWED.values():
        row, _email, _about = owe()
        table = type(row)
        acts = [lambda table=table, pk=row.pk: owed_mails.send_mail(table, pk)] * 6

        assert sorted(at_once(acts)) == [False] * 5 + [True]

    assert len(mail.outbox) == 3
