"""Replaces ids by the objects they name, where a caller asked for it with `expand[]`."""

from __future__ import annotations

import copy
from typing import Any

from deploy.demo.stripe_standin.errors import ApiError, invalid
from deploy.demo.stripe_standin.store import Store

EXPANDABLE: dict[str, dict[str, str]] = {
    "payment_intent": {"latest_charge": "charge", "payment_method": "payment_method"},
    "charge": {"balance_transaction": "balance_transaction", "payment_intent": "payment_intent"},
    "refund": {
        "balance_transaction": "balance_transaction",
        "charge": "charge",
        "payment_intent": "payment_intent",
        "payment_method": "payment_method",
    },
    "dispute": {"charge": "charge", "payment_intent": "payment_intent"},
    "payout": {
        "balance_transaction": "balance_transaction",
        "failure_balance_transaction": "balance_transaction",
    },
    "balance_transaction": {"source": "charge, refund, dispute or payout"},
}
DEPTH_LIMIT = 4


def check_paths(operation: str, paths: list[str]) -> None:
    """Raise ApiError for what cannot be expanded, before the operation takes effect."""
    kind, _, act = operation.rpartition("_")
    for path in paths:
        steps = path.split(".")
        if len(steps) > DEPTH_LIMIT or (act == "list" and steps.pop(0) != "data"):
            raise _cannot(path)
        _check_steps(kind, steps, path)


def _check_steps(kind: str, steps: list[str], path: str) -> None:
    for step in steps or [""]:
        if step not in EXPANDABLE.get(kind, {}):
            raise _cannot(path)
        kind = EXPANDABLE[kind][step]


def _cannot(path: str) -> ApiError:
    return invalid(f"This property cannot be expanded ({path}).", param="expand")


def expand(store: Store, thing: dict[str, Any], paths: list[str]) -> dict[str, Any]:
    """A copy of an object or list with the checked paths filled in."""
    answer = copy.deepcopy(thing)
    for path in paths:
        _fill(store, answer, path.split("."))
    return answer


def _fill(store: Store, thing: dict[str, Any], steps: list[str]) -> None:
    step, rest = steps[0], steps[1:]
    if thing["object"] == "list":
        for item in thing["data"]:
            _fill(store, item, rest)
        return
    if isinstance(thing[step], str):
        thing[step] = copy.deepcopy(store.objects[thing[step]])
    if rest and thing[step] is not None:
        _fill(store, thing[step], rest)
