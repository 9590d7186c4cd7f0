"""Replaces ids by the objects they name, where a caller asked for it with `expand[]`."""

from __future__ import annotations

import copy
from typing import Any

from deploy.demo.stripe_standin.errors import ApiError, invalid
from deploy.demo.stripe_standin.store import Store

EXPANDABLE = {
    "payment_intent": {"latest_charge", "payment_method", "customer"},
    "charge": {"balance_transaction", "payment_intent", "customer", "failure_balance_transaction"},
    "refund": {"balance_transaction", "charge", "payment_intent", "payment_method"},
    "balance_transaction": {"source"},
}
DEPTH_LIMIT = 4


def expand(store: Store, thing: dict[str, Any], paths: list[str]) -> dict[str, Any]:
    """A copy of an object or list with the named references filled in. Raises ApiError for what
    cannot be.
    """
    answer = copy.deepcopy(thing)
    for path in paths:
        steps = path.split(".")
        if len(steps) > DEPTH_LIMIT:
            raise invalid(
                f"You cannot expand more than {DEPTH_LIMIT} levels of a property: {path}.",
                param="expand",
            )
        _fill(store, answer, steps, path)
    return answer


def _fill(store: Store, thing: dict[str, Any], steps: list[str], path: str) -> None:
    step, rest = steps[0], steps[1:]
    if thing["object"] == "list" and step == "data" and rest:
        for item in thing["data"]:
            _fill(store, item, rest, path)
        return
    if step not in EXPANDABLE.get(thing["object"], set()):
        raise _cannot(path)
    if isinstance(thing[step], str):
        thing[step] = copy.deepcopy(store.objects[thing[step]])
    if rest and thing[step] is not None:
        _fill(store, thing[step], rest, path)


def _cannot(path: str) -> ApiError:
    return invalid(f"This property cannot be expanded ({path}).", param="expand")
