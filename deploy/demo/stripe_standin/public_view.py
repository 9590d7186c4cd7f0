"""What a browser may see of a PaymentIntent: no metadata, no charge, no transfer group."""

from __future__ import annotations

from typing import Any

VISIBLE = (
    "id",
    "object",
    "amount",
    "amount_details",
    "automatic_payment_methods",
    "canceled_at",
    "cancellation_reason",
    "capture_method",
    "client_secret",
    "confirmation_method",
    "created",
    "currency",
    "description",
    "last_payment_error",
    "livemode",
    "next_action",
    "payment_method",
    "payment_method_types",
    "processing",
    "receipt_email",
    "setup_future_usage",
    "shipping",
    "source",
    "status",
)


def for_browser(body: dict[str, Any]) -> dict[str, Any]:
    """The same answer with each PaymentIntent cut down to what a publishable key may read."""
    if body.get("object") == "payment_intent":
        return {name: body[name] for name in VISIBLE}
    error = body.get("error")
    if error and "payment_intent" in error:
        return {"error": error | {"payment_intent": for_browser(error["payment_intent"])}}
    return body
