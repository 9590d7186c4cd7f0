"""Income moves by a change of place only, by two people; disputes and payouts leave it alone."""

import pytest

from marketplace.ledger import errors, services, verification
from marketplace.ledger.models import Transfer
from tests.factories import make_producer, make_user, make_village
from tests.marketplace.ledger import rig
from tests.marketplace.ledger.recount import balances

PUI, MAE = "50010811", "50010812"
TERMS = rig.Terms(producer_discount=250_000, fee=30_000)


@pytest.fixture
def weavers(db):
    make_village(MAE, "บ้านแม่")
    return make_producer(make_village(PUI))


def moving(sale, **other):
    one, another = make_user(), make_user()
    facts = {
        "reference": "m1",
        "order_number": sale.order_number,
        "line_id": sale.shares[0].line_id,
        "from_village_code": PUI,
        "to_village_code": MAE,
        "occurred_at": rig.NOON,
        "reason": "ทอที่บ้านแม่",
        "proposed_by_id": one.pk,
        "approved_by_id": another.pk,
    }
    return services.Reclassification(**facts | other)


def income(code):
    found = rig.measures(code)
    return tuple(found.get(f"{name}_satang", 0) for name in ("sold", "refunded", "moved", "fee"))


def test_income_arrives_where_it_belongs_with_its_fees(weavers):
    sale, _event = rig.sell([rig.Part(weavers, {PUI: 80_000}, TERMS)])
    before = balances()

    services.record_reclassification(moving(sale))

    assert income(PUI) == (100_000, 0, -80_000, 0)
    assert income(MAE) == (0, 0, 80_000, 2_400)
    assert balances() == before
    assert list(verification.verify()) == []


def test_a_later_refund_is_taken_from_where_the_income_is(weavers):
    sale, _event = rig.sell([rig.Part(weavers, {PUI: 80_000}, TERMS)])
    services.record_reclassification(moving(sale))

    rig.refund(sale, {sale.shares[0].line_id: 80_000})

    assert income(PUI) == (100_000, 0, -80_000, 0)
    assert income(MAE) == (0, 80_000, 80_000, 0)
    assert services.refundable(sale.order_number).lines == {sale.shares[0].line_id: 0}
    there = {"from_village_code": MAE, "to_village_code": PUI, "reference": "m2"}
    with pytest.raises(errors.NothingToMove):  # neither price nor discount stays behind
        services.record_reclassification(moving(sale, **there))


def test_only_what_is_left_moves_and_it_may_move_back(weavers):
    sale, _event = rig.sell([rig.Part(weavers, {PUI: 100}, TERMS)])
    rig.refund(sale, {sale.shares[0].line_id: 34})
    before = balances()
    services.record_reclassification(moving(sale))
    assert balances() == before
    assert income(MAE) == (0, 0, 66, 2)  # of a fee of 3 one went back
    there = {"from_village_code": MAE, "to_village_code": PUI, "reference": "m2"}

    services.record_reclassification(moving(sale, **there))

    assert (income(PUI)[2], income(MAE)[2]) == (0, 0)
    with pytest.raises(errors.NothingToMove):
        services.record_reclassification(moving(sale, **there | {"reference": "m3"}))


@pytest.mark.parametrize("missing", [{"reason": ""}, {"approved_by_id": "proposed"}])
def test_one_person_alone_or_without_a_reason_corrects_nothing(weavers, missing):
    sale, _event = rig.sell([rig.Part(weavers, {PUI: 100})])
    fact = moving(sale)
    if "approved_by_id" in missing:
        missing = {"approved_by_id": fact.proposed_by_id}

    with pytest.raises(errors.OneByOneself):
        services.record_reclassification(
            moving(sale, proposed_by_id=fact.proposed_by_id, **missing)
        )

    assert Transfer.objects.count() == 1


def test_an_adjustment_changes_what_is_owed_and_no_income(weavers):
    rig.sell([rig.Part(weavers, {PUI: 100})])
    one, another = make_user(), make_user()
    fact = services.Adjustment("a1", weavers.pk, PUI, -30, rig.NOON, "x", one.pk, another.pk)

    services.record_adjustment(fact)

    assert balances()[f"producer.payable:{weavers.pk}"] == -70
    assert income(PUI) == (100, 0, 0, 0)
    assert rig.measures(PUI)["adjustment_satang"] == -30


def test_a_lost_dispute_of_what_was_sent_costs_the_platform(weavers):
    sale, _event = rig.sell([rig.Part(weavers, {PUI: 1_000})], {weavers.pk: 50})
    services.record_dispute(services.Dispute(sale.order_number, "d1", rig.NOON, 1_050, 1_500))

    services.end_dispute(services.DisputeEnd("d1", rig.NOON, is_won=False))

    assert income(PUI) == (1_000, 0, 0, 0)
    assert balances()["platform.losses"] == 1_050 and balances()["gateway.fees"] == 1_500
    assert balances()["gateway.clearing"] == 1_050 - 1_050 - 1_500
    with pytest.raises(errors.ContentDiffers):
        services.end_dispute(services.DisputeEnd("d1", rig.NOON, is_won=True))


def test_a_lost_dispute_of_what_was_not_sent_is_given_back_by_its_producer(weavers):
    carvers = make_producer(make_village("34010105", "บ้านปะอาว"))
    parts = [rig.Part(weavers, {PUI: 600}), rig.Part(carvers, {"34010105": 300})]
    sale, _event = rig.sell(parts, {weavers.pk: 100})
    services.record_dispute(services.Dispute(sale.order_number, "d1", rig.NOON, 1_000))

    services.end_dispute(
        services.DisputeEnd("d1", rig.NOON, is_won=False, borne_by=frozenset([weavers.pk]))
    )

    assert income(PUI) == (600, 600, 0, 0) and income("34010105") == (300, 0, 0, 0)
    assert balances()["platform.losses"] == 300
    assert balances().get(f"delivery.payable:{weavers.pk}", 0) == 0
    assert list(verification.verify()) == []


def test_a_won_dispute_leaves_nothing_but_its_fee(weavers):
    sale, _event = rig.sell([rig.Part(weavers, {PUI: 1_000})])
    before = balances()
    services.record_dispute(services.Dispute(sale.order_number, "d1", rig.NOON, 1_000, 15))

    services.end_dispute(services.DisputeEnd("d1", rig.NOON, is_won=True, fee_returned=True))

    assert balances() == before


def test_a_returned_payout_is_owed_again_and_returned_once(weavers):
    rig.sell([rig.Part(weavers, {PUI: 1_000})], {weavers.pk: 50})
    part = services.PayoutPart(weavers.pk, 900, 50, PUI)
    services.record_payout(services.Payout("b1", rig.NOON, (part,)))
    assert rig.measures(PUI)["paid_out_satang"] == 950
    back = services.PayoutReturn("b1", weavers.pk, "r1", rig.NOON, "บัญชีปิด")

    services.record_payout_return(back)
    services.record_payout_return(back)

    assert "paid_out_satang" not in rig.measures(PUI)
    assert balances()[f"producer.payable:{weavers.pk}"] == -1_000
    with pytest.raises(errors.NoSuchPayout):
        services.record_payout_return(services.PayoutReturn("b1", weavers.pk, "r2", rig.NOON))


def test_a_gateway_fee_is_shared_by_what_was_paid_and_borne_as_agreed(weavers):
    carvers = make_producer(make_village("34010105", "บ้านปะอาว"))
    parts = [rig.Part(weavers, {PUI: 600}), rig.Part(carvers, {"34010105": 300})]
    sale, _event = rig.sell(parts, {weavers.pk: 100})
    rig.refund(sale, {sale.shares[0].line_id: 500})  # told before the fee, or after it

    services.record_gateway_fee(
        services.GatewayFee(sale.order_number, "t1", rig.NOON, 41, frozenset([carvers.pk]))
    )

    assert rig.measures(PUI)["gateway_fee_satang"] == 25 + 4
    assert rig.measures("34010105")["passed_gateway_fee_satang"] == 12
    assert balances()[f"producer.payable:{carvers.pk}"] == -(300 - 12)
    assert income(PUI)[0] == 600


def test_a_gateway_fee_follows_what_was_paid_and_not_the_price_before_discounts(weavers):
    carvers = make_producer(make_village("34010105", "บ้านปะอาว"))
    halved = rig.Terms(platform_discount=500_000)
    parts = [rig.Part(weavers, {PUI: 200}, halved), rig.Part(carvers, {"34010105": 100})]
    sale, _event = rig.sell(parts)

    services.record_gateway_fee(services.GatewayFee(sale.order_number, "t1", rig.NOON, 10))

    assert sale.captured_satang == 200
    assert rig.measures(PUI)["gateway_fee_satang"] == 5
    assert rig.measures("34010105")["gateway_fee_satang"] == 5
