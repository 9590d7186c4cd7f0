"""Typed readers of environment variables that fail loudly.

A value that is missing or malformed stops the start with one sentence that names the variable.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off", ""}


class BadSetting(SystemExit):
    """Stop the process with a sentence on stderr and exit code 1."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"Configuration: {name} {problem}.")
        self.name = name


def load_file(path: Path) -> None:
    """Read NAME=value lines of a `.env` file. What the environment already says wins."""
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name, found, value = line.strip().partition("=")
        if found and not name.startswith("#"):
            os.environ.setdefault(name.strip(), value.strip().strip("\"'"))


def text(name: str, default: str | None = None) -> str:
    """Return the variable; without a default it is required and may not be empty."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise BadSetting(name, "is required and is not set")
    return default


def flag(name: str, default: bool) -> bool:
    word = os.environ.get(name)
    if word is None:
        return default
    if word.lower() in TRUE_WORDS:
        return True
    if word.lower() in FALSE_WORDS:
        return False
    raise BadSetting(name, f"must be 1 or 0, not {word!r}")


def whole_number(name: str, default: int, minimum: int = 0) -> int:
    word = os.environ.get(name, "").strip() or str(default)
    if not word.isascii() or not word.isdigit() or int(word) < minimum:
        raise BadSetting(name, f"must be a whole number of at least {minimum}, not {word!r}")
    return int(word)


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated list without empty entries."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def url(name: str, default: str | None = None, schemes: tuple[str, ...] = ("http", "https")) -> str:
    """Return a URL without its trailing slash, of one of the schemes."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in schemes or not (parts.netloc or parts.path):
        raise BadSetting(name, f"must be a URL that starts with {' or '.join(schemes)}")
    return value


def database(name: str, default: str | None = None, conn_max_age_seconds: int = 60) -> dict:
    """Return Django's settings for a `sqlite:///path` or `postgresql://…` URL."""
    value = url(name, default, ("sqlite", "postgresql", "postgres"))
    if value.startswith("sqlite"):
        return _sqlite(value)
    parts = urlsplit(value)
    if not parts.path.strip("/"):
        raise BadSetting(name, "names no database after the host")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": parts.username or "",
        "PASSWORD": parts.password or "",
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": conn_max_age_seconds,
        "CONN_HEALTH_CHECKS": True,
    }


def _sqlite(value: str) -> dict:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": value.removeprefix("sqlite:///"),
        # Tried with 40 buyers at once: IMMEDIATE keeps all 40 waiting for their turn,
        # SQLite's default mode locks 39 of them out.
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def cache(name: str, default: str) -> dict:
    """Return Django's settings for `file:///path`, `redis://host:port/0` or `memory://`."""
    value = text(name, default)
    scheme, _, rest = value.partition("://")
    if scheme == "file":
        backend = "django.core.cache.backends.filebased.FileBasedCache"
        return {"BACKEND": backend, "LOCATION": rest, "OPTIONS": {"MAX_ENTRIES": 20_000}}
    if scheme in ("redis", "rediss"):
        return {"BACKEND": "marketplace.core.cache.ForgivingRedisCache", "LOCATION": value}
    if scheme == "memory":
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    raise BadSetting(name, "must start with file://, redis:// or memory://")
