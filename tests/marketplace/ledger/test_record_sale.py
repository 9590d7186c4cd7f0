"""A paid order credits its villages, once."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from marketplace.ledger import errors, services
from marketplace.ledger.models import Account, AreaMonth, Event, Transfer
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig

PUI, MAE = "50010811", "50010812"


@pytest.fixture
def weavers(db):
    return make_producer(make_village(PUI))


def refused(sale, error):
    before = rig.rows()
    with pytest.raises(error), transaction.atomic():
        services.record_sale(sale)
    assert rig.rows() == before


def test_each_line_share_is_credited_to_its_village_and_delivery_to_its_sender(weavers):
    make_village(MAE, "บ้านแม่")
    parts = [rig.Part(weavers, {PUI: 66_667, MAE: 33_333}), rig.Part(weavers, {PUI: 1})]

    sale, event = rig.sell(parts, delivery={weavers.pk: 5_000})

    assert list(
        Transfer.objects.order_by("number").values_list(
            "kind", "debit__code", "credit__code", "amount_satang", "village_code"
        )
    ) == [
        ("sale", "gateway.clearing", f"producer.payable:{weavers.pk}", 66_667, PUI),
        ("sale", "gateway.clearing", f"producer.payable:{weavers.pk}", 33_333, MAE),
        ("sale", "gateway.clearing", f"producer.payable:{weavers.pk}", 1, PUI),
        ("delivery", "gateway.clearing", f"delivery.payable:{weavers.pk}", 5_000, PUI),
    ]
    assert (event.transfer_count, event.total_satang) == (4, 105_001)
    assert rig.income(PUI) == {"sale": 66_668}
    assert rig.income(MAE) == {"sale": 33_333}
    assert AreaMonth.objects.get(area_code=PUI).sales == 2


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 9, 30, 16, 59, tzinfo=UTC), date(2026, 9, 30)),
        (datetime(2026, 9, 30, 17, 0, tzinfo=UTC), date(2026, 10, 1)),
    ],
)
def test_the_day_is_that_of_bangkok(weavers, instant, day):
    sale = rig.sell_in({PUI: 100}, instant, weavers)

    event = Event.objects.get(order_number=sale.order_number)

    assert (event.day, event.occurred_at) == (day, instant)
    assert AreaMonth.objects.get(area_code=PUI).month == day.replace(day=1)


def test_the_same_payment_again_adds_nothing(weavers):
    sale, event = rig.sell([rig.Part(weavers, {PUI: 100})], {weavers.pk: 10})
    before = rig.rows()

    again = services.record_sale(replace(sale, occurred_at=datetime(2026, 7, 1, tzinfo=UTC)))

    assert again == event
    assert rig.rows() == before


def test_the_same_payment_with_other_money_is_refused(weavers):
    sale, _ = rig.sell([rig.Part(weavers, {PUI: 100})], {weavers.pk: 10})

    refused(replace(sale, captured_satang=100, delivery=()), errors.ContentDiffers)


def test_another_payment_of_a_paid_order_is_refused(weavers):
    sale = rig.sell_in({PUI: 100}, producer=weavers)

    refused(replace(sale, payment_reference="pi_other"), errors.AlreadySold)


@pytest.mark.parametrize("captured", [99, 101, 0])
def test_a_sale_whose_parts_are_not_what_was_captured_is_refused(weavers, captured):
    sale = rig.place([rig.Part(weavers, {PUI: 100})])

    refused(replace(sale, captured_satang=captured), errors.AmountsDiffer)


def test_negative_parts_that_add_up_are_refused(weavers):
    sale = rig.place([rig.Part(weavers, {PUI: 100})], {weavers.pk: 50})
    minus = replace(sale.delivery[0], amount_satang=-50)

    refused(replace(sale, captured_satang=50, delivery=(minus,)), errors.AmountsDiffer)


@pytest.mark.parametrize(
    "other", [{"village_code": MAE}, {"amount_satang": 99}, {"line_id": 0}, {"producer_id": 0}]
)
def test_a_share_that_is_not_the_frozen_one_is_refused(weavers, other):
    sale = rig.place([rig.Part(weavers, {PUI: 100})])
    share = replace(sale.shares[0], **other)
    sale = replace(sale, shares=(share,), captured_satang=share.amount_satang)

    refused(sale, errors.OriginDiffers)


def test_a_share_told_twice_is_refused(weavers):
    sale = rig.place([rig.Part(weavers, {PUI: 100})])

    refused(replace(sale, shares=sale.shares * 2, captured_satang=200), errors.OriginDiffers)


def test_a_sale_of_nothing_is_refused(weavers):
    refused(rig.place([rig.Part(weavers, {PUI: 0})]), errors.NothingToRecord)


def test_a_share_of_nothing_leaves_no_row(weavers):
    make_village(MAE, "บ้านแม่")

    rig.sell([rig.Part(weavers, {PUI: 1, MAE: 0})])

    assert Transfer.objects.get().village_code == PUI


def test_a_naive_moment_is_refused(weavers):
    sale = rig.place([rig.Part(weavers, {PUI: 100})])

    refused(replace(sale, occurred_at=datetime(2026, 5, 15)), ValueError)


def test_accounts_are_made_once(weavers):
    rig.sell([rig.Part(weavers, {PUI: 100})], {weavers.pk: 10})
    rig.sell([rig.Part(weavers, {PUI: 100})], {weavers.pk: 10})

    assert sorted(Account.objects.values_list("code", "kind", "producer")) == [
        (f"delivery.payable:{weavers.pk}", "delivery.payable", weavers.pk),
        ("gateway.clearing", "gateway.clearing", None),
        (f"producer.payable:{weavers.pk}", "producer.payable", weavers.pk),
    ]


def test_a_failure_after_posting_takes_the_posting_back(weavers):
    sale = rig.place([rig.Part(weavers, {PUI: 100})])
    before = rig.rows()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.record_sale(sale)
        raise ZeroDivisionError

    assert rig.rows() == before


def test_accounts_are_made_in_the_order_of_their_codes(weavers):
    """So that two first sales of the same producers never wait for each other crosswise."""
    others = [make_producer(make_village(PUI)) for _ in range(4)]
    parts = [rig.Part(producer, {PUI: 5}) for producer in (*reversed(others), weavers)]

    rig.sell(parts, {producer.pk: 5 for producer in others})

    codes = list(Account.objects.order_by("pk").values_list("code", flat=True))
    assert len(codes) == 10
    assert codes == sorted(codes)
