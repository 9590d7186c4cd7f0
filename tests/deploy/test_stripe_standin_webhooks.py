"""Events reach the shop signed, are tried again, and can be held, lost, doubled and mixed up."""

import pytest
import stripe

from deploy.demo.stripe_standin import running_standin
from tests.deploy.stripe_rig import PENDANT, SECRET, client_of, listening_shop, pay

pytestmark = pytest.mark.no_database

PAID = ["payment_intent.created", "charge.succeeded", "payment_intent.succeeded", "charge.updated"]


@pytest.fixture
def shop():
    with listening_shop() as shop:
        yield shop


@pytest.fixture
def standin(shop):
    options = {"webhook_url": shop.url, "webhook_secret": SECRET}
    with running_standin(**options, retry_delays_seconds=(0.05, 0.05)) as standin:
        yield standin
        assert standin.violations == []


@pytest.fixture
def client(standin):
    return client_of(standin)


def test_events_arrive_signed_in_the_order_of_the_acts(client, standin, shop):
    intent = pay(client)

    assert standin.webhooks.settle()

    assert shop.types() == PAID
    assert {event.api_version for event in shop.events()} == {"2026-10-28.endive"}
    assert shop.events()[2].data.object.id == intent.id
    assert client.v1.events.list({"delivery_success": False}).data == []


def test_a_snapshot_shows_the_object_as_it_was(client, standin, shop):
    pay(client)
    standin.webhooks.settle()

    created, charged, _, updated = shop.events()

    assert created.data.object.status == "requires_payment_method"
    assert charged.data.object.balance_transaction is None
    assert updated.data.previous_attributes.to_dict() == {"balance_transaction": None}


def test_an_event_names_the_request_that_caused_it(client, standin):
    client.v1.payment_intents.create(PENDANT, {"idempotency_key": "100042:1:create"})

    cause = standin.events()[0]["request"]

    assert cause == {"id": standin.calls[-1].request_id, "idempotency_key": "100042:1:create"}


def test_a_wrong_secret_does_not_verify(client, standin, shop):
    standin.settings.webhook_secrets = ["whsec_other"]
    client.v1.payment_intents.create(PENDANT)
    standin.webhooks.settle()

    with pytest.raises(stripe.SignatureVerificationError):
        shop.events()


def test_both_secrets_sign_while_one_replaces_the_other(client, standin, shop):
    standin.settings.webhook_secrets = ["whsec_new", SECRET]
    client.v1.payment_intents.create(PENDANT)
    standin.webhooks.settle()

    assert shop.types() == ["payment_intent.created"]
    assert shop.received[0][1].count("v1=") == 2


def test_a_failed_delivery_is_tried_again(client, standin, shop):
    shop.answers = [500, 302]

    client.v1.payment_intents.create(PENDANT)

    assert standin.webhooks.settle()
    assert [attempt.result for attempt in standin.webhooks.attempts] == ["500", "302", "200"]
    assert [attempt.number for attempt in standin.webhooks.attempts] == [1, 2, 3]
    assert len({event.id for event in shop.events()}) == 1


def test_it_gives_up_after_the_last_try(client, standin, shop):
    shop.answers = [500] * 5

    client.v1.payment_intents.create(PENDANT)

    assert standin.webhooks.settle()
    assert len(shop.received) == 3
    assert len(client.v1.events.list({"delivery_success": False}).data) == 1


def test_a_shop_that_is_down_is_tried_again(client, standin, shop):
    standin.set_webhook_url("http://127.0.0.1:9/")

    client.v1.payment_intents.create(PENDANT)

    assert standin.webhooks.settle()
    assert [attempt.result for attempt in standin.webhooks.attempts] == [
        "ConnectionRefusedError"
    ] * 3


def test_held_events_wait_for_their_release(client, standin, shop):
    standin.webhooks.hold()
    pay(client)
    assert standin.webhooks.settle()
    assert shop.received == []

    standin.webhooks.release("reversed")

    assert standin.webhooks.settle()
    assert shop.types() == PAID[::-1]


def test_released_events_come_in_any_order_asked_for(client, standin, shop):
    standin.webhooks.hold()
    pay(client)
    ids = [event["id"] for event in standin.events()]

    standin.webhooks.release([ids[2], ids[0]])

    assert standin.webhooks.settle()
    assert [event.id for event in shop.events()] == [ids[2], ids[0], ids[1], ids[3]]


def test_lost_events_never_come(client, standin, shop):
    standin.webhooks.drop(3)
    pay(client)

    assert standin.webhooks.settle()
    assert shop.types() == ["charge.updated"]


def test_every_event_can_come_several_times(client, standin, shop):
    standin.webhooks.duplicate(3)
    client.v1.payment_intents.create(PENDANT)

    assert standin.webhooks.settle()
    assert shop.types() == ["payment_intent.created"] * 3
    assert len({event.id for event in shop.events()}) == 1


def test_events_of_one_act_can_come_last_first(client, standin, shop):
    standin.webhooks.reorder()
    pay(client)

    assert standin.webhooks.settle()
    assert shop.types() == PAID[::-1]


def test_one_event_can_be_sent_again(client, standin, shop):
    client.v1.payment_intents.create(PENDANT)
    standin.webhooks.settle()
    standin.webhooks.hold()

    standin.webhooks.resend(standin.events()[0]["id"], 2)

    assert standin.webhooks.settle()
    assert shop.types() == ["payment_intent.created"] * 3


def test_only_the_events_asked_for_are_sent(client, standin, shop):
    standin.settings.enabled_events = ("payment_intent.succeeded", "charge.updated")
    pay(client)

    assert standin.webhooks.settle()
    assert shop.types() == ["payment_intent.succeeded", "charge.updated"]


def test_the_shop_may_ask_back_while_it_is_being_told(client, standin, shop):
    seen = []
    received = shop.received
    shop.received = _OnAppend(
        received, lambda: seen.append(len(client_of(standin).v1.events.list().data))
    )

    pay(client)

    assert standin.webhooks.settle()
    assert seen == [4, 4, 4, 4]


class _OnAppend(list):
    def __init__(self, items, hear):
        super().__init__(items)
        self._hear = hear

    def append(self, item):
        super().append(item)
        self._hear()
