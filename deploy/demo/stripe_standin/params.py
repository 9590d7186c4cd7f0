"""Checks what a caller sent against the annotated parameters, and turns the form's text into
numbers and lists.
"""

from __future__ import annotations

import re
from typing import Any, get_args, get_origin

from typing_extensions import is_typeddict

from deploy.demo.stripe_standin.annotations import choices, fields_of, is_literal, params_class
from deploy.demo.stripe_standin.errors import ApiError, invalid

NO_LONGER_SUPPORTED = "payment_method_types"


def read_params(
    operation: str, fields: dict[str, Any], extra: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """The typed parameters of an operation. Raises ApiError 400 as Stripe does on anything not
    annotated.

    `extra` names text parameters that only the browser's library sends and that stripe-python
    cannot know.
    """
    if NO_LONGER_SUPPORTED in fields and operation.startswith("payment_intent"):
        raise _removed_parameter()
    known = {name: value for name, value in fields.items() if name not in extra}
    typed = _read_object(known, params_class(operation), "")
    return typed | {name: fields[name] for name in extra if isinstance(fields.get(name), str)}


def _removed_parameter() -> ApiError:
    message = (
        "The parameter payment_method_types is no longer supported as of 2026-09-30.endive."
        " Use allowed_payment_method_types instead."
    )
    return invalid(
        message, code="payment_method_types_no_longer_supported", param=NO_LONGER_SUPPORTED
    )


def _read_object(value: dict[str, Any], kind: Any, path: str) -> dict[str, Any]:
    fields = fields_of(kind)
    _refuse_unknown([_join(path, name) for name in value if name not in fields])
    for name, field in fields.items():
        if field.required and name not in value:
            raise _missing(_join(path, name))
    return {
        name: _read(item, fields[name].annotation, kind.__module__, _join(path, name))
        for name, item in value.items()
    }


def _join(path: str, name: str) -> str:
    return f"{path}[{name}]" if path else name


def _refuse_unknown(names: list[str]) -> None:
    if names:
        plural = "s" if len(names) > 1 else ""
        message = f"Received unknown parameter{plural}: {', '.join(names)}"
        raise invalid(message, code="parameter_unknown", param=names[0])


def _missing(path: str) -> ApiError:
    return invalid(f"Missing required param: {path}.", code="parameter_missing", param=path)


def _read(value: Any, annotation: Any, module: str, path: str) -> Any:
    allowed = choices(annotation, module)
    if isinstance(value, dict):
        return _read_nested(value, allowed, module, path)
    return _read_text(value, allowed, path)


def _read_nested(value: dict[str, Any], allowed: list[Any], module: str, path: str) -> Any:
    for choice in allowed:
        if is_typeddict(choice):
            return _read_object(value, choice, path)
        if get_origin(choice) is list:
            return _read_list(value, get_args(choice)[0], module, path)
        if get_origin(choice) is dict:
            return _read_mapping(value, path)
    raise invalid(f"Invalid {_expected(allowed)}: {path} was sent as an object.", param=path)


def _read_mapping(value: dict[str, Any], path: str) -> dict[str, str]:
    """Metadata: an empty value is no mistake, it removes the key."""
    for key, item in value.items():
        if isinstance(item, dict):
            raise invalid("Invalid string", param=_join(path, key))
    return dict(value)


def _read_list(value: dict[str, Any], item: Any, module: str, path: str) -> list[Any]:
    if not all(key.isdecimal() for key in value):
        raise invalid("Invalid array", param=path)
    ordered = sorted(value, key=int)
    return [_read(value[key], item, module, _join(path, key)) for key in ordered]


def _read_text(value: str, allowed: list[Any], path: str) -> Any:
    words = [word for choice in allowed if is_literal(choice) for word in get_args(choice)]
    if value in words:
        return value
    if bool in allowed and value in ("true", "false"):
        return value == "true"
    if int in allowed and re.fullmatch(r"-?\d+", value):
        return int(value)
    if str in allowed and value:
        return value
    raise _wrong_text(value, allowed, words, path)


def _wrong_text(value: str, allowed: list[Any], words: list[str], path: str) -> ApiError:
    if value == "":
        message = f"You passed an empty string for '{path}', which cannot be unset."
        return invalid(message, code="parameter_invalid_empty", param=path)
    if int in allowed:
        return invalid(f"Invalid integer: {value}", code="parameter_invalid_integer", param=path)
    named = [word for word in words if word]
    if named:
        return invalid(f"Invalid {path}: must be one of {', '.join(named)}", param=path)
    return invalid(f"Invalid {_expected(allowed)}", param=path)


def _expected(allowed: list[Any]) -> str:
    if any(get_origin(choice) is list for choice in allowed):
        return "array"
    if any(is_typeddict(choice) or get_origin(choice) is dict for choice in allowed):
        return "object"
    return next((kind.__name__ for kind in (int, bool) if kind in allowed), "string")
