"""Who is calling: the shop's server with a test key, or a browser with a publishable one. Live keys
are refused.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any

from deploy.demo.stripe_standin.errors import ApiError, invalid
from deploy.demo.stripe_standin.settings import API_VERSION
from deploy.demo.stripe_standin.wire import Request

SECRET = re.compile(r"[sr]k_test_[A-Za-z0-9_]+")
PUBLISHABLE = re.compile(r"pk_test_[A-Za-z0-9_]+")


def read_key(request: Request, fields: dict[str, Any]) -> str:
    """The API key of a request, from its header or, as browsers send it, from the form. Raises
    ApiError 401.
    """
    scheme, _, given = request.header("Authorization").partition(" ")
    key = _from_basic(given) if scheme.lower() == "basic" else given.strip()
    key = key or str(fields.get("key", ""))
    if not key:
        raise invalid("You did not provide an API key.", status=401)
    if "_live_" in key:
        raise invalid("This is the stand-in for Stripe: live keys are refused.", status=401)
    if not SECRET.fullmatch(key) and not PUBLISHABLE.fullmatch(key):
        raise invalid(f"Invalid API Key provided: {key[:7]}***", status=401)
    return key


def _from_basic(given: str) -> str:
    try:
        return base64.b64decode(given, validate=True).decode().partition(":")[0]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def is_publishable(key: str) -> bool:
    return key.startswith("pk_")


def check_side(key: str, for_browser: bool) -> None:
    if is_publishable(key) and not for_browser:
        message = "This API call cannot be made with a publishable API key."
        raise invalid(message, status=401, code="secret_key_required")


def check_version(request: Request) -> None:
    version = request.header("Stripe-Version")
    if version != API_VERSION:
        raise _wrong_version(version)
    if request.header("Stripe-Account"):
        raise ApiError(501, "api_error", "The stand-in for Stripe has no connected accounts.")


def _wrong_version(version: str) -> ApiError:
    return invalid(
        f"Invalid Stripe API version: {version or 'none'}; the stand-in speaks only {API_VERSION}."
    )
