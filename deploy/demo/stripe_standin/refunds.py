"""Refunds of card payments. They succeed at once; a refund of more than is left is refused."""

from __future__ import annotations

from typing import Any

from deploy.demo.stripe_standin.act import Act
from deploy.demo.stripe_standin.balance import new_transaction
from deploy.demo.stripe_standin.disputes import is_charged_back
from deploy.demo.stripe_standin.errors import invalid
from deploy.demo.stripe_standin.intent_fields import merge_metadata
from deploy.demo.stripe_standin.store import new_id


def create(act: Act, params: dict[str, Any]) -> dict[str, Any]:
    """Pay back all that is left of a charge, or `amount` satang of it. Raises ApiError when that is
    too much.
    """
    charge = _charge_to_refund(act, params)
    amount = _amount_to_refund(charge, params)
    refund = act.store.add(_new_refund(act, charge, amount, params))
    before = {"amount_refunded": charge["amount_refunded"], "refunded": charge["refunded"]}
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    act.note("refund.created", refund)
    act.note("charge.refunded", charge, before)
    _give_reference(act, refund)
    return refund


def retrieve(act: Act, params: dict[str, Any], refund_id: str) -> dict[str, Any]:
    return act.store.find("refund", refund_id, "refund")


def _charge_to_refund(act: Act, params: dict[str, Any]) -> dict[str, Any]:
    if "payment_intent" not in params and "charge" not in params:
        raise invalid(
            "One of these params is required: charge or payment_intent.", code="parameter_missing"
        )
    charge_id = params.get("charge")
    if "payment_intent" in params:
        intent = act.store.find("payment_intent", params["payment_intent"], "payment_intent")
        latest = intent["latest_charge"]
        if charge_id not in (None, latest):
            raise invalid(
                f"Charge {charge_id} does not belong to this PaymentIntent.", param="charge"
            )
        charge_id = latest
    return _refundable(act, charge_id, params)


def _refundable(act: Act, charge_id: str | None, params: dict[str, Any]) -> dict[str, Any]:
    charge = act.store.find("charge", charge_id, "charge") if charge_id else None
    if charge is None or charge["status"] != "succeeded":
        intent_id = charge["payment_intent"] if charge else params["payment_intent"]
        raise invalid(
            f"This PaymentIntent ({intent_id}) does not have a successful charge to refund."
        )
    if charge["refunded"]:
        message = f"Charge {charge['id']} has already been refunded."
        raise invalid(message, code="charge_already_refunded")
    if is_charged_back(act, charge["id"]):
        message = f"Charge {charge['id']} has been charged back; cannot issue a refund."
        raise invalid(message, code="charge_disputed")
    return charge


def _amount_to_refund(charge: dict[str, Any], params: dict[str, Any]) -> int:
    """Stripe's answer to too large an amount carries a message and a param, but no code: callers
    must not need one.
    """
    left = charge["amount"] - charge["amount_refunded"]
    amount = params.get("amount", left)
    if amount < 1:
        message = "This value must be greater than or equal to 1."
        raise invalid(message, code="parameter_invalid_integer", param="amount")
    if amount > left:
        message = (
            f"Refund amount ({_baht(amount)}) is greater than"
            f" unrefunded amount on charge ({_baht(left)})"
        )
        raise invalid(message, param="amount")
    return amount


def _baht(amount_satang: int) -> str:
    return f"฿{amount_satang // 100:,}.{amount_satang % 100:02d}"


def _new_refund(
    act: Act, charge: dict[str, Any], amount_satang: int, params: dict[str, Any]
) -> dict[str, Any]:
    refund_id = new_id("re")
    transaction = new_transaction(act, refund_id, -amount_satang, [], "refund")
    return {
        "id": refund_id,
        "object": "refund",
        "amount": amount_satang,
        "balance_transaction": transaction["id"],
        "charge": charge["id"],
        "created": act.store.now(),
        "currency": charge["currency"],
        "destination_details": {"card": _destination("pending", None), "type": "card"},
        "metadata": merge_metadata({}, params.get("metadata", {})),
        "payment_intent": charge["payment_intent"],
        "payment_method": charge["payment_method"],
        "reason": params.get("reason"),
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "succeeded",
        "transfer_reversal": None,
    }


def _destination(status: str, reference: str | None) -> dict[str, Any]:
    return {
        "reference": reference,
        "reference_status": status,
        "reference_type": "acquirer_reference_number",
        "type": "refund",
    }


def _give_reference(act: Act, refund: dict[str, Any]) -> None:
    """The bank's reference number comes a little after the refund; Stripe announces it under two
    names.
    """
    before = {"destination_details": refund["destination_details"]}
    card = _destination("available", refund["id"][-12:])
    refund["destination_details"] = {"card": card, "type": "card"}
    act.note("refund.updated", refund, before)
    act.note("charge.refund.updated", refund, before)
