"""Rules for single fields of a PaymentIntent that types alone cannot express."""

from __future__ import annotations

import re
from typing import Any

from deploy.demo.stripe_standin.errors import invalid
from deploy.demo.stripe_standin.settings import MAX_AMOUNT_SATANG, MIN_AMOUNT_SATANG

SHIPPING_PARTS = ("carrier", "name", "phone", "tracking_number")
ADDRESS_PARTS = ("city", "country", "line1", "line2", "postal_code", "state")
METADATA_KEYS, METADATA_KEY_LENGTH, METADATA_VALUE_LENGTH = 50, 40, 500
SUFFIX_LENGTH = 22


def check_amount(amount_satang: int) -> None:
    if amount_satang < 1:
        message = "This value must be greater than or equal to 1."
        raise invalid(message, code="parameter_invalid_integer", param="amount")
    if amount_satang < MIN_AMOUNT_SATANG:
        raise invalid("Amount must be at least ฿10.00 thb", code="amount_too_small", param="amount")
    if amount_satang > MAX_AMOUNT_SATANG:
        raise invalid(
            "Amount must be no more than ฿999,999.99", code="amount_too_large", param="amount"
        )


def read_currency(text: str) -> str:
    if text.lower() != "thb":
        raise invalid(
            f"Invalid currency: {text.lower()}. The stand-in supports only thb.", param="currency"
        )
    return "thb"


def check_email(email: str | None) -> None:
    if email and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        raise invalid(
            f"Invalid email address: {email}", code="email_invalid", param="receipt_email"
        )


def check_suffix(text: str | None) -> None:
    """A card statement shows the account's prefix, then this: at most 22 characters, one a Latin
    letter.
    """
    if text is None:
        return
    if (
        len(text) > SUFFIX_LENGTH
        or not re.search("[A-Za-z]", text)
        or re.search(r"[<>\\'\"*]", text)
    ):
        message = "A suffix has a Latin letter, at most 22 characters, and none of < > \\ ' \" *."
        raise invalid(message, param="statement_descriptor_suffix")


def full_shipping(given: dict[str, Any] | str | None) -> dict[str, Any] | None:
    if not given or isinstance(given, str):
        return None
    shipping = {part: given.get(part) for part in SHIPPING_PARTS}
    address = given.get("address", {})
    return shipping | {"address": {part: address.get(part) for part in ADDRESS_PARTS}}


def merge_metadata(old: dict[str, str], given: dict[str, str] | str) -> dict[str, str]:
    """Old and new together; an empty value removes its key and an empty whole removes all."""
    if isinstance(given, str):
        return {}
    merged = {key: value for key, value in (old | given).items() if value != ""}
    _check_metadata(merged)
    return merged


def _check_metadata(metadata: dict[str, str]) -> None:
    if len(metadata) > METADATA_KEYS:
        raise invalid("You may only have up to 50 metadata keys.", param="metadata")
    for key, value in metadata.items():
        if len(key) > METADATA_KEY_LENGTH or len(value) > METADATA_VALUE_LENGTH:
            message = "Metadata keys have at most 40 characters and values at most 500."
            raise invalid(message, param=f"metadata[{key}]")
