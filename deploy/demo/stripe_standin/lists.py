"""Lists of objects, newest first, cut into pages by object id as Stripe does."""

from __future__ import annotations

import fnmatch
from collections.abc import Callable
from typing import Any

from deploy.demo.stripe_standin.act import Act
from deploy.demo.stripe_standin.balance import transactions
from deploy.demo.stripe_standin.errors import invalid

Thing = dict[str, Any]
COMPARE: dict[str, Callable[[int, int], bool]] = {
    "gt": lambda created, bound: created > bound,
    "gte": lambda created, bound: created >= bound,
    "lt": lambda created, bound: created < bound,
    "lte": lambda created, bound: created <= bound,
}


def list_intents(act: Act, params: dict[str, Any]) -> Thing:
    return _page(act.store.newest_first("payment_intent"), params, "/v1/payment_intents")


def list_charges(act: Act, params: dict[str, Any]) -> Thing:
    wanted = _equal(params, "payment_intent", "transfer_group")
    return _page(_pick(act.store.newest_first("charge"), wanted), params, "/v1/charges")


def list_refunds(act: Act, params: dict[str, Any]) -> Thing:
    wanted = _equal(params, "payment_intent", "charge")
    return _page(_pick(act.store.newest_first("refund"), wanted), params, "/v1/refunds")


def list_balance_transactions(act: Act, params: dict[str, Any]) -> Thing:
    found = _pick(transactions(act.store), _equal(params, "currency", "source", "type"))
    if "payout" in params:
        paid_out = act.store.paid_out
        found = [one for one in found if paid_out.get(one["id"]) == params["payout"]]
    return _page(found, params, "/v1/balance_transactions")


def list_disputes(act: Act, params: dict[str, Any]) -> Thing:
    wanted = _equal(params, "payment_intent", "charge")
    return _page(_pick(act.store.newest_first("dispute"), wanted), params, "/v1/disputes")


def list_payouts(act: Act, params: dict[str, Any]) -> Thing:
    wanted = _equal(params, "status")
    return _page(_pick(act.store.newest_first("payout"), wanted), params, "/v1/payouts")


def list_events(act: Act, params: dict[str, Any]) -> Thing:
    if "type" in params and "types" in params:
        raise invalid("You may pass either type or types, but not both.", param="types")
    patterns = params.get("types") or [params.get("type", "*")]
    events = [event for event in act.store.newest_first("event") if _is_of(event["type"], patterns)]
    if "delivery_success" in params:
        events = [e for e in events if (e["pending_webhooks"] == 0) == params["delivery_success"]]
    return _page(events, params, "/v1/events")


def retrieve_event(act: Act, params: dict[str, Any], event_id: str) -> Thing:
    return act.store.find("event", event_id, "id")


def _is_of(kind: str, patterns: list[str]) -> bool:
    return any(fnmatch.fnmatchcase(kind, pattern) for pattern in patterns)


def _equal(params: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: params[name] for name in names if name in params}


def _pick(things: list[Thing], wanted: dict[str, Any]) -> list[Thing]:
    return [
        thing for thing in things if all(thing[name] == value for name, value in wanted.items())
    ]


def _page(things: list[Thing], params: dict[str, Any], url: str) -> Thing:
    things = [thing for thing in things if _made_when(thing["created"], params.get("created"))]
    limit = params.get("limit", 10)
    if not 1 <= limit <= 100:
        raise invalid(
            "The limit must be from 1 to 100.", code="parameter_invalid_integer", param="limit"
        )
    rest, backwards = _after_cursor(things, params)
    chosen = rest[-limit:] if backwards else rest[:limit]
    return {"object": "list", "data": chosen, "has_more": len(rest) > limit, "url": url}


def _made_when(created: int, wanted: int | dict[str, int] | None) -> bool:
    if isinstance(wanted, dict):
        return all(COMPARE[name](created, bound) for name, bound in wanted.items())
    return wanted is None or created == wanted


def _after_cursor(things: list[Thing], params: dict[str, Any]) -> tuple[list[Thing], bool]:
    if "starting_after" in params:
        return things[_position(things, params["starting_after"], "starting_after") + 1 :], False
    if "ending_before" in params:
        return things[: _position(things, params["ending_before"], "ending_before")], True
    return things, False


def _position(things: list[Thing], object_id: str, param: str) -> int:
    for number, thing in enumerate(things):
        if thing["id"] == object_id:
            return number
    raise invalid(f"No such object: '{object_id}'", code="resource_missing", param=param)
