"""Checks what the stand-in is about to say against the annotated resource classes.

Each finding is a sentence; an empty list means that the object could have come from Stripe, as far
as types tell.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any, get_args, get_origin

from stripe import ListObject, StripeObject
from stripe._stripe_object import UntypedStripeObject

from deploy.demo.stripe_standin.annotations import (
    Reference,
    choices,
    fields_of,
    is_literal,
    resolve,
)

RESOURCES = {
    "payment_intent": "stripe._payment_intent.PaymentIntent",
    "payment_method": "stripe._payment_method.PaymentMethod",
    "charge": "stripe._charge.Charge",
    "refund": "stripe._refund.Refund",
    "balance": "stripe._balance.Balance",
    "balance_transaction": "stripe._balance_transaction.BalanceTransaction",
    "dispute": "stripe._dispute.Dispute",
    "payout": "stripe._payout.Payout",
    "event": "stripe._event.Event",
}


def findings(body: dict[str, Any]) -> list[str]:
    """Everything in an answer that the annotations do not allow."""
    if "error" in body:
        return list(
            _check_fields(body["error"], _class_at("stripe._error_object.ErrorObject"), "error")
        )
    return list(_check_resource(body, str(body.get("object"))))


def _check_resource(value: dict[str, Any], path: str) -> Iterator[str]:
    kind = value.get("object")
    if kind == "list":
        yield from _check_list(value, path)
    elif kind not in RESOURCES:
        yield f"{path}: no annotated class for object {kind!r}"
    else:
        yield from _check_fields(value, _class_at(RESOURCES[kind]), path)
    if kind == "event":
        yield from _check_resource(value["data"]["object"], f"{path}.data.object")


def _class_at(dotted: str) -> Any:
    module, _, name = dotted.rpartition(".")
    return getattr(importlib.import_module(module), name)


def _check_list(value: dict[str, Any], path: str) -> Iterator[str]:
    if set(value) != {"object", "data", "has_more", "url"}:
        yield f"{path}: a list holds object, data, has_more and url, not {sorted(value)}"
    for number, item in enumerate(value["data"]):
        yield from _check_resource(item, f"{path}[{number}]")


def _check_fields(value: dict[str, Any], kind: Any, path: str) -> Iterator[str]:
    fields = fields_of(kind)
    for name in value:
        if name not in fields:
            yield f"{path}.{name}: unknown field"
    for name, field in fields.items():
        if name in value:
            yield from _check(value[name], field.annotation, kind.__module__, f"{path}.{name}")
        elif field.required:
            yield f"{path}.{name}: missing"


def _check(value: Any, annotation: Any, module: str, path: str) -> Iterator[str]:
    allowed = choices(annotation, module)
    if isinstance(value, dict):
        yield from _check_object(value, allowed, module, path)
    elif isinstance(value, list):
        yield from _check_items(value, allowed, module, path)
    elif not any(_matches(value, choice) for choice in allowed):
        yield f"{path}: {value!r} is not allowed"


def _check_items(value: list[Any], allowed: list[Any], module: str, path: str) -> Iterator[str]:
    inner = next((get_args(choice)[0] for choice in allowed if get_origin(choice) is list), None)
    if inner is None:
        yield f"{path}: a list is not allowed"
        return
    for number, item in enumerate(value):
        yield from _check(item, inner, module, f"{path}[{number}]")


def _check_object(
    value: dict[str, Any], allowed: list[Any], module: str, path: str
) -> Iterator[str]:
    results = [list(check) for check in _readings(value, allowed, module, path)]
    if not results:
        yield f"{path}: an object is not allowed"
    elif all(results):
        yield from min(results, key=len)


def _readings(
    value: dict[str, Any], allowed: list[Any], module: str, path: str
) -> Iterator[Iterator[str]]:
    for choice in allowed:
        kind = resolve(choice) if isinstance(choice, Reference) else choice
        origin = get_origin(kind) or kind
        if origin in (UntypedStripeObject, dict):
            yield _check_mapping(value, kind, module, path)
        elif origin is ListObject:
            yield _check_list(value, path)
        elif isinstance(origin, type) and issubclass(origin, StripeObject):
            yield _check_fields(value, origin, path)


def _check_mapping(value: dict[str, Any], kind: Any, module: str, path: str) -> Iterator[str]:
    inner = get_args(kind)[-1] if get_args(kind) else Any
    for name, item in value.items():
        if inner is not Any:
            yield from _check(item, inner, module, f"{path}.{name}")


def _matches(value: Any, choice: Any) -> bool:
    if choice is Any:
        return True
    if is_literal(choice):
        return any(value == word and type(value) is type(word) for word in get_args(choice))
    if choice is float:
        return type(value) in (int, float)
    return value is None if choice is None else choice in (str, int, bool) and type(value) is choice
