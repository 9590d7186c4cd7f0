"""The buyer is told once, in the order's language, which parcel is on its way and where to look."""

import pytest
from django.core import mail
from django.db import transaction

from marketplace.core.worker import run_ready_jobs
from shop.parcels.carriers import CARRIERS
from shop.parcels.errors import UnknownCarrier
from shop.parcels.models import Parcel
from shop.payments.mails import owe_mail
from shop.payments.models import OrderMail
from shop.workbench.services.parcels import correct, send, send_or_correct
from tests.at_once import at_once
from tests.factories import (
    give_back,
    make_producer,
    make_product,
    make_village,
    pay,
    place_order,
)

EMS = {"carrier": "thailand-post", "tracking_number": "EF582568151TH"}
FLASH_PAGE = CARRIERS["flash"].page
LINK = "https://track.thailandpost.co.th/?trackNumber=EF582568151TH"


@pytest.fixture
def parcels(db):
    def place(language):
        weaver = make_producer(make_village("50010811"), "กลุ่มทอผ้าดอยปุย")
        potter = make_producer(make_village("57010501", "บ้านเหนือ"), "กลุ่มปั้นหม้อ")
        placement = place_order(
            (make_product(weaver, title_th="ผ้าพันคอ <b>ไหม</b>"), 3),
            (make_product(weaver, title_th="ย่าม"), 1),
            (make_product(potter, title_th="โอ่ง"), 2),
            language=language,
        )
        pay(placement)
        return [placement.order.parcels.get(producer=one) for one in (weaver, potter)]

    return place


def sent():
    run_ready_jobs()
    [message] = mail.outbox
    [(html, _)] = message.alternatives
    return message, html


def test_the_mail_names_what_was_sent_and_leads_to_the_carrier(parcels, settings):
    first, _ = parcels("th")
    number = first.order.number

    send(parcel=first, by=None, **EMS)
    message, html = sent()

    assert message.to == ["malee@demo.example"]
    assert number in message.subject
    for text in (message.body, html):
        assert "กลุ่มทอผ้าดอยปุย" in text and "EF582568151TH" in text
        assert LINK in text
        assert f"{settings.SITE_URL}/orders/{first.order.placement.token}/" in text
        assert "โอ่ง" not in text and "malee" not in text and "99 หมู่ 1" not in text
    assert "ผ้าพันคอ <b>ไหม</b> × 3" in message.body
    assert "ผ้าพันคอ &lt;b&gt;ไหม&lt;/b&gt; × 3" in html
    assert message.extra_headers["Message-ID"].startswith(f"<order-{number}-sent-")


def test_an_english_order_is_told_in_english(parcels):
    first, _ = parcels("en")

    send(parcel=first, by=None, **EMS)
    message, html = sent()

    assert message.subject == f"A parcel of order {first.order.number} is on its way"
    assert "Thailand Post (EMS, registered)" in message.body
    assert "Tracking number: EF582568151TH" in message.body
    assert '<html lang="en">' in html


def test_what_was_paid_back_is_not_said_to_be_inside(parcels):
    first, _ = parcels("th")
    bag = first.order.lines.get(title="ย่าม")
    give_back(first.order.placement, lines={bag.pk: 25_000})

    send(parcel=first, by=None, **EMS)
    message, html = sent()

    assert "ย่าม" not in message.body and "ย่าม" not in html
    assert "ผ้าพันคอ" in message.body


def test_a_parcel_without_number_or_page_has_no_link(parcels):
    first, _ = parcels("en")

    send(parcel=first, by=None, carrier="other", tracking_number="")
    message, html = sent()

    assert "Follow the parcel" not in message.body and "Follow the parcel" not in html
    assert "Tracking number" not in message.body


def test_each_parcel_has_its_mail_and_no_second_one(parcels):
    first, second = parcels("th")
    for parcel in (first, first, second):
        send(parcel=parcel, by=None, **EMS)
        owe_mail(parcel.order, OrderMail.Kind.SENT, parcel=parcel)

    run_ready_jobs()
    run_ready_jobs()

    assert len(mail.outbox) == 2
    assert set(OrderMail.objects.values_list("parcel", flat=True)) == {first.pk, second.pk}


def test_what_is_undone_owes_nothing(parcels):
    first, _ = parcels("th")

    with pytest.raises(RuntimeError), transaction.atomic():
        send(parcel=first, by=None, **EMS)
        raise RuntimeError

    run_ready_jobs()
    assert mail.outbox == []
    assert not OrderMail.objects.exists()
    assert Parcel.objects.get(pk=first.pk).status == Parcel.Status.PREPARING


# --- A corrected number --------------------------------------------------------------------------
FLASH = {"carrier": "flash", "tracking_number": "TH01011VF1G50A"}
FLASH_2 = {"carrier": "flash", "tracking_number": "TH01011VF1G51B"}


@pytest.fixture
def sent_parcel(parcels):
    first, _ = parcels("en")
    send(parcel=first, by=None, **EMS)
    run_ready_jobs()
    mail.outbox.clear()
    return first


def test_a_corrected_number_is_told_in_the_orders_language(sent_parcel, settings):
    number = sent_parcel.order.number

    assert correct(parcel=sent_parcel, by=None, **FLASH)
    message, html = sent()

    assert message.subject == f"New tracking number for a parcel of order {number}"
    assert message.extra_headers["Content-Language"] == "en"
    assert message.extra_headers["Message-ID"].startswith(f"<order-{number}-tracking-")
    for text in (message.body, html):
        assert "TH01011VF1G50A" in text and "EF582568151TH" not in text
        assert FLASH_PAGE + "TH01011VF1G50A" in text
        assert "what we wrote before no longer holds" in text
        assert f"{settings.SITE_URL}/en/orders/{sent_parcel.order.placement.token}/" in text


def test_each_correction_is_told_once(sent_parcel):
    for written in (FLASH, FLASH, EMS, EMS, FLASH):  # back to an earlier number is a correction
        send_or_correct(parcel=sent_parcel, by=None, **written)
        run_ready_jobs()

    assert ["TH01011VF1G50A" in one.body for one in mail.outbox] == [True, False, True]
    mails = OrderMail.objects.filter(kind="tracking").order_by("pk")
    assert list(mails.values_list("correction", flat=True)) == [1, 2, 3]
    sent_parcel.refresh_from_db()
    assert sent_parcel.corrections == 3


def test_of_two_corrections_nobody_was_told_yet_the_last_is_told(sent_parcel):
    correct(parcel=sent_parcel, by=None, **FLASH)
    correct(parcel=sent_parcel, by=None, **FLASH_2)

    message, _ = sent()

    assert "TH01011VF1G51B" in message.body and "TH01011VF1G50A" not in message.body


def test_a_correction_that_is_refused_or_undone_tells_nobody(sent_parcel):
    with pytest.raises(UnknownCarrier):
        correct(parcel=sent_parcel, by=None, carrier="pigeon", tracking_number="1")
    with pytest.raises(RuntimeError), transaction.atomic():
        correct(parcel=sent_parcel, by=None, **FLASH)
        raise RuntimeError

    run_ready_jobs()
    assert mail.outbox == []
    again = Parcel.objects.get(pk=sent_parcel.pk)
    assert (again.tracking_number, again.corrections) == ("EF582568151TH", 0)


def test_many_corrections_at_once_are_one(fresh_database):
    placement = place_order((make_product(), 1))
    pay(placement)
    parcel = placement.order.parcels.get()
    send(parcel=parcel, by=None, **EMS)
    copies = [Parcel.objects.get(pk=parcel.pk) for _ in range(5)]

    answers = at_once([lambda one=one: correct(parcel=one, by=None, **FLASH) for one in copies])

    assert sorted(answers) == [False] * 4 + [True]
    assert OrderMail.objects.filter(kind="tracking").count() == 1
