"""A parcel goes forward, each step once; the order follows where its pipeline knows the step."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from oscar.apps.order.models import Order

from marketplace.core import thai
from marketplace.core.models import AuditEntry
from marketplace.core.worker import run_due_rounds
from marketplace.producers.services import grant_agent
from shop.parcels import errors, services
from shop.parcels.models import ADDRESS_KEPT, Parcel
from shop.parcels.queries import open_parcels, parcel_of, parcels_of
from shop.payments import services as payments
from shop.payments.models import OrderMail, Refund
from shop.placing.services import cancel_unpaid
from shop.workbench.services.parcels import pack, send, send_or_correct, unpack
from tests.factories import (
    give_back,
    make_member,
    make_producer,
    make_product,
    make_user,
    make_village,
    pay,
    place_order,
)

pytestmark = pytest.mark.django_db
Status = Parcel.Status
EMS = {"carrier": "thailand-post", "tracking_number": "EF582568151TH"}
FLASH = {"carrier": "flash", "tracking_number": "TH01011VF1G50A"}


def make_parcels(paid=True):
    """A paid order of two producers' things: two lines of the first, one of the second."""
    weaver = make_producer(make_village("50010811"), "กลุ่มทอผ้า")
    potter = make_producer(make_village("57010501", "บ้านเหนือ"), "กลุ่มปั้นหม้อ")
    things = [make_product(weaver), make_product(weaver), make_product(potter)]
    placement = place_order(*((thing, 1) for thing in things))
    if paid:
        pay(placement)
    return [placement.order.parcels.get(producer=one) for one in (weaver, potter)]


def lines_of(parcel):
    return {line.line_id: 25_000 for line in parcel.parcel_lines.all()}


def order_status(parcel):
    return Order.objects.get(pk=parcel.order_id).status


def acts(parcel):
    entries = AuditEntry.objects.filter(target=f"parcel:{parcel.pk}").order_by("pk")
    return list(entries.values_list("act", flat=True))


def test_a_parcel_is_packed_then_sent_and_the_order_follows_its_parcels():
    first, second = make_parcels()
    assert (first.status, order_status(first)) == (Status.PREPARING, "paid")

    assert pack(parcel=first, by=None)
    assert (first.status, order_status(first)) == (Status.PACKED, "preparing")
    assert send(parcel=first, by=None, **EMS)
    assert order_status(first) == "preparing"
    assert send(parcel=second, by=None, **FLASH)

    first.refresh_from_db()
    assert (first.status, first.carrier, first.tracking_number) == (
        Status.SHIPPED,
        "thailand-post",
        "EF582568151TH",
    )
    assert first.packed_at < first.shipped_at
    assert order_status(first) == "shipped"
    assert acts(first) == ["parcel.pack", "parcel.send"]


def test_each_step_happens_once():
    parcel, _ = make_parcels()

    assert [pack(parcel=parcel, by=None) for _ in range(3)] == [True, False, False]
    assert [send(parcel=parcel, by=None, **EMS) for _ in range(3)] == [True, False, False]
    assert pack(parcel=parcel, by=None) is False

    assert parcel.status == Status.SHIPPED
    assert acts(parcel) == ["parcel.pack", "parcel.send"]
    assert OrderMail.objects.get().parcel == parcel


def test_packed_can_be_taken_back_and_sent_cannot():
    parcel, _ = make_parcels()
    pack(parcel=parcel, by=None)

    assert [unpack(parcel=parcel, by=None) for _ in range(2)] == [True, False]
    assert (parcel.status, parcel.packed_at) == (Status.PREPARING, None)
    assert order_status(parcel) == "preparing"

    send(parcel=parcel, by=None, **EMS)
    with pytest.raises(errors.AlreadySent):
        unpack(parcel=parcel, by=None)
    parcel.refresh_from_db()
    assert parcel.status == Status.SHIPPED


def test_a_number_typed_kindly_is_stored_as_carriers_write_it():
    parcel, _ = make_parcels()

    send(parcel=parcel, by=None, carrier="thailand-post", tracking_number=" ef ๕๘๒๕-68151 th")

    assert parcel.tracking_number == "EF582568151TH"


def test_an_odd_or_missing_number_is_no_reason_to_refuse():
    first, second = make_parcels()

    assert send(parcel=first, by=None, carrier="thailand-post", tracking_number="EF1TH")
    assert send(parcel=second, by=None, carrier="other", tracking_number="")


@pytest.mark.parametrize(
    "sent, error",
    [
        ({"carrier": "", "tracking_number": "1"}, errors.UnknownCarrier),
        ({"carrier": "pigeon", "tracking_number": "1"}, errors.UnknownCarrier),
        ({"carrier": "flash", "tracking_number": "ไม่มี"}, errors.TrackingNumberUnclear),
    ],
)
def test_what_is_refused_leaves_the_parcel_as_it_was(sent, error):
    parcel, _ = make_parcels()

    with pytest.raises(error):
        send(parcel=parcel, by=None, **sent)

    parcel.refresh_from_db()
    assert (parcel.status, parcel.carrier) == (Status.PREPARING, "")
    assert acts(parcel) == [] and not OrderMail.objects.exists()


def test_a_number_is_corrected_once_and_written_down_with_the_one_before():
    parcel, _ = make_parcels()
    send(parcel=parcel, by=None, **EMS)

    assert send_or_correct(parcel=parcel, by=None, **FLASH) is True
    assert send_or_correct(parcel=parcel, by=None, **FLASH) is False

    parcel.refresh_from_db()
    assert (parcel.carrier, parcel.tracking_number) == ("flash", "TH01011VF1G50A")
    entry = AuditEntry.objects.get(act="parcel.correct_tracking")
    assert entry.details["before"] == "thailand-post EF582568151TH"
    assert sorted(OrderMail.objects.values_list("kind", flat=True)) == ["sent", "tracking"]


def test_two_people_who_send_the_same_parcel_differently_do_not_overwrite_each_other():
    parcel, _ = make_parcels()
    twin = Parcel.objects.get(pk=parcel.pk)
    send(parcel=parcel, by=None, **EMS)

    with pytest.raises(errors.AlreadySent):
        send_or_correct(parcel=twin, by=None, **FLASH)

    parcel.refresh_from_db()
    assert parcel.tracking_number == "EF582568151TH"


def test_nothing_is_corrected_before_it_is_sent_or_when_the_address_is_gone():
    first, second = make_parcels()
    long_ago = timezone.now() - ADDRESS_KEPT
    send(parcel=second, by=None, at=long_ago, **EMS)

    with pytest.raises(errors.NotSentYet):
        services.correct_tracking(parcel=first, by=None, **EMS)
    with pytest.raises(errors.NoLongerOpen):
        services.correct_tracking(parcel=second, by=None, **FLASH)

    second.refresh_from_db()
    assert second.tracking_number == "EF582568151TH"


@pytest.mark.parametrize("act", [pack, unpack])
@pytest.mark.parametrize("end", ["unpaid", "cancelled"])
def test_what_is_not_paid_is_neither_packed_nor_sent(act, end):
    parcel, _ = make_parcels(paid=False)
    if end == "cancelled":
        cancel_unpaid(parcel.order)

    with pytest.raises(errors.NotToBeSent):
        act(parcel=parcel, by=None)
    with pytest.raises(errors.NotToBeSent):
        send(parcel=parcel, by=None, **EMS)

    parcel.refresh_from_db()
    assert parcel.status in (Status.WAITING, Status.CANCELLED)
    assert not parcels_of(parcel.producer) and acts(parcel) == []


def test_a_parcel_paid_back_whole_is_given_up_and_the_others_go_on():
    first, second = make_parcels()

    give_back(first.order.placement, lines=lines_of(first))

    first.refresh_from_db()
    assert (first.status, order_status(first)) == (Status.CANCELLED, "partly-refunded")
    with pytest.raises(errors.NotToBeSent):
        send(parcel=first, by=None, **EMS)
    assert send(parcel=second, by=None, **EMS)
    assert order_status(second) == "shipped"
    assert acts(first) == ["parcel.drop"]


def test_one_line_paid_back_leaves_the_rest_to_be_sent():
    parcel, _ = make_parcels()
    line_id = min(lines_of(parcel))

    give_back(parcel.order.placement, lines={line_id: 25_000})

    parcel.refresh_from_db()
    assert parcel.status == Status.PREPARING
    assert pack(parcel=parcel, by=None)


def test_what_is_being_paid_back_waits_for_the_word_of_the_bank():
    parcel, _ = make_parcels()
    refund = payments.open_refund(
        parcel.order, lines=lines_of(parcel), delivery={}, by=None, reason="ลูกค้าเปลี่ยนใจ"
    )

    for refused in (
        lambda: pack(parcel=parcel, by=None),
        lambda: send(parcel=parcel, by=None, **EMS),
    ):
        with pytest.raises(errors.NotToBeSent):
            refused()
    parcel.refresh_from_db()
    assert parcel.status == Status.PREPARING and acts(parcel) == []

    Refund.objects.filter(pk=refund.pk).update(state=Refund.State.FAILED)
    assert pack(parcel=parcel, by=None)


def test_goods_paid_back_after_they_were_sent_were_sent():
    parcel, _ = make_parcels()
    send(parcel=parcel, by=None, **EMS)

    give_back(parcel.order.placement, lines=lines_of(parcel))

    parcel.refresh_from_db()
    assert parcel.status == Status.SHIPPED


def test_an_agent_acts_in_the_name_of_the_producer_and_a_member_in_ones_own():
    first, second = make_parcels()
    owner = make_member(first.producer).user
    agent = make_user()
    grant_agent(
        producer=first.producer, agent=agent, scopes=["orders"], since=thai.today(), by=owner
    )

    pack(parcel=first, by=agent)
    send(parcel=first, by=owner, **EMS)

    noted = AuditEntry.objects.filter(target=f"parcel:{first.pk}").order_by("pk")
    assert list(noted.values_list("actor", "on_behalf_of")) == [
        (agent.pk, f"producer:{first.producer_id}"),
        (owner.pk, ""),
    ]


def test_an_address_is_needed_until_two_weeks_after_sending():
    parcel, _ = make_parcels()
    assert parcel.is_open
    pack(parcel=parcel, by=None)
    assert parcel.is_open
    send(parcel=parcel, by=None, **EMS)
    assert parcel.is_open

    parcel.shipped_at = timezone.now() - timedelta(days=13, hours=23)
    assert parcel.is_open
    parcel.shipped_at = timezone.now() - timedelta(days=14)
    assert not parcel.is_open
    assert not Parcel(status=Status.CANCELLED).is_open
    assert not Parcel(status=Status.WAITING).is_open


def test_a_producer_has_its_own_parcels_the_longest_waiting_first():
    first, other = make_parcels()
    thing = make_product(first.producer)
    early = place_order((thing, 1))
    pay(early)
    Order.objects.filter(pk=early.order_id).update(date_placed=timezone.now() - timedelta(days=2))

    assert [one.order_id for one in open_parcels(first.producer)] == [
        early.order_id,
        first.order_id,
    ]
    assert parcel_of(first.producer, first.pk) == first
    assert parcel_of(first.producer, other.pk) is None


def test_the_database_refuses_a_packed_parcel_without_a_time():
    parcel, _ = make_parcels()

    with pytest.raises(IntegrityError), transaction.atomic():
        Parcel.objects.filter(pk=parcel.pk).update(status=Status.PACKED)


# --- What was paid back before parcels were given up ---------------------------------------------
def forget(parcel):
    """Leave it as older versions did: all paid back, and still to be packed."""
    Parcel.objects.filter(pk=parcel.pk).update(status=Status.PREPARING)


def test_what_older_versions_left_to_pack_is_given_up_by_a_job_once():
    first, second = make_parcels()
    give_back(first.order.placement, lines=lines_of(first))
    forget(first)
    assert list(open_parcels(first.producer)) == [first]

    assert "payments.drop_parcels_paid_back" in run_due_rounds()

    first.refresh_from_db(), second.refresh_from_db()
    assert (first.status, second.status) == (Status.CANCELLED, Status.PREPARING)
    assert list(open_parcels(first.producer)) == []
    assert acts(first) == ["parcel.drop", "parcel.drop"] and acts(second) == []
    assert payments.drop_parcels_paid_back() == 0
    assert order_status(first) == "partly-refunded"


@pytest.mark.parametrize("line_satang", [24_999, 0])
def test_a_parcel_of_which_anything_is_left_stays_to_be_packed(line_satang):
    first, _ = make_parcels()
    whole, partly = lines_of(first)
    give_back(first.order.placement, lines={whole: 25_000, partly: line_satang})

    assert payments.drop_parcels_paid_back() == 0

    first.refresh_from_db()
    assert first.status == Status.PREPARING and acts(first) == []


def test_what_was_sent_or_is_only_on_its_way_back_is_left_alone():
    first, second = make_parcels()
    send(parcel=first, by=None, **EMS)
    give_back(first.order.placement, lines=lines_of(first))
    payments.open_refund(second.order, lines=lines_of(second), delivery={}, by=None, reason="หมด")

    assert payments.drop_parcels_paid_back() == 0

    first.refresh_from_db(), second.refresh_from_db()
    assert (first.status, second.status) == (Status.SHIPPED, Status.PREPARING)


def test_the_order_page_says_what_is_not_sent(client):
    first, _second = make_parcels()
    give_back(first.order.placement, lines=lines_of(first))

    text = client.get(f"/en/orders/{first.order.placement.token}/").text

    assert text.count("Not sent: all of it was paid back to you.") == 1


def test_an_order_that_was_not_paid_is_not_called_paid_back(client):
    first, _second = make_parcels(paid=False)
    cancel_unpaid(first.order)

    text = client.get(f"/en/orders/{first.order.placement.token}/").text

    assert "paid back" not in text
