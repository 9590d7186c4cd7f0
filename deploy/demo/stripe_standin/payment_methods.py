"""Payment methods: only cards, made by the browser's card frame or named by one of Stripe's
`pm_card_…` tokens.
"""

from __future__ import annotations

from typing import Any

from deploy.demo.stripe_standin.act import Act
from deploy.demo.stripe_standin.cards import (
    BY_NUMBER,
    BY_TOKEN,
    TrialCard,
    decline_for,
    passes_luhn,
)
from deploy.demo.stripe_standin.errors import ApiError, invalid, not_built
from deploy.demo.stripe_standin.store import new_id

BILLING_PARTS = ("address", "email", "name", "phone", "tax_id")
ADDRESS_PARTS = ("city", "country", "line1", "line2", "postal_code", "state")
FAR_FUTURE = (12, 2034)


def create(act: Act, params: dict[str, Any]) -> dict[str, Any]:
    """Take a card from the browser. A number sent with a secret key is refused, as Stripe does (PCI
    DSS SAQ A).
    """
    if not act.from_browser:
        raise _raw_card_refused()
    if params.get("type") != "card":
        raise not_built(f"payment methods of type {params.get('type')}")
    details = params.get("card", {})
    card = _known_card(details)
    expiry = (details["exp_month"], details["exp_year"])
    return _new_card(act, card, expiry, params.get("billing_details") or {})


def retrieve(act: Act, params: dict[str, Any], method_id: str) -> dict[str, Any]:
    return act.store.find("payment_method", method_id, "payment_method")


def pick(act: Act, name: str) -> dict[str, Any]:
    """The payment method a caller names: one made before, or a new one from a test token."""
    if name in BY_TOKEN:
        return _new_card(act, BY_TOKEN[name], FAR_FUTURE, {})
    method = act.store.find("payment_method", name, "payment_method", status=400)
    if act.store.cards[name]["used"]:
        raise invalid(f"The PaymentMethod {name} was used before. It may not be used again.")
    return method


def _raw_card_refused() -> ApiError:
    message = "Sending credit card numbers directly to the Stripe API is unsafe and refused."
    return invalid(message, status=402)


def _known_card(details: dict[str, Any]) -> TrialCard:
    for name in ("number", "exp_month", "exp_year", "cvc"):
        if name not in details:
            raise invalid(
                f"Missing required param: card[{name}].",
                code="parameter_missing",
                param=f"card[{name}]",
            )
    number = details["number"].replace(" ", "")
    if not number.isdecimal() or not 12 <= len(number) <= 19 or not passes_luhn(number):
        raise card_error("incorrect_number")
    _check_expiry_and_code(details)
    if number not in BY_NUMBER:
        raise card_error(
            "test_mode_live_card", "Your card was declined. The stand-in knows only its test cards."
        )
    return BY_NUMBER[number]


def _check_expiry_and_code(details: dict[str, Any]) -> None:
    if not 1 <= details["exp_month"] <= 12:
        raise _wrong_part(
            "invalid_expiry_month", "Your card's expiration month is invalid.", "exp_month"
        )
    if not 2000 <= details["exp_year"] <= 2100:
        raise _wrong_part(
            "invalid_expiry_year", "Your card's expiration year is invalid.", "exp_year"
        )
    if not details["cvc"].isdecimal() or len(details["cvc"]) not in (3, 4):
        raise _wrong_part("invalid_cvc", "Your card's security code is invalid.", "cvc")


def _wrong_part(code: str, message: str, param: str) -> ApiError:
    return ApiError(402, "card_error", message, code=code, param=param)


def card_error(reason: str, message: str | None = None, **more: Any) -> ApiError:
    """A 402 of a declined card; `more` adds the charge and the PaymentIntent when an attempt was
    made.
    """
    decline = decline_for(reason)
    return ApiError(
        402,
        "card_error",
        message or decline.message,
        code=decline.code,
        decline_code=decline.decline_code,
        param=decline.param,
        **more,
    )


def _new_card(
    act: Act, card: TrialCard, expiry: tuple[int, int], billing: dict[str, Any]
) -> dict[str, Any]:
    method = {
        "id": new_id("pm"),
        "object": "payment_method",
        "allow_redisplay": "unspecified",
        "billing_details": billing_details(billing),
        "card": _card_details(card, expiry),
        "created": act.store.now(),
        "customer": None,
        "customer_account": None,
        "livemode": False,
        "metadata": {},
        "type": "card",
    }
    act.store.cards[method["id"]] = {
        "outcome": card.outcome,
        "dispute": card.dispute,
        "used": False,
    }
    return act.store.add(method)


def billing_details(given: dict[str, Any]) -> dict[str, Any]:
    details = {part: given.get(part) or None for part in BILLING_PARTS}
    address = given.get("address") or {}
    details["address"] = {part: address.get(part) or None for part in ADDRESS_PARTS}
    return details


def _card_details(card: TrialCard, expiry: tuple[int, int]) -> dict[str, Any]:
    return {
        "brand": card.brand,
        "checks": {
            "address_line1_check": None,
            "address_postal_code_check": None,
            "cvc_check": "unchecked",
        },
        "country": "US",
        "display_brand": card.brand,
        "exp_month": expiry[0],
        "exp_year": expiry[1],
        "fingerprint": f"standin{card.last4}",
        "funding": "credit",
        "generated_from": None,
        "last4": card.last4,
        "networks": {"available": [card.brand], "preferred": None},
        "regulated_status": "unregulated",
        "three_d_secure_usage": {"supported": True},
        "wallet": None,
    }
