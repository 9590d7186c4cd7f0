"""The same request twice is done once."""

import threading

import pytest
import stripe

from tests.deploy.stripe_rig import PENDANT, client_of

pytestmark = pytest.mark.no_database

KEY = {"idempotency_key": "100042:1:create"}


@pytest.fixture
def client(standin):
    return client_of(standin)


def test_a_repeated_request_gets_the_first_answer(client, standin):
    first = client.v1.payment_intents.create(PENDANT, KEY)
    again = client.v1.payment_intents.create(PENDANT, KEY)

    assert again.id == first.id
    assert "Idempotent-Replayed" not in first.last_response.headers
    assert again.last_response.headers["Idempotent-Replayed"] == "true"
    assert len(standin.intents()) == 1


def test_a_decline_is_remembered_like_any_other_answer(client, standin):
    intent = client.v1.payment_intents.create(PENDANT)
    token = {"payment_method": "pm_card_visa_chargeDeclined"}

    for _ in range(2):
        with pytest.raises(stripe.CardError):
            client.v1.payment_intents.confirm(intent.id, token, KEY)

    failures = [event for event in standin.events() if event["type"] == "charge.failed"]
    assert len(failures) == 1


def test_another_body_under_the_same_key_is_refused(client, standin):
    client.v1.payment_intents.create(PENDANT, KEY)

    with pytest.raises(stripe.IdempotencyError) as caught:
        client.v1.payment_intents.create(PENDANT | {"amount": 5000}, KEY)

    assert caught.value.http_status == 400
    assert len(standin.intents()) == 1


def test_another_address_under_the_same_key_is_refused(client, standin):
    intent = client.v1.payment_intents.create(PENDANT, KEY)

    with pytest.raises(stripe.IdempotencyError, match="same endpoint"):
        client.v1.payment_intents.cancel(intent.id, {}, KEY)

    assert standin.intents()[0]["status"] == "requires_payment_method"


def test_a_refused_request_leaves_its_key_free(client):
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.payment_intents.create(PENDANT | {"ammount": 5}, KEY)

    assert client.v1.payment_intents.create(PENDANT, KEY).status == "requires_payment_method"


def test_two_at_once_under_one_key_make_one_intent(client, standin):
    standin.faults.add("slow", "POST /v1/payment_intents", seconds=0.5)
    results = []

    def create():
        try:
            results.append(client_of(standin).v1.payment_intents.create(PENDANT, KEY).object)
        except stripe.APIError as error:
            results.append(error.http_status)

    threads = [threading.Thread(target=create) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results, key=str) == [409, "payment_intent"]
    assert len(standin.intents()) == 1


def test_a_forgotten_key_acts_again(client, standin):
    client.v1.payment_intents.create(PENDANT, KEY)

    standin.idempotency.forget()
    client.v1.payment_intents.create(PENDANT, KEY)

    assert len(standin.intents()) == 2
