"""Sends one event to the shop's webhook, signed as Stripe signs."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import time
from typing import Any
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 20.0


def signature_header(payload: bytes, secrets: list[str], timestamp: int) -> str:
    """`t=…,v1=…` with one signature for each secret: two while a secret is being changed."""
    signed = str(timestamp).encode() + b"." + payload
    signatures = [
        hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest() for secret in secrets
    ]
    return ",".join([f"t={timestamp}", *(f"v1={signature}" for signature in signatures)])


def send(url: str, event: dict[str, Any], secrets: list[str]) -> str:
    """Post an event and say in a word how it went: a status such as `200`, or the name of the
    failure.
    """
    payload = json.dumps(event, ensure_ascii=False, indent=2).encode()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Stripe/1.0 (stand-in; no money moves)",
        "Stripe-Signature": signature_header(payload, secrets, int(time.time())),
    }
    try:
        return str(_post(url, payload, headers))
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__


def _post(url: str, payload: bytes, headers: dict[str, str]) -> int:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("POST", parts.path or "/", payload, headers)
        response = connection.getresponse()
        response.read()
        return response.status
    finally:
        connection.close()
