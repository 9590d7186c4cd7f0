"""Charges, one per payment attempt, and what each costs."""

from __future__ import annotations

from typing import Any

from deploy.demo.stripe_standin.act import Act
from deploy.demo.stripe_standin.balance import fee_part, new_transaction
from deploy.demo.stripe_standin.cards import Decline
from deploy.demo.stripe_standin.settings import Fees
from deploy.demo.stripe_standin.store import new_id

COPIED_FROM_INTENT = (
    "amount",
    "currency",
    "customer",
    "description",
    "receipt_email",
    "shipping",
    "statement_descriptor",
    "statement_descriptor_suffix",
    "transfer_group",
)


def retrieve(act: Act, params: dict[str, Any], charge_id: str) -> dict[str, Any]:
    return act.store.find("charge", charge_id, "charge")


def new_charge(
    act: Act, intent: dict[str, Any], method: dict[str, Any], decline: Decline | None
) -> dict[str, Any]:
    """The charge of one attempt, succeeded or failed; it has no balance transaction yet."""
    charge = {name: intent[name] for name in COPIED_FROM_INTENT} | _fixed_fields(act)
    charge |= {
        "billing_details": method["billing_details"],
        "metadata": dict(intent["metadata"]),
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "payment_method_details": _method_details(method, intent["amount"], decline),
    }
    charge |= _failed(decline) if decline else _paid(intent["amount"], charge["id"])
    return act.store.add(charge)


def _fixed_fields(act: Act) -> dict[str, Any]:
    return {
        "id": new_id("ch"),
        "object": "charge",
        "amount_refunded": 0,
        "application": None,
        "application_fee": None,
        "application_fee_amount": None,
        "balance_transaction": None,
        "calculated_statement_descriptor": "OTOP STAND-IN",
        "created": act.store.now(),
        "disputed": False,
        "failure_balance_transaction": None,
        "fraud_details": {},
        "livemode": False,
        "on_behalf_of": None,
        "radar_options": {},
        "receipt_number": None,
        "refunded": False,
        "review": None,
        "source": None,
        "source_transfer": None,
        "transfer_data": None,
    }


def _paid(amount_satang: int, charge_id: str) -> dict[str, Any]:
    return {
        "amount_captured": amount_satang,
        "captured": True,
        "failure_code": None,
        "failure_message": None,
        "outcome": _outcome("approved_by_network", None, "authorized", "Payment complete."),
        "paid": True,
        "receipt_url": None,
        "status": "succeeded",
    }


def _failed(decline: Decline) -> dict[str, Any]:
    reason = decline.decline_code or decline.code
    said = "The bank did not approve this payment."
    return {
        "amount_captured": 0,
        "captured": False,
        "failure_code": decline.code,
        "failure_message": decline.message,
        "outcome": _outcome("declined_by_network", reason, "issuer_declined", said),
        "paid": False,
        "receipt_url": None,
        "status": "failed",
    }


def _outcome(network: str, reason: str | None, kind: str, said: str) -> dict[str, Any]:
    return {
        "advice_code": None,
        "network_advice_code": None,
        "network_decline_code": None,
        "network_status": network,
        "reason": reason,
        "risk_level": "normal",
        "risk_score": 20,
        "seller_message": said,
        "type": kind,
    }


def _method_details(
    method: dict[str, Any], amount_satang: int, decline: Decline | None
) -> dict[str, Any]:
    card = method["card"]
    same = (
        "brand",
        "country",
        "exp_month",
        "exp_year",
        "fingerprint",
        "funding",
        "last4",
        "wallet",
    )
    checked = "fail" if decline and decline.code == "incorrect_cvc" else "pass"
    details = {name: card[name] for name in same}
    details |= {
        "amount_authorized": None if decline else amount_satang,
        "checks": card["checks"] | {"cvc_check": checked},
        "installments": None,
        "mandate": None,
        "network": card["brand"],
        "regulated_status": "unregulated",
        "three_d_secure": None,
    }
    return {"card": details, "type": "card"}


def book_fee(act: Act, charge: dict[str, Any]) -> None:
    """Give a paid charge its balance transaction and announce it, once."""
    if charge["balance_transaction"] is not None:
        return
    details = fee_details(act.settings.fees, charge["amount"])
    transaction = new_transaction(act, charge["id"], charge["amount"], details, "charge")
    charge["balance_transaction"] = transaction["id"]
    act.note("charge.updated", charge, {"balance_transaction": None})


def fee_details(fees: Fees, amount_satang: int) -> list[dict[str, Any]]:
    """The parts of a fee in satang, each rounded half up."""
    fee = (amount_satang * fees.basis_points + 5_000) // 10_000 + fees.fixed_satang
    vat = (fee * fees.vat_percent + 50) // 100
    parts = (("stripe_fee", "Stripe processing fees", fee), ("tax", "VAT", vat))
    return [fee_part(text, amount, kind) for kind, text, amount in parts if amount]
