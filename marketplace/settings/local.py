"""A laptop: SQLite, files under `var/`, a secret key made once. Also what `make demo` runs with."""

import secrets

from marketplace.settings.base import *  # noqa: F403
from marketplace.settings.base import VAR, env

DEBUG = env.flag("DEBUG", default=False)


def _kept(name: str) -> str:
    """Return a random secret kept in `var/`, so that sessions survive a restart."""
    path = VAR / name
    VAR.mkdir(parents=True, exist_ok=True)
    if not path.is_file():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return path.read_text(encoding="ascii")


SECRET_KEY = env.text("SECRET_KEY", "") or _kept("secret-key")
EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
