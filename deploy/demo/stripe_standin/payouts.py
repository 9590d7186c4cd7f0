"""Payouts: Stripe sends what is available to the account's bank, which may send it back."""

from __future__ import annotations

from typing import Any

from deploy.demo.stripe_standin.act import Act
from deploy.demo.stripe_standin.balance import new_transaction, transactions
from deploy.demo.stripe_standin.errors import invalid
from deploy.demo.stripe_standin.store import new_id

Thing = dict[str, Any]
ARRIVES_AFTER_SECONDS = 2 * 24 * 3600


def retrieve(act: Act, params: Thing, payout_id: str) -> Thing:
    return act.store.find("payout", payout_id, "payout")


def make_payout(act: Act, amount_satang: int | None = None) -> Thing:
    """Send all that is available, as Stripe does by itself; with an amount, as somebody asked it.

    Raises ApiError when there is nothing to send.
    """
    is_automatic = amount_satang is None
    sent = _unsent(act) if is_automatic else []
    amount = sum(one["net"] for one in sent) if is_automatic else amount_satang
    if amount < 1:
        raise invalid("You have insufficient funds.", code="balance_insufficient")
    payout = act.store.add(_new_payout(act, amount, is_automatic))
    moved = new_transaction(
        *(act, payout["id"], -amount, [], "payout"),
        description="STRIPE PAYOUT",
        after_seconds=0,
    )
    payout["balance_transaction"] = moved["id"]
    for transaction in (*sent, moved):
        act.store.paid_out[transaction["id"]] = payout["id"]
    act.note("payout.created", payout)
    return payout


def _unsent(act: Act) -> list[Thing]:
    return [
        one
        for one in transactions(act.store)
        if one["status"] == "available" and one["id"] not in act.store.paid_out
    ]


def finish_payout(act: Act, payout: Thing) -> Thing:
    """Let it arrive at the bank."""
    _check(payout, "in_transit")
    before = {"status": payout["status"]}
    payout["status"] = "paid"
    act.note("payout.paid", payout, before)
    if payout["automatic"]:
        payout["reconciliation_status"] = "completed"
        act.note("payout.reconciliation_completed", payout)
    return payout


def fail_payout(act: Act, payout: Thing) -> Thing:
    """Let the bank send it back, also some days after it seemed to be paid, as banks do."""
    _check(payout, "in_transit", "paid")
    before = {"status": payout["status"]}
    back = new_transaction(
        *(act, payout["id"], payout["amount"], [], "payout_failure"),
        category="payout_reversal",
        description="STRIPE PAYOUT FAILURE",
        after_seconds=0,
    )
    payout |= {
        "status": "failed",
        "failure_balance_transaction": back["id"],
        "failure_code": "account_closed",
        "failure_message": "The bank account has been closed.",
    }
    act.note("payout.failed", payout, before)
    return payout


def _check(payout: Thing, *states: str) -> None:
    if payout["status"] not in states:
        raise invalid(f"{payout['id']} is {payout['status']}.")


def _new_payout(act: Act, amount_satang: int, is_automatic: bool) -> Thing:
    return {
        "id": new_id("po"),
        "object": "payout",
        "amount": amount_satang,
        "application_fee": None,
        "application_fee_amount": None,
        "arrival_date": act.store.now() + ARRIVES_AFTER_SECONDS,
        "automatic": is_automatic,
        "balance_transaction": None,
        "created": act.store.now(),
        "currency": "thb",
        "description": "STRIPE PAYOUT",
        "destination": "ba_standin",
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "livemode": False,
        "metadata": {},
        "method": "standard",
        "original_payout": None,
        "payout_method": None,
        "reconciliation_status": "in_progress" if is_automatic else "not_applicable",
        "reversed_by": None,
        "source_type": "card",
        "statement_descriptor": None,
        "status": "in_transit",
        "trace_id": {"status": "pending", "value": None},
        "type": "bank_account",
    }
