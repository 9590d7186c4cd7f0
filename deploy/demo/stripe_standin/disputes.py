"""Disputes: a shopper's bank takes a payment back, then gives it back or keeps it.

Opened by the test cards that Stripe publishes for it, or by a control; ended by a control.
"""

from __future__ import annotations

import copy
from typing import Any

from deploy.demo.stripe_standin.act import Act
from deploy.demo.stripe_standin.balance import fee_part, new_transaction
from deploy.demo.stripe_standin.errors import invalid
from deploy.demo.stripe_standin.store import new_id

Thing = dict[str, Any]
INQUIRY = "inquiry"
ANSWER_WITHIN_SECONDS = 9 * 24 * 3600
ENDED = ("won", "lost", "warning_closed", "prevented")
NETWORK_CODES = {"fraudulent": "10.4", "product_not_received": "13.1"}
PLAIN_EVIDENCE = (
    *("access_activity_log", "appeal", "billing_address", "cancellation_policy"),
    *("cancellation_policy_disclosure", "cancellation_rebuttal", "customer_communication"),
    *("customer_email_address", "customer_name", "customer_purchase_ip", "customer_signature"),
    *("duplicate_charge_documentation", "duplicate_charge_explanation", "duplicate_charge_id"),
    *("product_description", "receipt", "refund_policy", "refund_policy_disclosure"),
    *("refund_refusal_explanation", "service_date", "service_documentation", "shipping_address"),
    *("shipping_carrier", "shipping_date", "shipping_documentation", "shipping_tracking_number"),
    *("uncategorized_file", "uncategorized_text"),
)


def retrieve(act: Act, params: Thing, dispute_id: str) -> Thing:
    return act.store.find("dispute", dispute_id, "dispute")


def is_charged_back(act: Act, charge_id: str) -> bool:
    """Whether the bank has the money of this charge now, or for good."""
    disputes = [one for one in act.store.newest_first("dispute") if one["charge"] == charge_id]
    return any(not one["is_charge_refundable"] for one in disputes)


def open_dispute(
    act: Act, charge: Thing, reason: str = "fraudulent", amount_satang: int | None = None
) -> Thing:
    """Take the money of a charge back; for an inquiry only ask about it. Both are a `dispute`."""
    if charge["status"] != "succeeded":
        raise invalid(f"Charge {charge['id']} was not paid.")
    is_inquiry = reason == INQUIRY
    dispute = _new_dispute(act, charge, "fraudulent" if is_inquiry else reason)
    dispute["amount"] = amount_satang or charge["amount"]
    act.store.add(dispute)
    charge["disputed"] = True
    if is_inquiry:
        act.note("charge.dispute.created", dispute)
    else:
        _withdraw(act, dispute)
        act.note("charge.dispute.created", dispute)
        act.note("charge.dispute.funds_withdrawn", dispute)
    return dispute


def escalate(act: Act, dispute: Thing) -> Thing:
    """Let an inquiry become a dispute in which the money is taken."""
    if dispute["status"] != "warning_needs_response":
        raise invalid(f"{dispute['id']} is {dispute['status']}, not an inquiry.")
    before = {"status": dispute["status"]}
    _withdraw(act, dispute)
    act.note("charge.dispute.updated", dispute, before)
    act.note("charge.dispute.funds_withdrawn", dispute)
    return dispute


def answer(act: Act, dispute: Thing) -> Thing:
    """Note that somebody sent evidence, as staff do at Stripe's own pages."""
    _check_open(dispute)
    before = {"status": dispute["status"]}
    is_inquiry = dispute["status"].startswith("warning")
    dispute["status"] = "warning_under_review" if is_inquiry else "under_review"
    dispute["evidence_details"] |= {
        "has_evidence": True,
        "submission_count": 1,
        "submission_method": "manual",
    }
    act.note("charge.dispute.updated", dispute, before)
    return dispute


def end_dispute(act: Act, dispute: Thing, *, is_won: bool) -> Thing:
    """Let the bank decide. Won, the money comes back; the fee only where the settings say so."""
    _check_open(dispute)
    before = {"status": dispute["status"]}
    if not dispute["balance_transactions"]:
        dispute["status"] = "warning_closed"
        act.note("charge.dispute.closed", dispute, before)
        return dispute
    dispute["status"] = "won" if is_won else "lost"
    if is_won:
        _reinstate(act, dispute)
    act.note("charge.dispute.closed", dispute, before)
    if is_won:
        act.note("charge.dispute.funds_reinstated", dispute)
    return dispute


def _check_open(dispute: Thing) -> None:
    if dispute["status"] in ENDED:
        raise invalid(f"This dispute is already closed: it is {dispute['status']}.")


def _withdraw(act: Act, dispute: Thing) -> None:
    fee = act.settings.dispute_fee_satang
    _move(act, dispute, -dispute["amount"], fee, "dispute", "Chargeback withdrawal for")
    dispute["status"], dispute["is_charge_refundable"] = "needs_response", False
    dispute["payment_method_details"]["card"]["case_type"] = "chargeback"


def _reinstate(act: Act, dispute: Thing) -> None:
    fee = -act.settings.dispute_fee_satang if act.settings.dispute_fee_returned else 0
    _move(act, dispute, dispute["amount"], fee, "dispute_reversal", "Chargeback reversal for")
    dispute["is_charge_refundable"] = True


def _move(
    act: Act, dispute: Thing, amount_satang: int, fee_satang: int, category: str, text: str
) -> None:
    details = [fee_part("Dispute fee", fee_satang)] if fee_satang else []
    description = f"{text} {dispute['charge']}"
    moved = new_transaction(
        *(act, dispute["id"], amount_satang, details, "adjustment"),
        category=category,
        description=description,
    )
    dispute["balance_transactions"].append(copy.deepcopy(moved))


def _new_dispute(act: Act, charge: Thing, reason: str) -> Thing:
    code = NETWORK_CODES.get(reason)
    brand = charge["payment_method_details"]["card"]["brand"]
    card = {"brand": brand, "case_type": INQUIRY, "network": brand, "network_reason_code": code}
    return {
        "id": new_id("dp"),
        "object": "dispute",
        "balance_transactions": [],
        "charge": charge["id"],
        "created": act.store.now(),
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": dict.fromkeys(PLAIN_EVIDENCE) | {"enhanced_evidence": {}},
        "evidence_details": {
            "due_by": act.store.now() + ANSWER_WITHIN_SECONDS,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
            "submission_method": "not_submitted",
        },
        "is_charge_refundable": True,
        "livemode": False,
        "metadata": {},
        "network_reason_code": code,
        "payment_intent": charge["payment_intent"],
        "payment_method_details": {"card": card, "type": "card"},
        "reason": reason,
        "status": "warning_needs_response",
    }
