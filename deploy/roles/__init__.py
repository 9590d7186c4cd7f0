"""Separate roles of PostgreSQL, so that the site itself cannot rewrite what it has recorded."""

from dataclasses import dataclass


class Refusal(Exception):
    """Nothing was changed; the text says why, and what to do."""


@dataclass(frozen=True)
class Roles:
    """Names of the three roles."""

    owner: str = "marketplace_owner"
    application: str = "marketplace_application"
    reporting: str = "marketplace_reporting"
