"""Which address does what, under which annotated parameters, and which of those parameters are
built here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from deploy.demo.stripe_standin import (
    balance,
    charges,
    disputes,
    intents,
    lists,
    payment_methods,
    payouts,
    refunds,
)
from deploy.demo.stripe_standin.errors import invalid, not_built

PAGING = "created ending_before limit starting_after"
CHANGEABLE = (
    "allowed_payment_method_types amount currency description metadata payment_method receipt_email"
    " shipping statement_descriptor_suffix transfer_group"
)
BROWSER_ONLY = frozenset({"client_secret", "key"})


@dataclass(frozen=True)
class Route:
    method: str
    pattern: str
    operation: str
    handler: Callable[..., dict[str, Any]]
    built: str = ""
    for_browser: bool = False

    def match(self, method: str, path: str) -> tuple[str, ...] | None:
        found = re.fullmatch(self.pattern.replace("{id}", r"([A-Za-z0-9_]{3,80})"), path)
        return found.groups() if found and method == self.method else None

    def refuse_unbuilt(self, params: dict[str, Any]) -> None:
        """Raise a 501 for a parameter that Stripe knows and this stand-in does not act on."""
        for name in params:
            if name not in {"expand", *BROWSER_ONLY, *self.built.split()}:
                raise not_built(f"{self.operation} with {name}")
        if params.get("capture_method") == "manual":
            raise not_built("manual capture")


ROUTES = (
    Route(
        "POST",
        "/v1/payment_intents",
        "payment_intent_create",
        intents.create,
        f"{CHANGEABLE} automatic_payment_methods capture_method confirm return_url",
    ),
    Route("GET", "/v1/payment_intents", "payment_intent_list", lists.list_intents, PAGING),
    Route(
        "GET",
        "/v1/payment_intents/{id}",
        "payment_intent_retrieve",
        intents.retrieve,
        for_browser=True,
    ),
    Route(
        "POST",
        "/v1/payment_intents/{id}",
        "payment_intent_update",
        intents.update,
        CHANGEABLE,
    ),
    Route(
        "POST",
        "/v1/payment_intents/{id}/confirm",
        "payment_intent_confirm",
        intents.confirm,
        "payment_method receipt_email return_url shipping use_stripe_sdk",
        for_browser=True,
    ),
    Route(
        "POST",
        "/v1/payment_intents/{id}/cancel",
        "payment_intent_cancel",
        intents.cancel,
        "cancellation_reason",
    ),
    Route(
        "POST",
        "/v1/payment_methods",
        "payment_method_create",
        payment_methods.create,
        "type card billing_details",
        for_browser=True,
    ),
    Route("GET", "/v1/payment_methods/{id}", "payment_method_retrieve", payment_methods.retrieve),
    Route(
        "GET",
        "/v1/charges",
        "charge_list",
        lists.list_charges,
        f"{PAGING} payment_intent transfer_group",
    ),
    Route("GET", "/v1/charges/{id}", "charge_retrieve", charges.retrieve),
    Route(
        "POST",
        "/v1/refunds",
        "refund_create",
        refunds.create,
        "amount charge payment_intent reason metadata",
    ),
    Route(
        "GET", "/v1/refunds", "refund_list", lists.list_refunds, f"{PAGING} payment_intent charge"
    ),
    Route("GET", "/v1/refunds/{id}", "refund_retrieve", refunds.retrieve),
    Route(
        "GET",
        "/v1/balance_transactions/{id}",
        "balance_transaction_retrieve",
        balance.retrieve_transaction,
    ),
    Route(
        "GET",
        "/v1/balance_transactions",
        "balance_transaction_list",
        lists.list_balance_transactions,
        f"{PAGING} currency payout source type",
    ),
    Route("GET", "/v1/balance", "balance_retrieve", balance.retrieve),
    Route(
        "GET",
        "/v1/disputes",
        "dispute_list",
        lists.list_disputes,
        f"{PAGING} payment_intent charge",
    ),
    Route("GET", "/v1/disputes/{id}", "dispute_retrieve", disputes.retrieve),
    Route("GET", "/v1/payouts", "payout_list", lists.list_payouts, f"{PAGING} status"),
    Route("GET", "/v1/payouts/{id}", "payout_retrieve", payouts.retrieve),
    Route(
        "GET",
        "/v1/events",
        "event_list",
        lists.list_events,
        f"{PAGING} type types delivery_success",
    ),
    Route("GET", "/v1/events/{id}", "event_retrieve", lists.retrieve_event),
)


def find_route(method: str, path: str) -> tuple[Route, tuple[str, ...]]:
    """The route of a request and the ids in its path. Raises ApiError 404 as Stripe does for an
    unknown address.
    """
    for route in ROUTES:
        ids = route.match(method, path)
        if ids is not None:
            return route, ids
    raise invalid(f"Unrecognized request URL ({method}: {path}).", status=404)
