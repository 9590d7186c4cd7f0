"""The page where the card is entered, and the address to which browsers come back."""

import json
import re

import pytest
from django.conf import settings as django_settings

from marketplace.core.worker import run_ready_jobs
from shop.payments import declines, gateway, services
from shop.payments.models import PaymentAttempt
from shop.payments.policy import policy_for
from shop.placing.services import mark_paid
from tests.factories import make_product, place_order
from tests.shop.payments import rig


def pay_page(client, placement, prefix=""):
    return client.get(f"{prefix}/checkout/pay/{placement.token}/")


def entry_of(response) -> dict:
    found = re.search(r'<script id="pay-entry"[^>]*>(.*?)</script>', response.text, re.DOTALL)
    return json.loads(found[1])


def test_the_page_holds_what_its_script_needs_and_may_load_stripe_only(standin, placement, client):
    response = pay_page(client, placement)

    entry = entry_of(response)
    assert response.status_code == 200
    assert entry["clientSecret"] == standin.intents()[0]["client_secret"]
    assert entry["key"] == django_settings.STRIPE_PUBLISHABLE_KEY
    assert entry["returnPath"] == f"/payments/return/{placement.token}/"
    assert "sk_test" not in response.text
    policy = response["Content-Security-Policy"]
    nonce = re.search(r"'nonce-([^']+)'", policy)[1]
    assert f"script-src 'self' 'nonce-{nonce}' {standin.base_url}" in policy
    assert f"frame-src {standin.base_url}" in policy
    assert f'<script src="{standin.js_url}" nonce="{nonce}" defer>' in response.text
    assert response["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_no_other_page_may_load_stripe(standin, placement, client):
    response = client.get(f"/orders/{placement.token}/")

    assert response.status_code == 200
    assert standin.base_url not in response["Content-Security-Policy"]


def test_the_policy_of_the_real_stripe_names_its_hosts_and_no_more():
    assert policy_for("https://js.stripe.com/endive/stripe.js") == {
        "script-src": [
            policy_for("http://127.0.0.1:1/x")["script-src"][0],
            "https://js.stripe.com",
            "https://*.js.stripe.com",
        ],
        "frame-src": [
            "https://js.stripe.com",
            "https://*.js.stripe.com",
            "https://hooks.stripe.com",
        ],
        "connect-src": ["https://api.stripe.com"],
    }


def test_opened_twice_it_is_one_payment(standin, placement, client):
    first, second = pay_page(client, placement), pay_page(client, placement)

    assert entry_of(first)["clientSecret"] == entry_of(second)["clientSecret"]
    assert len(standin.intents()) == 1


def test_a_paid_order_has_nothing_to_pay(standin, placement, client):
    rig.pay_at_stripe(standin, placement)

    response = pay_page(client, placement, "/en")  # nobody has told us yet: the page asks

    assert (response.status_code, response.url) == (302, f"/en/orders/{placement.token}/")
    run_ready_jobs()
    assert rig.outcome()["orders"] == ["paid"]


def test_an_order_past_its_time_says_so(standin, placement, client):
    rig.end_time(placement)

    response = pay_page(client, placement, "/en")

    assert response.status_code == 410
    assert "The time to pay for this order is over" in response.text
    assert "pay-entry" not in response.text


def test_a_silent_stripe_keeps_the_order_and_promises_nothing(standin, placement, client):
    standin.faults.add("401", "* /v1/*")

    response = pay_page(client, placement, "/en")

    assert response.status_code == 503
    assert "Payment is not possible at this moment. Your order is kept" in response.text
    assert "charged" not in response.text
    assert pay_page(client, placement).status_code == 200


@pytest.mark.parametrize("token", ["x", "x" * 65, "x" * 5000, "%00", "..%2f..", "ก"])
def test_a_wrong_link_finds_nothing(standin, placement, client, token):
    for path in (f"/checkout/pay/{token}/", f"/payments/return/{token}/", f"/orders/{token}/"):
        assert client.get(path).status_code == 404

    assert list(standin.calls) == []


def test_the_return_strips_secrets_and_speaks_the_orders_language(standin, client, db):
    placement = place_order(make_product(), language="en")
    intent = rig.pay_at_stripe(standin, placement)
    query = {
        "payment_intent": intent["id"],
        "payment_intent_client_secret": intent["client_secret"],
        "redirect_status": "succeeded",
    }

    response = client.get(f"/payments/return/{placement.token}/", query)

    assert (response.status_code, response.url) == (302, f"/en/orders/{placement.token}/")
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]


def test_somebody_elses_payment_in_the_query_is_ignored(standin, placement, client):
    other = place_order(make_product())
    paid = rig.pay_at_stripe(standin, other)
    services.start_payment(placement)

    response = client.get(
        f"/payments/return/{placement.token}/",
        {
            "payment_intent": paid["id"],
            "payment_intent_client_secret": paid["client_secret"],
            "redirect_status": "succeeded",
        },
    )

    assert response.url == f"/orders/{placement.token}/"
    assert rig.outcome()["orders"] == ["pending-payment", "pending-payment"]


def test_a_refused_card_brings_the_shopper_back_to_pay_with_another(standin, placement, client):
    rig.pay_at_stripe(standin, placement, rig.POOR)

    response = client.get(f"/payments/return/{placement.token}/")

    assert response.url == f"/checkout/pay/{placement.token}/"
    page = pay_page(client, placement, "/en")
    assert "There is not enough money for this on the card." in page.text


def test_a_return_while_stripe_is_silent_still_leads_to_the_order(standin, placement, client):
    rig.pay_at_stripe(standin, placement)
    standin.faults.add("401", "* /v1/*")

    response = client.get(f"/payments/return/{placement.token}/")

    assert response.url == f"/orders/{placement.token}/"
    assert rig.outcome()["orders"] == ["pending-payment"]


@pytest.mark.parametrize("code", ["lost_card", "stolen_card", "fraudulent", "do_not_honor", "new"])
def test_the_reason_of_a_suspicious_card_is_not_told(code):
    assert declines.text_for(code) == declines.GENERAL


@pytest.mark.parametrize(
    "code", ["insufficient_funds", "expired_card", "incorrect_cvc", "card_velocity_exceeded"]
)
def test_what_the_shopper_can_mend_is_told(code):
    assert declines.text_for(code) != declines.GENERAL
    assert declines.all_texts()[code] == str(declines.text_for(code))


def test_the_order_page_asks_until_there_is_news(standin, placement, client):
    url = f"/checkout/state/{placement.token}/"
    assert client.get(url).status_code == 204

    standin.settings.hold_processing = True
    rig.pay_at_stripe(standin, placement)
    client.get(f"/payments/return/{placement.token}/")
    waiting = client.get("/en" + url)
    assert "Your bank is working on the payment" in waiting.text
    assert 'hx-trigger="every 3s"' in waiting.text
    assert "Your bank is working" in client.get(f"/en/orders/{placement.token}/").text

    mark_paid(placement.order)
    assert client.get(url)["HX-Refresh"] == "true"


def test_money_that_waits_for_a_person_is_being_checked(standin, placement, client):
    rig.pay_at_stripe(standin, placement)
    attempt = PaymentAttempt.objects.get()
    facts = gateway.for_jobs().retrieve_intent(attempt.intent_id)
    wrong = facts.__class__(**(vars(facts) | {"currency": "usd"}))
    services.record_payment(attempt=attempt, facts=wrong)

    assert pay_page(client, placement).status_code == 302
    assert "We are checking your payment" in client.get(f"/en/orders/{placement.token}/").text
