"""Confirming a PaymentIntent: one attempt to pay. Each kind of payment method has its own attempt;
today only cards.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from deploy.demo.stripe_standin import payment_methods
from deploy.demo.stripe_standin.act import Act
from deploy.demo.stripe_standin.cards import SUCCESS, decline_for
from deploy.demo.stripe_standin.charges import book_fee, new_charge
from deploy.demo.stripe_standin.disputes import open_dispute
from deploy.demo.stripe_standin.errors import ApiError, unexpected_state
from deploy.demo.stripe_standin.intent_fields import check_email, full_shipping

CONFIRMABLE = ("requires_payment_method", "requires_confirmation")


def confirm_intent(act: Act, intent: dict[str, Any], params: dict[str, Any]) -> dict[str, Any]:
    """Try to pay. Raises ApiError 402 when the card declines; the intent then awaits another
    payment method.
    """
    _check_confirmable(intent)
    _apply(intent, params)
    if "payment_method" in params:
        intent["payment_method"] = payment_methods.pick(act, params["payment_method"])["id"]
    if intent["payment_method"] is None:
        raise unexpected_state(
            "You cannot confirm this PaymentIntent: it's missing a payment method.", intent
        )
    method = act.store.find(
        "payment_method", intent["payment_method"], "payment_method", status=400
    )
    return ATTEMPTS[method["type"]](act, intent, method)


def _check_confirmable(intent: dict[str, Any]) -> None:
    if intent["status"] == "succeeded":
        message = "You cannot confirm this PaymentIntent because it has already succeeded."
        raise unexpected_state(message, intent)
    if intent["status"] not in CONFIRMABLE:
        message = (
            f"You cannot confirm this PaymentIntent because it has a status of {intent['status']}."
            f" Only one with these statuses may be confirmed: {', '.join(CONFIRMABLE)}."
        )
        raise unexpected_state(message, intent)


def _apply(intent: dict[str, Any], params: dict[str, Any]) -> None:
    check_email(params.get("receipt_email"))
    if "receipt_email" in params:
        intent["receipt_email"] = params["receipt_email"] or None
    if "shipping" in params:
        intent["shipping"] = full_shipping(params["shipping"])


def _attempt_card(act: Act, intent: dict[str, Any], method: dict[str, Any]) -> dict[str, Any]:
    intent["last_payment_error"] = None
    if act.settings.hold_processing:
        intent["status"] = "processing"
        intent["processing"] = {"type": "card", "card": {}}
        act.note("payment_intent.processing", intent)
        return intent
    return settle_card(act, intent, method)


ATTEMPTS: dict[str, Callable[[Act, dict[str, Any], dict[str, Any]], dict[str, Any]]] = {
    "card": _attempt_card,
}


def settle_card(act: Act, intent: dict[str, Any], method: dict[str, Any]) -> dict[str, Any]:
    """Let the bank answer: the intent succeeds, or ApiError 402 says why not."""
    intent["processing"] = None
    outcome = act.store.cards[method["id"]]["outcome"]
    if act.settings.next_declines:
        outcome = act.settings.next_declines.pop(0)
    if outcome != SUCCESS:
        raise _decline(act, intent, method, outcome)
    return _succeed(act, intent, method)


def _succeed(act: Act, intent: dict[str, Any], method: dict[str, Any]) -> dict[str, Any]:
    charge = new_charge(act, intent, method, None)
    act.store.cards[method["id"]]["used"] = True
    intent["status"] = "succeeded"
    intent["amount_received"] = intent["amount"]
    intent["latest_charge"] = charge["id"]
    act.note("charge.succeeded", charge)
    act.note("payment_intent.succeeded", intent)
    if not act.settings.hold_fees:
        book_fee(act, charge)
    if reason := act.store.cards[method["id"]].get("dispute"):
        open_dispute(act, charge, reason)
    return intent


def _decline(act: Act, intent: dict[str, Any], method: dict[str, Any], reason: str) -> ApiError:
    charge = new_charge(act, intent, method, decline_for(reason))
    error = payment_methods.card_error(
        reason, charge=charge["id"], payment_method=copy.deepcopy(method)
    )
    intent["status"] = "requires_payment_method"
    intent["payment_method"] = None
    intent["latest_charge"] = charge["id"]
    intent["last_payment_error"] = dict(error.error)
    act.note("charge.failed", charge)
    act.note("payment_intent.payment_failed", intent)
    error.error["payment_intent"] = intent
    return error
