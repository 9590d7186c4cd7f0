"""One running stand-in: its parts put together, started, stopped, and what tests control."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from deploy.demo.stripe_standin import disputes, payment_methods, payouts
from deploy.demo.stripe_standin.act import Act
from deploy.demo.stripe_standin.answers import findings
from deploy.demo.stripe_standin.api import Call
from deploy.demo.stripe_standin.balance import transactions
from deploy.demo.stripe_standin.charges import book_fee
from deploy.demo.stripe_standin.confirming import confirm_intent, settle_card
from deploy.demo.stripe_standin.errors import ApiError, missing
from deploy.demo.stripe_standin.faults import Faults
from deploy.demo.stripe_standin.idempotency import Idempotency
from deploy.demo.stripe_standin.server import make_server
from deploy.demo.stripe_standin.settings import WEBHOOK_SECRET, Settings, shop_origins_of
from deploy.demo.stripe_standin.store import Store
from deploy.demo.stripe_standin.webhooks import RETRY_DELAYS_SECONDS, Webhooks

CALLS_KEPT = 2000
Thing = dict[str, Any]


class Standin:
    """A stand-in on a port of this machine. `violations` must be empty at the end of every test."""

    def __init__(
        self,
        *,
        webhook_url: str | None = None,
        webhook_secret: str = WEBHOOK_SECRET,
        shop_origins: tuple[str, ...] = (),
        state_path: Path | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        retry_delays_seconds: tuple[float, ...] = RETRY_DELAYS_SECONDS,
        webhook_workers: int = 1,
    ) -> None:
        self.store = Store(state_path)
        self.settings = Settings(webhook_secrets=[webhook_secret], shop_origins=set(shop_origins))
        self.set_webhook_url(webhook_url)
        self.closing = threading.Event()
        self.idempotency = Idempotency(self.store)
        self.faults = Faults(self.closing)
        self.webhooks = Webhooks(self.store, self.settings, retry_delays_seconds)
        self.calls: deque[Call] = deque(maxlen=CALLS_KEPT)
        self.violations: list[str] = []
        self._workers = webhook_workers
        self._server = make_server(self, host, port)
        port = self._server.server_port
        self.base_url = f"http://{host}:{port}"
        self.own_origins = {f"http://{name}:{port}" for name in (host, "127.0.0.1", "localhost")}
        self.js_url = f"{self.base_url}/endive/stripe.js"

    def set_webhook_url(self, url: str | None) -> None:
        """Send events to this address from now on; the shop there may also show the card frame."""
        self.settings.webhook_url = url
        self.settings.shop_origins |= shop_origins_of(url)

    def start(self) -> None:
        self.webhooks.start(self._workers)
        self.webhooks.put_undelivered()
        poll = {"poll_interval": 0.05}
        threading.Thread(target=self._server.serve_forever, kwargs=poll, daemon=True).start()

    def stop(self) -> None:
        """Stop serving; a request that is waiting on a fault is let go."""
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self.webhooks.stop()
        self.store.save()

    def new_act(self, call: Call | None = None) -> Act:
        if call is None:
            return Act(self.store, self.settings)
        return Act(
            self.store, self.settings, call.request_id, call.idempotency_key, call.from_browser
        )

    def pay(self, client_secret: str, number: str = "4242424242424242") -> dict[str, Any]:
        """Do what a shopper does in the card frame. Returns the intent, declined or paid; raises
        ApiError otherwise.
        """
        act = self.new_act()
        act.from_browser = True
        with self._acting(act):
            intent = self._by_client_secret(client_secret)
            card = {"number": number, "exp_month": 12, "exp_year": 2034, "cvc": "123"}
            method = payment_methods.create(act, {"type": "card", "card": card})
            _despite_decline(lambda: confirm_intent(act, intent, {"payment_method": method["id"]}))
        return self.store.copy_of(intent["id"])

    def _by_client_secret(self, client_secret: str) -> dict[str, Any]:
        for intent in self.store.newest_first("payment_intent"):
            if intent["client_secret"] == client_secret:
                return intent
        raise missing("payment_intent", client_secret.partition("_secret")[0], "intent")

    def finish_processing(self, intent_id: str) -> dict[str, Any]:
        """Let the bank answer an intent that was held in `processing`."""
        act = self.new_act()
        with self._acting(act):
            intent = self.store.find("payment_intent", intent_id)
            if intent["status"] != "processing":
                raise ValueError(f"{intent_id} is {intent['status']}, not processing")
            method = self.store.find("payment_method", intent["payment_method"])
            _despite_decline(lambda: settle_card(act, intent, method))
        return self.store.copy_of(intent_id)

    def book_fees(self) -> None:
        """Give every paid charge its balance transaction, which `hold_fees` had kept back."""
        act = self.new_act()
        with self._acting(act):
            for charge in self.store.newest_first("charge"):
                if charge["paid"]:
                    book_fee(act, charge)

    def open_dispute(self, intent_id: str, reason: str = "fraudulent", **amount: int) -> Thing:
        """Let the shopper's bank take a payment back; the reason "inquiry" only asks about it."""
        act = self.new_act()
        with self._acting(act):
            intent = self.store.find("payment_intent", intent_id)
            charge = self.store.find("charge", str(intent["latest_charge"]))
            dispute = disputes.open_dispute(act, charge, reason, **amount)
        return self.store.copy_of(dispute["id"])

    def end_dispute(self, dispute_id: str, *, is_won: bool) -> Thing:
        return self._change("dispute", dispute_id, disputes.end_dispute, is_won=is_won)

    def escalate_dispute(self, dispute_id: str) -> Thing:
        return self._change("dispute", dispute_id, disputes.escalate)

    def answer_dispute(self, dispute_id: str) -> Thing:
        return self._change("dispute", dispute_id, disputes.answer)

    def make_payout(self, amount_satang: int | None = None) -> Thing:
        """Send all that is available to the bank; with an amount, so much of it."""
        act = self.new_act()
        with self._acting(act):
            payout = payouts.make_payout(act, amount_satang)
        return self.store.copy_of(payout["id"])

    def finish_payout(self, payout_id: str) -> Thing:
        return self._change("payout", payout_id, payouts.finish_payout)

    def fail_payout(self, payout_id: str) -> Thing:
        return self._change("payout", payout_id, payouts.fail_payout)

    def _change(self, kind: str, object_id: str, change: Any, **facts: Any) -> Thing:
        act = self.new_act()
        with self._acting(act):
            change(act, self.store.find(kind, object_id), **facts)
        return self.store.copy_of(object_id)

    def balance_satang(self) -> int:
        """What the account holds at the provider: the sum of its balance transactions."""
        with self.store.lock:
            return sum(one["net"] for one in transactions(self.store))

    @contextmanager
    def _acting(self, act: Act) -> Iterator[None]:
        with self.store.lock:
            yield
            for event in act.events:
                self.violations += [f"{event['type']}: {problem}" for problem in findings(event)]
        self.webhooks.put([event["id"] for event in act.events])
        self.store.save()

    def intents(self) -> list[dict[str, Any]]:
        """Copies of all PaymentIntents, newest first."""
        return [
            self.store.copy_of(intent["id"]) for intent in self.store.newest_first("payment_intent")
        ]

    def events(self) -> list[dict[str, Any]]:
        """Copies of all events in the order in which they happened."""
        return [
            self.store.copy_of(event["id"]) for event in reversed(self.store.newest_first("event"))
        ]


def _despite_decline(attempt: Any) -> None:
    try:
        attempt()
    except ApiError as error:
        if error.status != 402:
            raise


@contextmanager
def running_standin(**options: Any) -> Iterator[Standin]:
    """A stand-in for the length of a `with`; the options are those of `Standin`."""
    standin = Standin(**options)
    standin.start()
    try:
        yield standin
    finally:
        standin.stop()
