"""Errors in the shape in which Stripe answers them."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """A refusal that the caller sees: HTTP status and Stripe's error object."""

    def __init__(self, status: int, kind: str, message: str, **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.error = {"type": kind, "message": message}
        self.error |= {name: value for name, value in more.items() if value is not None}

    def body(self) -> dict[str, Any]:
        return {"error": self.error}


def invalid(message: str, *, status: int = 400, **more: Any) -> ApiError:
    """A request Stripe would refuse; `code`, `param` and the like go into the error object."""
    return ApiError(status, "invalid_request_error", message, **more)


def not_built(what: str) -> ApiError:
    """Something real Stripe does and the stand-in does not: a loud 501, so that nobody mistakes it
    for Stripe's word.
    """
    return ApiError(501, "api_error", f"The stand-in for Stripe does not do this: {what}.")


def missing(kind: str, object_id: str, param: str, *, status: int = 404) -> ApiError:
    message = f"No such {kind}: '{object_id}'"
    return invalid(message, status=status, code="resource_missing", param=param)


def unexpected_state(message: str, intent: dict[str, Any]) -> ApiError:
    return invalid(message, code="payment_intent_unexpected_state", payment_intent=intent)
