"""Faults strike where and as often as they were asked to; afterwards all is as before."""

import time

import pytest
import stripe

from deploy.demo.stripe_standin import running_standin
from tests.deploy.stripe_rig import PENDANT, client_of

pytestmark = pytest.mark.no_database

CREATE = "POST /v1/payment_intents"


@pytest.mark.parametrize(
    ("kind", "error", "status"),
    [
        ("500", stripe.APIError, 500),
        ("502", stripe.APIError, 502),
        ("429", stripe.RateLimitError, 429),
        ("401", stripe.AuthenticationError, 401),
        ("drop", stripe.APIConnectionError, None),
    ],
)
def test_a_fault_strikes_its_number_of_times(standin, kind, error, status):
    client = client_of(standin)
    standin.faults.add(kind, CREATE, times=2)

    for _ in range(2):
        with pytest.raises(error) as caught:
            client.v1.payment_intents.create(PENDANT)
        assert caught.value.http_status == status

    assert standin.intents() == []
    assert client.v1.payment_intents.create(PENDANT).status == "requires_payment_method"


def test_a_fault_strikes_its_own_address_only(standin):
    client = client_of(standin)
    standin.faults.add("500", "POST /v1/refunds")

    assert client.v1.payment_intents.create(PENDANT).status == "requires_payment_method"
    assert len(standin.faults.waiting()) == 1


@pytest.mark.parametrize(("when", "made"), [("before", 0), ("after", 1)])
def test_a_time_out_strikes_before_or_after_the_effect(standin, when, made):
    client = client_of(standin, timeout_seconds=0.3)
    standin.faults.add("timeout", CREATE, when=when, seconds=1)

    with pytest.raises(stripe.APIConnectionError):
        client.v1.payment_intents.create(PENDANT)

    assert len(standin.intents()) == made


@pytest.mark.parametrize("kind", ["drop", "500", "timeout"])
def test_a_lost_answer_is_repeated_under_its_key(standin, kind):
    client = client_of(standin, timeout_seconds=0.5, retries=2)
    standin.faults.add(kind, CREATE, when="after", seconds=1)

    intent = client.v1.payment_intents.create(PENDANT)

    assert [made["id"] for made in standin.intents()] == [intent.id]
    assert [call.replayed for call in standin.calls] == [False, True]
    assert len({call.idempotency_key for call in standin.calls}) == 1


def test_a_slow_answer_comes_in_the_end(standin):
    standin.faults.add("slow", CREATE, seconds=0.4)
    began_at = time.monotonic()

    client_of(standin).v1.payment_intents.create(PENDANT)

    assert time.monotonic() - began_at >= 0.4


def test_stopping_does_not_wait_for_a_time_out():
    with running_standin() as standin:
        standin.faults.add("timeout", CREATE, seconds=60)
        with pytest.raises(stripe.APIConnectionError):
            client_of(standin, timeout_seconds=0.2).v1.payment_intents.create(PENDANT)
        began_at = time.monotonic()

    assert time.monotonic() - began_at < 2


def test_an_unknown_fault_is_refused(standin):
    with pytest.raises(ValueError, match="no such fault"):
        standin.faults.add("earthquake")
