"""What the stand-in says is checked against stripe-python's annotations; a slip is a 500."""

import pytest
import stripe

from deploy.demo.stripe_standin import running_standin
from deploy.demo.stripe_standin.answers import findings
from tests.deploy.stripe_rig import PENDANT, client_of, pay

pytestmark = pytest.mark.no_database


@pytest.fixture
def paid():
    with running_standin() as standin:
        client = client_of(standin)
        intent = pay(client, expand=["latest_charge.balance_transaction", "payment_method"])
        yield intent.to_dict()


def test_a_paid_intent_could_come_from_stripe(paid):
    assert findings(paid) == []


@pytest.mark.parametrize(
    ("field", "value", "finding"),
    [
        ("status", "suceeded", "payment_intent.status: 'suceeded' is not allowed"),
        ("amount", "125050", "payment_intent.amount: '125050' is not allowed"),
        ("amount", 1250.5, "payment_intent.amount: 1250.5 is not allowed"),
        ("livemode", 0, "payment_intent.livemode: 0 is not allowed"),
        ("currency", None, "payment_intent.currency: None is not allowed"),
        ("colour", "red", "payment_intent.colour: unknown field"),
        ("metadata", {"n": 5}, "payment_intent.metadata.n: 5 is not allowed"),
        (
            "payment_method_types",
            "card",
            "payment_intent.payment_method_types: 'card' is not allowed",
        ),
        ("shipping", {"nom": "x"}, "payment_intent.shipping.nom: unknown field"),
    ],
)
def test_a_wrong_field_is_found(paid, field, value, finding):
    assert findings(paid | {field: value}) == [finding]


def test_a_missing_field_is_found(paid):
    del paid["amount_received"]

    assert findings(paid) == ["payment_intent.amount_received: missing"]


def test_a_wrong_field_deep_inside_is_found(paid):
    paid["latest_charge"]["balance_transaction"]["type"] = "sale"

    path = "payment_intent.latest_charge.balance_transaction.type"
    assert findings(paid) == [f"{path}: 'sale' is not allowed"]


def test_a_slip_of_the_stand_in_is_answered_with_500_and_recorded():
    with running_standin() as standin:
        client = client_of(standin)
        intent = client.v1.payment_intents.create(PENDANT)
        standin.store.objects[intent.id]["status"] = "paid"

        with pytest.raises(stripe.APIError) as caught:
            client.v1.payment_intents.retrieve(intent.id)

        assert caught.value.http_status == 500
        assert standin.violations == [
            f"GET /v1/payment_intents/{intent.id}: payment_intent.status: 'paid' is not allowed"
        ]
