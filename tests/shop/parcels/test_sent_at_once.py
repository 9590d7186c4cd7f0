"""Real threads, real commits, on both databases: a parcel is sent once, or paid back."""

from collections import Counter

import pytest

from marketplace.core.models import AuditEntry
from shop.parcels.errors import CannotHandle
from shop.parcels.models import Parcel
from shop.payments.models import OrderMail
from shop.workbench.services.parcels import pack, send
from tests.at_once import at_once
from tests.factories import give_back, make_product, pay, place_order

TAPS, REFUSALS = 8, (CannotHandle,)
EMS = {"carrier": "thailand-post", "tracking_number": "EF582568151TH"}


@pytest.fixture
def parcel(fresh_database):
    placement = place_order((make_product(), 1))
    pay(placement)
    return placement.order.parcels.get()


def copy_of(parcel):
    return Parcel.objects.get(pk=parcel.pk)


def test_many_taps_at_once_send_it_once(parcel):
    copies = [copy_of(parcel) for _ in range(TAPS)]

    answers = at_once(
        [lambda one=one: send(parcel=one, by=None, **EMS) for one in copies], REFUSALS
    )

    assert Counter(answers) == {True: 1, False: TAPS - 1}
    assert OrderMail.objects.count() == 1
    assert AuditEntry.objects.filter(act="parcel.send").count() == 1


def test_packing_sending_and_paying_back_at_once_agree_in_the_end(parcel):
    line = parcel.order.lines.get()
    whole = {line.pk: 25_000}
    one, two = copy_of(parcel), copy_of(parcel)

    at_once(
        [
            lambda: pack(parcel=one, by=None),
            lambda: send(parcel=two, by=None, **EMS),
            lambda: give_back(parcel.order.placement, lines=whole) and None,
        ],
        REFUSALS,
    )

    parcel.refresh_from_db()
    parcel.order.refresh_from_db()
    assert parcel.status in (Parcel.Status.SHIPPED, Parcel.Status.CANCELLED)
    assert parcel.order.status == "partly-refunded"
    assert OrderMail.objects.count() == (parcel.status == Parcel.Status.SHIPPED)
