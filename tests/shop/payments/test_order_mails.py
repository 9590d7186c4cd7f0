"""One mail a fact, in the order's language, with nothing personal in the log."""

import logging

import pytest
from django.core import mail
from django.utils import timezone

from marketplace.core import owed_mails
from marketplace.core.worker import run_ready_jobs
from shop.payments import mails, services
from shop.payments.facts import RefundFacts
from shop.payments.models import OrderMail
from tests.factories import (
    give_back,
    make_producer,
    make_product,
    make_village,
    pay,
    place_order,
)
from tests.shop.payments import rig


@pytest.fixture
def two_villages(db):
    def place(language):
        weaver = make_producer(
            make_village("50010811", "บ้านดอยปุย", name_en="Ban Doi Pui"), "กลุ่มทอผ้าดอยปุย"
        )
        potter = make_producer(make_village("57010501", "บ้านเหนือ", name_en="Ban Nuea"))
        return place_order(
            (make_product(weaver, price_baht="333.33", title_th="ผ้าพันคอ <b>ไหม</b>"), 3),
            (make_product(potter, price_baht="120.10", title_th="โอ่ง"), 2),
            language=language,
            form_token=f"mail-{language}-{timezone.now().timestamp()}",
        )

    return place


def sent():
    run_ready_jobs()
    return mail.outbox[-1]


def html_of(message):
    [(html, kind)] = message.alternatives
    assert kind == "text/html"
    return html


def test_the_receipt_shows_each_village_and_what_it_receives(two_villages, settings):
    placement = two_villages("th")
    pay(placement, with_mail=True)

    message = sent()

    number = placement.order.number
    assert message.to == ["malee@demo.example"]
    assert number in message.subject
    for text in (message.body, html_of(message)):
        for piece in ("บ้านดอยปุย", "บ้านเหนือ", "฿999.99", "฿240.20", "กลุ่มทอผ้าดอยปุย"):
            assert piece in text
        assert f"{settings.SITE_URL}/orders/{placement.token}/" in text
        assert "malee" not in text
    assert "ผ้าพันคอ <b>ไหม</b> × 3" in message.body
    assert "ผ้าพันคอ &lt;b&gt;ไหม&lt;/b&gt; × 3" in html_of(message)
    assert message.extra_headers["Message-ID"].startswith(f"<order-{number}-paid-")


def test_an_english_order_is_written_to_in_english(two_villages, settings):
    placement = two_villages("en")
    pay(placement, with_mail=True)

    message = sent()

    assert message.subject == f"Order {placement.order.number} is paid: thank you"
    assert f"{settings.SITE_URL}/en/orders/{placement.token}/" in message.body
    assert "Ban Doi Pui" in message.body
    assert message.extra_headers["Content-Language"] == "en"
    assert '<html lang="en">' in html_of(message)


def test_a_refund_names_what_was_given_back(two_villages):
    placement = two_villages("en")
    pay(placement)
    line = placement.order.lines.order_by("pk").first()
    refund = services.open_refund(
        placement.order, lines={line.pk: 33_333}, delivery={}, by=None, reason="private words"
    )
    facts = told_by_stripe(refund)
    services.record_refund_facts(refund, facts)

    message = sent()

    assert "฿333.33 goes back to you" in message.body
    assert line.title in message.body
    assert "private words" not in message.body + html_of(message)


def told_by_stripe(refund):
    return RefundFacts(
        id=f"re_{refund.pk}",
        status="succeeded",
        amount_satang=refund.amount_satang,
        intent_id=refund.attempt.intent_id,
        refund_key=str(refund.pk),
        created_at=timezone.now(),
    )


def test_the_same_fact_told_three_times_is_one_mail(two_villages):
    placement = two_villages("th")
    pay(placement)
    for _ in range(3):
        mails.owe_mail(placement.order, OrderMail.Kind.PAID)

    run_ready_jobs()
    assert owed_mails.send_mail(OrderMail, OrderMail.objects.get().pk) is False

    assert len(mail.outbox) == 1


def test_the_mail_of_a_demo_says_so_and_demo_orders_send_none(two_villages):
    placement = two_villages("th")
    pay(placement)
    give_back(placement, lines={placement.order.lines.first().pk: 100})
    run_ready_jobs()
    assert mail.outbox == []

    mails.owe_mail(placement.order, OrderMail.Kind.PAID)
    assert "Demonstration: no money moves" in sent().body


def test_no_log_line_names_the_buyer(standin, two_villages, caplog, client):
    caplog.set_level(logging.DEBUG, "shop")
    caplog.set_level(logging.INFO, "stripe")
    placement = two_villages("th")
    rig.pay_at_stripe(standin, placement, rig.DECLINED)
    rig.pay_at_stripe(standin, placement)
    rig.deliver(client, *standin.events())

    assert len(mail.outbox) == 1
    secret = standin.intents()[0]["client_secret"]
    for private in ("malee", "มาลี", "0812345678", "99 หมู่", rig.VISA, placement.token, secret):
        assert private not in caplog.text
