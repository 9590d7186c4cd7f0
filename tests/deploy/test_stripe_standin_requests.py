"""The stand-in refuses what Stripe would refuse: the SDK itself checks nothing before it sends."""

import time

import pytest
import requests
import stripe

from deploy.demo.stripe_standin import Standin, running_standin
from tests.deploy.stripe_rig import PENDANT, client_of

pytestmark = pytest.mark.no_database


def refusal_of(standin, operation, *arguments):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        operation(*arguments)
    assert standin.intents() == []
    return caught.value


@pytest.mark.parametrize(
    ("change", "code", "param"),
    [
        (
            {"payment_method_types": ["card"]},
            "payment_method_types_no_longer_supported",
            "payment_method_types",
        ),
        ({"amount": "abc"}, "parameter_invalid_integer", "amount"),
        ({"amount": 1250.5}, "parameter_invalid_integer", "amount"),
        ({"amount": 1250.0}, "parameter_invalid_integer", "amount"),
        ({"amount": 0}, "parameter_invalid_integer", "amount"),
        ({"amount": 999}, "amount_too_small", "amount"),
        ({"amount": 100_000_000}, "amount_too_large", "amount"),
        ({"ammount": 5}, "parameter_unknown", "ammount"),
        ({"api_key": "sk_test_y"}, "parameter_unknown", "api_key"),
        ({"capture_method": "later"}, None, "capture_method"),
        ({"allowed_payment_method_types": ["credit"]}, None, "allowed_payment_method_types[0]"),
        ({"currency": "zzz"}, None, "currency"),
        ({"shipping": {"name": "Somchai"}}, "parameter_missing", "shipping[address]"),
        ({"shipping": {"address": {"line1": "1"}}}, "parameter_missing", "shipping[name]"),
        ({"metadata": "order 5"}, None, "metadata"),
        ({"metadata": {"note": "n" * 501}}, None, "metadata[note]"),
        ({"description": ""}, "parameter_invalid_empty", "description"),
        ({"receipt_email": "somchai"}, "email_invalid", "receipt_email"),
        ({"statement_descriptor_suffix": "123"}, None, "statement_descriptor_suffix"),
        ({"return_url": "https://shop.example/"}, None, "return_url"),
        ({"payment_method": "pm_unknown"}, "resource_missing", "payment_method"),
    ],
)
def test_a_wrong_parameter_is_refused_by_name(standin, change, code, param):
    client = client_of(standin)

    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.payment_intents.create(PENDANT | change)

    assert (caught.value.http_status, caught.value.code) == (400, code)
    assert caught.value.param == param


def test_a_refused_parameter_makes_no_intent(standin):
    create = client_of(standin).v1.payment_intents.create

    refusal = refusal_of(standin, create, PENDANT | {"payment_method_types": ["card"]})

    assert refusal.code == "payment_method_types_no_longer_supported"


def test_a_missing_currency_is_named(standin):
    create = client_of(standin).v1.payment_intents.create

    refusal = refusal_of(standin, create, {"amount": 5000})

    assert (refusal.code, refusal.param) == ("parameter_missing", "currency")


def test_methods_are_chosen_in_one_way_only(standin):
    create = client_of(standin).v1.payment_intents.create
    both = PENDANT | {"automatic_payment_methods": {"enabled": True}}

    refusal = refusal_of(standin, create, both)

    assert "only specify one of these" in str(refusal)


@pytest.mark.parametrize("change", [{"capture_method": "manual"}, {"customer": "cus_1"}])
def test_what_is_not_built_says_so_loudly(standin, change):
    with pytest.raises(stripe.APIError) as caught:
        client_of(standin).v1.payment_intents.create(PENDANT | change)

    assert caught.value.http_status == 501
    assert standin.intents() == []


def test_an_unknown_address_is_a_404(standin):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client_of(standin).v1.customers.create({"email": "a@example.com"})

    assert caught.value.http_status == 404


def test_an_unknown_intent_is_a_404(standin):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client_of(standin).v1.payment_intents.retrieve("pi_nowhere")

    assert (caught.value.http_status, caught.value.code) == (404, "resource_missing")


@pytest.mark.parametrize("key", ["sk_live_abc", "rk_live_abc", "pk_live_abc", "sk_abc", "x"])
def test_a_live_or_malformed_key_is_refused(standin, key):
    with pytest.raises(stripe.AuthenticationError) as caught:
        client_of(standin, key=key).v1.payment_intents.create(PENDANT)

    assert caught.value.http_status == 401
    assert standin.intents() == []


def test_a_publishable_key_cannot_make_an_intent(standin):
    with pytest.raises(stripe.AuthenticationError) as caught:
        client_of(standin, key="pk_test_x").v1.payment_intents.create(PENDANT)

    assert caught.value.error.code == "secret_key_required"
    assert standin.intents() == []


@pytest.mark.parametrize("headers", [{}, {"Stripe-Version": "2026-09-30.endive"}])
def test_another_api_version_is_refused(standin, headers):
    url = f"{standin.base_url}/v1/payment_intents"

    answer = requests.get(url, auth=("sk_test_x", ""), headers=headers, timeout=5)

    assert answer.status_code == 400
    assert "2026-10-28.endive" in answer.json()["error"]["message"]


def test_every_answer_carries_a_request_id(standin):
    intent = client_of(standin).v1.payment_intents.create(PENDANT)

    assert intent.last_response.request_id == standin.calls[-1].request_id
    assert standin.calls[-1].request_id.startswith("req_")


def test_card_numbers_are_not_taken_from_a_server(standin):
    card = {"number": "4242424242424242", "exp_month": 1, "exp_year": 2034, "cvc": "123"}

    with pytest.raises(stripe.CardError) as caught:
        client_of(standin).v1.payment_methods.create({"type": "card", "card": card})

    assert caught.value.http_status == 402
    assert "4242424242424242" not in repr(standin.calls)


def test_card_numbers_are_not_taken_from_the_shops_own_page(standin):
    url = f"{standin.base_url}/v1/payment_methods"
    headers = {"Stripe-Version": stripe.api_version, "Origin": "http://127.0.0.1:8000"}

    answer = requests.post(url, auth=("pk_test_x", ""), headers=headers, data={}, timeout=5)

    assert answer.status_code == 403


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::"])
def test_it_listens_on_this_machine_only(host):
    with pytest.raises(ValueError, match="this machine only"):
        Standin(host=host)


def test_it_does_not_answer_under_a_foreign_name(standin):
    answer = requests.get(standin.base_url, headers={"Host": "shop.example:80"}, timeout=5)

    assert answer.status_code == 421


def test_it_starts_within_a_second_and_a_half():
    began_at = time.monotonic()

    with running_standin():
        started_seconds = time.monotonic() - began_at

    assert started_seconds < 1.5
