"""PaymentIntents: create, retrieve, update, cancel. Confirming them is in confirming.py."""

from __future__ import annotations

import hmac
from typing import Any

from deploy.demo.stripe_standin import payment_methods
from deploy.demo.stripe_standin.act import Act
from deploy.demo.stripe_standin.confirming import confirm_intent
from deploy.demo.stripe_standin.errors import ApiError, invalid, missing, unexpected_state
from deploy.demo.stripe_standin.intent_fields import (
    check_amount,
    check_email,
    check_suffix,
    full_shipping,
    merge_metadata,
    read_currency,
)
from deploy.demo.stripe_standin.store import new_id

OPEN_STATES = ("requires_payment_method", "requires_confirmation", "requires_action")
ONLY_WHILE_OPEN = (
    "amount",
    "currency",
    "payment_method",
    "allowed_payment_method_types",
    "transfer_group",
)
PLAIN_FIELDS = ("description", "statement_descriptor_suffix", "transfer_group")
CHOOSERS = ("allowed_payment_method_types", "automatic_payment_methods")


def create(act: Act, params: dict[str, Any]) -> dict[str, Any]:
    """Make an intent, and confirm it at once when asked to. Raises ApiError when Stripe would
    refuse it.
    """
    _check_create(params)
    intent = act.store.add(_new_intent(act, params))
    act.note("payment_intent.created", intent)
    if "payment_method" in params:
        _set_payment_method(act, intent, params["payment_method"])
    return confirm_intent(act, intent, {}) if params.get("confirm") else intent


def _check_create(params: dict[str, Any]) -> None:
    given = [name for name in CHOOSERS if name in params]
    if len(given) > 1:
        raise invalid(f"You may only specify one of these parameters: {', '.join(given)}.")
    if "return_url" in params and not params.get("confirm"):
        raise invalid("The return_url may only be given with confirm=true.", param="return_url")
    _check_values(params)


def _check_values(params: dict[str, Any]) -> None:
    if "amount" in params:
        check_amount(params["amount"])
    check_email(params.get("receipt_email"))
    check_suffix(params.get("statement_descriptor_suffix"))


def _new_intent(act: Act, params: dict[str, Any]) -> dict[str, Any]:
    intent_id = new_id("pi")
    intent = _empty_intent(act, intent_id) | {name: params.get(name) for name in PLAIN_FIELDS}
    allowed = params.get("allowed_payment_method_types")
    return intent | {
        "allowed_payment_method_types": allowed,
        "amount": params["amount"],
        "automatic_payment_methods": _automatic(params) if allowed is None else None,
        "capture_method": params.get("capture_method", "automatic_async"),
        "currency": read_currency(params["currency"]),
        "metadata": merge_metadata({}, params.get("metadata", {})),
        "payment_method_types": _offered_types(act, allowed),
        "receipt_email": params.get("receipt_email"),
        "shipping": full_shipping(params.get("shipping")),
    }


def _automatic(params: dict[str, Any]) -> dict[str, Any]:
    return {"allow_redirects": "always", "enabled": True} | params.get(
        "automatic_payment_methods", {}
    )


def _offered_types(act: Act, allowed: list[str] | None) -> list[str]:
    """What is asked for and activated. The rest disappears without a word, exactly as at Stripe."""
    activated = act.settings.activated
    offered = [name for name in activated if allowed is None or name in allowed]
    if not offered:
        raise invalid(
            "No valid payment method types for this PaymentIntent: none of them is activated."
        )
    return offered


def _empty_intent(act: Act, intent_id: str) -> dict[str, Any]:
    nothing_yet = dict.fromkeys(
        (
            "application",
            "application_fee_amount",
            "canceled_at",
            "cancellation_reason",
            "customer",
            "customer_account",
            "excluded_payment_method_types",
            "last_payment_error",
            "latest_charge",
            "next_action",
            "on_behalf_of",
            "payment_method",
            "payment_method_configuration_details",
            "processing",
            "review",
            "setup_future_usage",
            "source",
            "statement_descriptor",
            "transfer_data",
        )
    )
    return nothing_yet | {
        "id": intent_id,
        "object": "payment_intent",
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "client_secret": f"{intent_id}_{new_id('secret')}",
        "confirmation_method": "automatic",
        "created": act.store.now(),
        "livemode": False,
        "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
        "status": "requires_payment_method",
    }


def retrieve(act: Act, params: dict[str, Any], intent_id: str) -> dict[str, Any]:
    return find_intent(act, params, intent_id)


def find_intent(act: Act, params: dict[str, Any], intent_id: str) -> dict[str, Any]:
    """The intent, if the caller may see it: the browser must show its client secret."""
    intent = act.store.find("payment_intent", intent_id, "intent")
    secret = params.get("client_secret")
    must_show = act.from_browser or secret is not None
    if must_show and not _same_secret(secret, intent["client_secret"]):
        raise missing("payment_intent", intent_id, "intent")
    return intent


def _same_secret(given: str | None, right: str) -> bool:
    return hmac.compare_digest(str(given).encode(), right.encode())


def update(act: Act, params: dict[str, Any], intent_id: str) -> dict[str, Any]:
    """Change an intent. What decides the payment may change only while nothing has been paid."""
    intent = act.store.find("payment_intent", intent_id, "intent")
    for name in ONLY_WHILE_OPEN:
        if name in params and intent["status"] not in OPEN_STATES:
            raise _too_late(intent, name)
    _check_values(params)
    _apply(act, intent, params)
    return intent


def _too_late(intent: dict[str, Any], name: str) -> ApiError:
    message = (
        f"This PaymentIntent's {name} could not be updated: its status is {intent['status']}."
        f" You may only update it with one of these statuses: {', '.join(OPEN_STATES)}."
    )
    return unexpected_state(message, intent)


def _apply(act: Act, intent: dict[str, Any], params: dict[str, Any]) -> None:
    changes = {name: params[name] for name in (*PLAIN_FIELDS, "amount") if name in params}
    if "currency" in params:
        changes["currency"] = read_currency(params["currency"])
    if "receipt_email" in params:
        changes["receipt_email"] = params["receipt_email"] or None
    if "shipping" in params:
        changes["shipping"] = full_shipping(params["shipping"])
    if "metadata" in params:
        changes["metadata"] = merge_metadata(intent["metadata"], params["metadata"])
    if "allowed_payment_method_types" in params:
        changes["allowed_payment_method_types"] = params["allowed_payment_method_types"]
        changes["payment_method_types"] = _offered_types(
            act, params["allowed_payment_method_types"]
        )
        changes["automatic_payment_methods"] = None
    intent.update(changes)
    if "payment_method" in params:
        _set_payment_method(act, intent, params["payment_method"])


def _set_payment_method(act: Act, intent: dict[str, Any], name: str) -> None:
    intent["payment_method"] = payment_methods.pick(act, name)["id"]
    intent["status"] = "requires_confirmation"


def cancel(act: Act, params: dict[str, Any], intent_id: str) -> dict[str, Any]:
    """End an intent that has not been paid; one that was paid or ended cannot be cancelled."""
    intent = act.store.find("payment_intent", intent_id, "intent")
    if intent["status"] not in OPEN_STATES:
        raise _cannot_cancel(intent)
    intent["status"] = "canceled"
    intent["canceled_at"] = act.store.now()
    intent["cancellation_reason"] = params.get("cancellation_reason")
    intent["next_action"] = None
    act.note("payment_intent.canceled", intent)
    return intent


def _cannot_cancel(intent: dict[str, Any]) -> ApiError:
    message = (
        f"You cannot cancel this PaymentIntent because it has a status of {intent['status']}."
        f" Only one with these statuses may be canceled: {', '.join(OPEN_STATES)}."
    )
    return unexpected_state(message, intent)


def confirm(act: Act, params: dict[str, Any], intent_id: str) -> dict[str, Any]:
    return confirm_intent(act, find_intent(act, params, intent_id), params)
