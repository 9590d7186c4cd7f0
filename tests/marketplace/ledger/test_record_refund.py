"""What was refunded is taken back from the villages of the original sale."""

from datetime import UTC, datetime

import pytest

from marketplace.core.money import CannotSplit, MoreThanRemaining
from marketplace.ledger import errors, services
from marketplace.ledger.models import Transfer
from tests.factories import make_producer, make_user, make_village
from tests.marketplace.ledger import rig

PUI, MAE, NOK = "50010811", "50010812", "50010813"


@pytest.fixture
def weavers(db):
    for code in (PUI, MAE, NOK):
        make_village(code, f"บ้าน {code}")
    return make_producer(make_village(PUI))


def line_of(sale, position=0):
    return sale.shares[position].line_id


def refused(error, act):
    before = rig.rows()
    with pytest.raises(error):
        act()
    assert rig.rows() == before


def test_one_line_falls_by_exactly_its_share_and_the_other_stays(weavers):
    parts = [rig.Part(weavers, {PUI: 66_667, MAE: 33_333}), rig.Part(weavers, {PUI: 500})]
    sale, sold = rig.sell(parts)

    event = rig.refund(sale, {line_of(sale): 100_000})

    assert rig.income(PUI) == {"sale": 67_167, "refund": 66_667}
    assert rig.income(MAE) == {"sale": 33_333, "refund": 33_333}
    assert (event.reverses, event.total_satang, event.order_number) == (
        sold,
        100_000,
        sale.order_number,
    )
    assert services.refundable(sale.order_number).lines == {
        line_of(sale): 0,
        line_of(sale, 2): 500,
    }


def test_a_refund_is_the_mirror_of_the_transfers_it_reverses(weavers):
    sale, _ = rig.sell([rig.Part(weavers, {PUI: 100})], {weavers.pk: 50})

    rig.refund(sale, {line_of(sale): 40}, {weavers.pk: 50})

    back = Transfer.objects.filter(reverses__isnull=False).order_by("number")
    assert list(
        back.values_list("kind", "debit__code", "credit__code", "amount_satang", "village_code")
    ) == [
        ("refund", f"producer.payable:{weavers.pk}", "gateway.clearing", 40, PUI),
        ("delivery-refund", f"delivery.payable:{weavers.pk}", "gateway.clearing", 50, PUI),
    ]
    assert [t.reverses.kind for t in back] == ["sale", "delivery"]


def test_small_refunds_of_uneven_shares_never_exceed_and_end_at_exactly_zero(weavers):
    sale, _ = rig.sell([rig.Part(weavers, {PUI: 334, MAE: 333, NOK: 1})])
    line = line_of(sale)

    for amount in (1, 1, 1, 7, 100, 333, 224, 1):
        rig.refund(sale, {line: amount})

    assert [rig.income(code) for code in (PUI, MAE, NOK)] == [
        {"sale": 334, "refund": 334},
        {"sale": 333, "refund": 333},
        {"sale": 1, "refund": 1},
    ]
    assert services.refundable(sale.order_number).lines == {line: 0}
    refused(MoreThanRemaining, lambda: rig.refund(sale, {line: 1}))


def test_more_than_is_left_is_refused(weavers):
    sale, _ = rig.sell([rig.Part(weavers, {PUI: 100})], {weavers.pk: 50})
    rig.refund(sale, {line_of(sale): 60}, {weavers.pk: 20})

    refused(MoreThanRemaining, lambda: rig.refund(sale, {line_of(sale): 41}))
    refused(MoreThanRemaining, lambda: rig.refund(sale, {}, {weavers.pk: 31}))
    assert services.refundable(sale.order_number) == services.Refundable(
        {line_of(sale): 40}, {weavers.pk: 30}
    )


def test_a_refund_counts_in_the_month_it_was_paid_back(weavers):
    sale = rig.sell_in({PUI: 100}, producer=weavers)
    june = datetime(2026, 6, 1, 3, tzinfo=UTC)

    rig.refund(sale, {line_of(sale): 100}, at=june)

    assert rig.income(PUI) == {"sale": 100}
    assert rig.income(PUI, june.date().replace(day=1)) == {"refund": 100}


def test_the_same_refund_again_adds_nothing(weavers):
    sale = rig.sell_in({PUI: 100}, producer=weavers)
    event = rig.refund(sale, {line_of(sale): 30}, reference="re_1")
    before = rig.rows()

    assert rig.refund(sale, {line_of(sale): 30}, reference="re_1") == event
    assert rig.rows() == before


def test_the_same_refund_with_other_money_is_refused(weavers):
    sale = rig.sell_in({PUI: 100}, producer=weavers)
    rig.refund(sale, {line_of(sale): 30}, reference="re_1")

    refused(errors.ContentDiffers, lambda: rig.refund(sale, {line_of(sale): 31}, reference="re_1"))


def test_what_was_never_sold_is_refused(weavers):
    sale = rig.sell_in({PUI: 100}, producer=weavers)
    other = rig.place([rig.Part(weavers, {PUI: 100})])

    refused(errors.NoSuchSale, lambda: rig.refund(other, {line_of(other): 1}))
    refused(errors.NoSuchSale, lambda: rig.refund(sale, {line_of(other): 1}))
    refused(errors.NoSuchSale, lambda: rig.refund(sale, {}, {weavers.pk: 1}))
    assert services.refundable(other.order_number) == services.Refundable({}, {})


@pytest.mark.parametrize("lines", [{}, {0: 0}])
def test_a_refund_of_nothing_is_refused(weavers, lines):
    sale = rig.sell_in({PUI: 100}, producer=weavers)

    refused(errors.NothingToRecord, lambda: rig.refund(sale, lines))


def test_a_negative_refund_is_refused(weavers):
    sale = rig.sell_in({PUI: 100}, producer=weavers)

    refused(CannotSplit, lambda: rig.refund(sale, {line_of(sale): -1}))


def test_who_refunded_and_why_stays_with_the_event(weavers):
    sale, clerk = rig.sell_in({PUI: 100}, producer=weavers), make_user()

    event = rig.refund(sale, {line_of(sale): 5}, actor_id=clerk.pk, reason="ของชำรุด")

    event.refresh_from_db()
    assert (event.actor, event.reason) == (clerk, "ของชำรุด")
