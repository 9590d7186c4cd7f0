"""Which real servers this run may use, as `make services` wrote them down."""

import os
from pathlib import Path

ENV_FILE = Path(__file__).resolve().parent.parent / "var" / "services.env"
NEEDS = {
    "browser": ("TEST_CHROMIUM", "Chromium"),
    "postgres": ("TEST_POSTGRES_URL", "PostgreSQL"),
    "redis": ("TEST_REDIS_URL", "Redis"),
}


def load() -> None:
    """Put what `make services` found into the environment; what is already there wins."""
    if ENV_FILE.exists():
        for line in ENV_FILE.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition("=")
            os.environ.setdefault(name, value)


def missing_for(markers: set[str]) -> str:
    """Return why a test with these markers cannot run here, or an empty string."""
    for marker, (variable, service) in NEEDS.items():
        if marker in markers and not os.environ.get(variable):
            return f"needs {service}: install it and run `make services`"
    return ""


def are_required() -> bool:
    return os.environ.get("REQUIRE_SERVICES") == "1"
