"""What the account holds: its balance transactions, of which the balance is the sum."""

from __future__ import annotations

from typing import Any

from deploy.demo.stripe_standin.act import Act
from deploy.demo.stripe_standin.store import Store, new_id

Thing = dict[str, Any]


def new_transaction(
    act: Act,
    source_id: str,
    amount_satang: int,
    details: list[Thing],
    kind: str,
    *,
    category: str = "",
    description: str | None = None,
    after_seconds: int | None = None,
) -> Thing:
    """Move money of the account: a gross amount less the fees in `details`."""
    fee = sum(part["amount"] for part in details)
    now = act.store.now()
    wait = act.settings.available_after_seconds if after_seconds is None else after_seconds
    transaction = {
        "id": new_id("txn"),
        "object": "balance_transaction",
        "amount": amount_satang,
        "available_on": now + wait,
        "balance_type": "payments",
        "created": now,
        "currency": "thb",
        "description": description,
        "exchange_rate": None,
        "fee": fee,
        "fee_details": details,
        "net": amount_satang - fee,
        "reporting_category": category or kind,
        "source": source_id,
        "status": "pending" if wait else "available",
        "type": kind,
    }
    return act.store.add(transaction)


def fee_part(text: str, amount_satang: int, kind: str = "stripe_fee") -> Thing:
    return {
        "amount": amount_satang,
        "application": None,
        "currency": "thb",
        "description": text,
        "type": kind,
    }


def transactions(store: Store) -> list[Thing]:
    """All of them, newest first, each as available as it is by now."""
    found = store.newest_first("balance_transaction")
    for transaction in found:
        is_there = transaction["available_on"] <= store.now()
        transaction["status"] = "available" if is_there else "pending"
    return found


def retrieve_transaction(act: Act, params: Thing, transaction_id: str) -> Thing:
    transactions(act.store)
    return act.store.find("balance_transaction", transaction_id, "id")


def retrieve(act: Act, params: Thing) -> Thing:
    sums = {"available": 0, "pending": 0}
    for transaction in transactions(act.store):
        sums[transaction["status"]] += transaction["net"]
    parts = {
        status: [{"amount": satang, "currency": "thb", "source_types": {"card": satang}}]
        for status, satang in sums.items()
    }
    return {"object": "balance", "livemode": False} | parts
