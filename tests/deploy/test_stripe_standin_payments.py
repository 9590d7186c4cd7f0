"""A PaymentIntent goes the way it goes at Stripe; a declined card stays declined."""

import pytest
import stripe

from deploy.demo.stripe_standin.settings import Fees
from tests.deploy.stripe_rig import PENDANT, client_of, pay

pytestmark = pytest.mark.no_database


@pytest.fixture
def client(standin):
    return client_of(standin)


def types(standin):
    return [event["type"] for event in standin.events()]


def test_promptpay_vanishes_silently_until_it_is_activated(client):
    wanted = PENDANT | {"allowed_payment_method_types": ["card", "promptpay"]}

    intent = client.v1.payment_intents.create(wanted)

    assert intent.payment_method_types == ["card"]
    assert intent.allowed_payment_method_types == ["card", "promptpay"]


def test_what_the_shop_gave_is_kept(client):
    given = {
        "metadata": {"order_number": "100042"},
        "transfer_group": "order-100042",
        "receipt_email": "malee@example.com",
        "description": "ผ้าไหม 1 ผืน",
        "statement_descriptor_suffix": "OTOP 100042",
        "shipping": {"name": "มาลี", "address": {"line1": "9/1", "postal_code": "50200"}},
    }

    intent = client.v1.payment_intents.create(PENDANT | given)

    kept = client.v1.payment_intents.retrieve(intent.id).to_dict()
    assert kept["metadata"] == {"order_number": "100042"}
    assert kept["shipping"]["address"]["postal_code"] == "50200"
    assert {name: kept[name] for name in given if name not in ("metadata", "shipping")} == {
        name: given[name] for name in given if name not in ("metadata", "shipping")
    }


def test_a_good_card_pays_the_whole_amount(client, standin):
    intent = pay(client, "pm_card_mastercard", expand=["latest_charge"])

    assert (intent.status, intent.amount_received) == ("succeeded", 125_050)
    assert intent.latest_charge.payment_method_details.card.brand == "mastercard"
    assert intent.latest_charge.payment_method_details.card.last4 == "4444"
    assert types(standin) == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "charge.updated",
    ]


DECLINES = [
    ("4000000000000002", "card_declined", "generic_decline"),
    ("4000000000009995", "card_declined", "insufficient_funds"),
    ("4000000000009987", "card_declined", "lost_card"),
    ("4000000000009979", "card_declined", "stolen_card"),
    ("4000000000006975", "card_declined", "card_velocity_exceeded"),
    ("4000000000000069", "expired_card", None),
    ("4000000000000127", "incorrect_cvc", None),
    ("4000000000000119", "processing_error", None),
]


@pytest.mark.parametrize(("number", "code", "decline_code"), DECLINES)
def test_a_declined_card_stays_declined(client, standin, number, code, decline_code):
    intent = client.v1.payment_intents.create(PENDANT)

    for _ in range(2):
        declined = standin.pay(intent.client_secret, number)

        assert (declined["status"], declined["amount_received"]) == ("requires_payment_method", 0)
        assert declined["payment_method"] is None
        assert declined["last_payment_error"]["code"] == code
        assert declined["last_payment_error"].get("decline_code") == decline_code
    assert types(standin)[1:] == ["charge.failed", "payment_intent.payment_failed"] * 2


def test_a_server_hears_of_a_decline_as_a_card_error(client):
    intent = client.v1.payment_intents.create(PENDANT)
    token = {"payment_method": "pm_card_visa_chargeDeclinedInsufficientFunds"}

    with pytest.raises(stripe.CardError) as caught:
        client.v1.payment_intents.confirm(intent.id, token)

    error = caught.value.error
    assert (caught.value.http_status, caught.value.code) == (402, "card_declined")
    assert error.decline_code == "insufficient_funds"
    assert error.payment_intent.status == "requires_payment_method"
    assert error.charge == error.payment_intent.latest_charge


def test_another_card_pays_after_a_decline(client, standin):
    intent = client.v1.payment_intents.create(PENDANT)
    standin.pay(intent.client_secret, "4000000000000002")

    paid = standin.pay(intent.client_secret, "4242424242424242")

    assert (paid["status"], paid["last_payment_error"]) == ("succeeded", None)


def test_any_bank_reason_can_be_played(client, standin):
    intent = client.v1.payment_intents.create(PENDANT)
    standin.settings.next_declines.append("do_not_honor")

    declined = standin.pay(intent.client_secret)

    assert declined["last_payment_error"]["decline_code"] == "do_not_honor"


@pytest.mark.parametrize(
    ("number", "code", "decline_code"),
    [
        ("4111111111111111", "card_declined", "test_mode_live_card"),
        ("4242424242424241", "incorrect_number", None),
    ],
)
def test_a_card_that_is_no_test_card_never_reaches_the_intent(
    client, standin, number, code, decline_code
):
    intent = client.v1.payment_intents.create(PENDANT)

    with pytest.raises(Exception, match="card") as caught:
        standin.pay(intent.client_secret, number)

    assert caught.value.error["code"] == code
    assert caught.value.error.get("decline_code") == decline_code
    assert types(standin) == ["payment_intent.created"]


def test_what_is_paid_cannot_be_paid_cancelled_or_changed_again(client, standin):
    intent = pay(client)
    happened = types(standin)

    for act in (
        lambda: client.v1.payment_intents.confirm(intent.id, {"payment_method": "pm_card_visa"}),
        lambda: client.v1.payment_intents.cancel(intent.id),
        lambda: client.v1.payment_intents.update(intent.id, {"amount": 5000}),
    ):
        with pytest.raises(stripe.InvalidRequestError) as caught:
            act()
        assert caught.value.code == "payment_intent_unexpected_state"
        assert caught.value.error.payment_intent.status == "succeeded"

    assert types(standin) == happened


def test_a_cancelled_intent_cannot_be_paid(client, standin):
    intent = client.v1.payment_intents.create(PENDANT)
    reason = {"cancellation_reason": "abandoned"}

    cancelled = client.v1.payment_intents.cancel(intent.id, reason)

    assert (cancelled.status, cancelled.cancellation_reason) == ("canceled", "abandoned")
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.payment_intents.confirm(intent.id, {"payment_method": "pm_card_visa"})
    assert caught.value.code == "payment_intent_unexpected_state"
    assert types(standin) == ["payment_intent.created", "payment_intent.canceled"]


def test_a_payment_can_be_kept_in_processing(client, standin):
    intent = client.v1.payment_intents.create(PENDANT)
    standin.settings.hold_processing = True

    waiting = standin.pay(intent.client_secret)

    assert waiting["status"] == "processing"
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.payment_intents.cancel(intent.id)
    assert standin.finish_processing(intent.id)["status"] == "succeeded"


def test_an_open_intent_can_be_changed(client):
    intent = client.v1.payment_intents.create(PENDANT | {"metadata": {"a": "1", "b": "2"}})

    changed = client.v1.payment_intents.update(
        intent.id, {"amount": 99_900, "metadata": {"a": "", "c": "3"}}
    )

    assert (changed.amount, changed.metadata.to_dict()) == (99_900, {"b": "2", "c": "3"})


def test_a_payment_method_waits_for_confirmation(client):
    intent = client.v1.payment_intents.create(PENDANT | {"payment_method": "pm_card_visa"})

    assert intent.status == "requires_confirmation"
    assert client.v1.payment_intents.confirm(intent.id).status == "succeeded"


def test_confirming_without_a_card_is_refused(client):
    intent = client.v1.payment_intents.create(PENDANT)

    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.payment_intents.confirm(intent.id)

    assert caught.value.code == "payment_intent_unexpected_state"


def test_the_fee_is_read_through_the_charge(client, standin):
    standin.settings.fees = Fees(basis_points=365, fixed_satang=1000, vat_percent=7)

    intent = pay(client, expand=["latest_charge.balance_transaction"])

    transaction = intent.latest_charge.balance_transaction
    assert [part.amount for part in transaction.fee_details] == [5564, 389]
    assert (transaction.fee, transaction.net) == (5953, 119_097)


def test_the_fee_may_come_later_than_the_money(client, standin):
    standin.settings.hold_fees = True
    intent = pay(client, expand=["latest_charge"])
    assert intent.latest_charge.balance_transaction is None

    standin.book_fees()
    standin.book_fees()

    charge = client.v1.charges.retrieve(intent.latest_charge.id)
    transaction = client.v1.balance_transactions.retrieve(charge.balance_transaction)
    assert transaction.source == charge.id
    assert types(standin).count("charge.updated") == 1


@pytest.mark.parametrize("path", ["amount", "latest_charge.amount", "data.latest_charge"])
def test_what_cannot_be_expanded_is_refused_before_it_is_paid(client, standin, path):
    with pytest.raises(stripe.InvalidRequestError, match="cannot be expanded"):
        pay(client, expand=[path])

    assert standin.intents() == []


def test_lists_can_be_expanded(client):
    pay(client)

    listed = client.v1.payment_intents.list({"expand": ["data.latest_charge.balance_transaction"]})

    assert listed.data[0].latest_charge.balance_transaction.amount == 125_050


def test_lists_are_paged_newest_first(client):
    made = [client.v1.payment_intents.create(PENDANT).id for _ in range(5)]

    first = client.v1.payment_intents.list({"limit": 2})
    everything = [intent.id for intent in first.auto_paging_iter()]

    assert ([intent.id for intent in first.data], first.has_more) == (made[:2:-1], True)
    assert everything == made[::-1]


def test_events_can_be_read_back_and_filtered(client):
    intent = pay(client)

    events = client.v1.events.list({"types": ["payment_intent.succeeded", "charge.*"]}).data

    assert [event.type for event in events] == [
        "charge.updated",
        "payment_intent.succeeded",
        "charge.succeeded",
    ]
    again = client.v1.events.retrieve(events[1].id)
    assert again.data.object.id == intent.id
    assert again.api_version == "2026-10-28.endive"
