"""How one running stand-in behaves. Everything here may be changed while it runs; tests do."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

import stripe

API_VERSION = stripe.api_version
SECRET_KEY = "sk_test_standin"
PUBLISHABLE_KEY = "pk_test_standin"
WEBHOOK_SECRET = "whsec_standin"
MIN_AMOUNT_SATANG = 1000
MAX_AMOUNT_SATANG = 99_999_999


@dataclass
class Fees:
    """What a card payment costs. Invented figures: Stripe's Thai prices were never confirmed by
    anybody here.
    """

    basis_points: int = 365
    fixed_satang: int = 1000
    vat_percent: int = 7


@dataclass
class Settings:
    """The dispute fee is invented too; where it is given back for a dispute that was won differs
    from country to country.
    """

    activated: tuple[str, ...] = ("card",)
    fees: Fees = field(default_factory=Fees)
    dispute_fee_satang: int = 50_000
    dispute_fee_returned: bool = False
    available_after_seconds: int = 7 * 24 * 3600
    webhook_url: str | None = None
    webhook_secrets: list[str] = field(default_factory=lambda: [WEBHOOK_SECRET])
    enabled_events: tuple[str, ...] = ("*",)
    shop_origins: set[str] = field(default_factory=set)
    hold_processing: bool = False
    hold_fees: bool = False
    next_declines: list[str] = field(default_factory=list)


def shop_origins_of(url: str | None) -> set[str]:
    """The shop behind a webhook address, under both names people type for this machine."""
    if not url:
        return set()
    parts = urlsplit(url)
    hosts = (
        {"127.0.0.1", "localhost"}
        if parts.hostname in ("127.0.0.1", "localhost")
        else {parts.hostname}
    )
    port = f":{parts.port}" if parts.port else ""
    return {f"{parts.scheme}://{host}{port}" for host in hosts}
