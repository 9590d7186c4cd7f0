"""The only file that imports stripe: values in, frozen facts or named errors out.

Money is integer satang, instants are aware UTC. Nothing here touches the database, and nothing
here is called inside a transaction. Keys of idempotency come from the caller, who wrote down what
it was about to do before it asked.
"""

import json
import logging
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from typing import TypeVar

import stripe
from django.conf import settings

from shop.payments.errors import (
    BadWebhook,
    PaymentNotOffered,
    PaymentRefused,
    PaymentTooSmall,
    PaymentUnavailable,
    RefundRefused,
)
from shop.payments.facts import (
    DisputeFacts,
    EntryFacts,
    EventFacts,
    IntentFacts,
    PayoutFacts,
    RefundFacts,
    dispute_facts,
    entry_facts,
    event_facts,
    intent_facts,
    payout_facts,
    refund_facts,
)

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")
Fact = TypeVar("Fact")

stripe.enable_telemetry = False
CURRENCY = "thb"
PROMISED_TYPES = ("card",)
PAYOUT_ENTRIES = ("balance_transaction", "failure_balance_transaction")
MOST_ON_A_PAGE = 100
PAUSES_SECONDS = (0.3, 0.8, 2.0)
WEBHOOK_TOLERANCE_SECONDS = 300
LARGEST_EVENT_BYTES = 512 * 1024


@dataclass(frozen=True)
class Patience:
    """How long one request may take, and until when after the first another may follow it."""

    timeout_seconds: float
    retry_within_seconds: float


WEB = Patience(timeout_seconds=10, retry_within_seconds=1.5)  # at most 12 s of a shopper's time
JOBS = Patience(timeout_seconds=30, retry_within_seconds=30)


class Gateway:
    """Stripe under one key at one address. Safe to share among threads."""

    def __init__(self, *, key: str, api_url: str, api_version: str, patience: Patience) -> None:
        self.is_live = key.startswith(("sk_live_", "rk_live_"))
        self._patience = patience
        self._client = stripe.StripeClient(
            key,
            stripe_version=api_version,
            base_addresses={"api": api_url},
            # Our own loop retries: the library's would try a time-out thrice and a 429 never.
            max_network_retries=0,
            http_client=stripe.RequestsClient(timeout=patience.timeout_seconds),
        )

    def create_intent(
        self, *, amount_satang: int, order_number: str, attempt_number: int, key: str
    ) -> IntentFacts:
        """Make the PaymentIntent of an attempt; with the same key, find the one made before.

        Raises PaymentRefused (PaymentTooSmall among it) when no intent was made, PaymentNotOffered
        when a promised way to pay is missing, PaymentUnavailable when nobody knows.
        """
        params = {
            "amount": amount_satang,
            "currency": CURRENCY,
            "allowed_payment_method_types": list(PROMISED_TYPES),
            "metadata": {"order_number": order_number, "payment_attempt": str(attempt_number)},
            "transfer_group": order_number,
            "expand": ["latest_charge"],
        }
        options = {"idempotency_key": key}
        intent = self._ask(lambda: self._client.v1.payment_intents.create(params, options))
        missing = set(PROMISED_TYPES) - set(intent.payment_method_types)
        if missing:
            logger.error("Stripe does not offer %s for %s", ", ".join(missing), intent.id)
            raise PaymentNotOffered
        return intent_facts(intent.to_dict())

    def retrieve_intent(self, intent_id: str) -> IntentFacts:
        params = {"expand": ["latest_charge"]}
        intents = self._client.v1.payment_intents
        return intent_facts(self._ask(lambda: intents.retrieve(intent_id, params)).to_dict())

    def cancel_intent(self, intent_id: str) -> IntentFacts:
        """Cancel what can be cancelled and say what became of it: perhaps it has succeeded.

        Without a key of idempotency: Stripe would repeat a refusal long after its reason is gone.
        """
        params = {"cancellation_reason": "abandoned", "expand": ["latest_charge"]}
        intents = self._client.v1.payment_intents
        try:
            return intent_facts(self._ask(lambda: intents.cancel(intent_id, params)).to_dict())
        except PaymentRefused:
            return self.retrieve_intent(intent_id)

    def create_refund(
        self, *, intent_id: str, amount_satang: int, refund_key: str, order_number: str
    ) -> RefundFacts:
        """Pay back part of an intent; with the same key, find the refund made before.

        Raises RefundRefused when Stripe will not, PaymentUnavailable when nobody knows.
        """
        params = {
            "payment_intent": intent_id,
            "amount": amount_satang,
            "metadata": {"refund": refund_key, "order_number": order_number},
        }
        options = {"idempotency_key": f"refund:{refund_key}"}
        try:
            refund = self._ask(lambda: self._client.v1.refunds.create(params, options))
        except PaymentRefused as refusal:
            raise RefundRefused from refusal
        return refund_facts(refund.to_dict())

    def find_refund(self, *, intent_id: str, refund_key: str) -> RefundFacts | None:
        """Return the refund that carries our key, however long ago it was made."""
        params = {"payment_intent": intent_id, "limit": 100}
        for refund in self._ask(lambda: self._client.v1.refunds.list(params)).data:
            facts = refund_facts(refund.to_dict())
            if facts.refund_key == refund_key:
                return facts
        return None

    def retrieve_refund(self, refund_id: str) -> RefundFacts:
        refunds = self._client.v1.refunds
        return refund_facts(self._ask(lambda: refunds.retrieve(refund_id)).to_dict())

    def retrieve_balance_transaction(self, *, charge_id: str) -> EntryFacts | None:
        """What Stripe's book says of a charge and what it cost; None while it says nothing yet."""
        params = {"expand": ["balance_transaction"]}
        charge = self._ask(lambda: self._client.v1.charges.retrieve(charge_id, params)).to_dict()
        entry = charge["balance_transaction"]
        return entry_facts(entry) if entry else None

    def list_balance_transactions(
        self, *, since: datetime, until: datetime
    ) -> Iterator[EntryFacts]:
        """Every entry of Stripe's book from one instant to before another, newest first."""
        made = {"gte": math.ceil(since.timestamp()), "lt": math.ceil(until.timestamp())}
        yield from self._every(
            self._client.v1.balance_transactions.list, {"created": made}, entry_facts
        )

    def retrieve_dispute(self, dispute_id: str) -> DisputeFacts:
        disputes = self._client.v1.disputes
        return dispute_facts(self._ask(lambda: disputes.retrieve(dispute_id)).to_dict())

    def list_disputes(self, *, since: datetime) -> Iterator[DisputeFacts]:
        """Disputes opened since then."""
        params = {"created": {"gte": math.floor(since.timestamp())}}
        yield from self._every(self._client.v1.disputes.list, params, dispute_facts)

    def retrieve_payout(self, payout_id: str) -> PayoutFacts:
        params, payouts = {"expand": list(PAYOUT_ENTRIES)}, self._client.v1.payouts
        return payout_facts(self._ask(lambda: payouts.retrieve(payout_id, params)).to_dict())

    def list_payouts(self, *, since: datetime) -> Iterator[PayoutFacts]:
        """Transfers to our bank made since then."""
        params = {
            "created": {"gte": math.floor(since.timestamp())},
            "expand": [f"data.{name}" for name in PAYOUT_ENTRIES],
        }
        yield from self._every(self._client.v1.payouts.list, params, payout_facts)

    def _every(self, ask: Callable, params: dict, read: Callable[[dict], Fact]) -> Iterator[Fact]:
        """All of a list, page by page, each asked for when it is needed."""
        params = params | {"limit": MOST_ON_A_PAGE}
        while True:
            page = self._ask(partial(ask, params))
            yield from (read(one.to_dict()) for one in page.data)
            if not page.has_more:
                return
            params = params | {"starting_after": page.data[-1].id}

    def _ask(self, request: Callable[[], Answer]) -> Answer:
        """Ask until there is an answer or patience ends; translate what Stripe refuses."""
        give_up_at = time.monotonic() + self._patience.retry_within_seconds
        for pause in (*PAUSES_SECONDS, math.inf):
            try:
                return request()
            except stripe.StripeError as error:
                if time.monotonic() + pause > give_up_at or not _is_passing(error):
                    raise _translated(error) from None
            time.sleep(pause)
        raise PaymentUnavailable


def _is_passing(error: stripe.StripeError) -> bool:
    """Whether the same request may get another answer a moment later."""
    if isinstance(error, stripe.APIConnectionError | stripe.RateLimitError):
        return True
    status = error.http_status or 0
    return status == 409 or status >= 500


def _translated(error: stripe.StripeError) -> Exception:
    """Log codes only: messages and bodies may hold what people typed."""
    logger.warning(
        "Stripe refused: %s status=%s code=%s param=%s request=%s",
        type(error).__name__,
        error.http_status,
        error.code,
        getattr(error, "param", None),
        error.request_id,
    )
    if isinstance(error, stripe.AuthenticationError | stripe.PermissionError):
        logger.critical("Stripe does not accept our key")
        return PaymentUnavailable()
    if isinstance(error, stripe.IdempotencyError):
        logger.critical("one key of idempotency, two different requests")
        return PaymentUnavailable()
    if isinstance(error, stripe.InvalidRequestError):
        return PaymentTooSmall() if error.code == "amount_too_small" else PaymentRefused()
    return PaymentUnavailable()


def read_event(*, body: bytes, header: str, secrets: Sequence[str]) -> EventFacts:
    """Verify and read an event. `secrets` are all that are valid today: two while one is changed.

    Raises BadWebhook for everything that Stripe did not sign in the last five minutes.
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise BadWebhook from None
    if not any(_is_signed(text, header, secret) for secret in secrets) or _is_early(header):
        raise BadWebhook
    try:
        return event_facts(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        raise BadWebhook from None


def _is_signed(text: str, header: str, secret: str) -> bool:
    """Never let the library's error out: it carries the whole body."""
    try:
        return stripe.WebhookSignature.verify_header(
            text, header, secret, WEBHOOK_TOLERANCE_SECONDS
        )
    except stripe.SignatureVerificationError:
        return False


def _is_early(header: str) -> bool:
    """The library checks age only: an event from the future would stay valid until then."""
    parts = (part.split("=", 2) for part in header.split(","))
    stamp = next(int(part[1]) for part in parts if part[0] == "t")
    return stamp > time.time() + WEBHOOK_TOLERANCE_SECONDS


def for_web() -> Gateway:
    """The gateway of requests: a shopper waits."""
    return _gateway(
        settings.STRIPE_SECRET_KEY, settings.STRIPE_API_URL, settings.STRIPE_API_VERSION, WEB
    )


def for_jobs() -> Gateway:
    """The gateway of jobs: nobody waits."""
    return _gateway(
        settings.STRIPE_SECRET_KEY, settings.STRIPE_API_URL, settings.STRIPE_API_VERSION, JOBS
    )


@lru_cache(maxsize=8)
def _gateway(key: str, api_url: str, api_version: str, patience: Patience) -> Gateway:
    return Gateway(key=key, api_url=api_url, api_version=api_version, patience=patience)
