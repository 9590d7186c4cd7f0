"""A laptop: SQLite, files under `var/`, a secret key made once. Also what `make demo` runs with."""

import secrets

from cryptography.fernet import Fernet

from marketplace.settings.base import *  # noqa: F403
from marketplace.settings.base import FIELD_KEYS, STATIC_ROOT, STORAGES, VAR, env

DEBUG = env.flag("DEBUG", default=False)


def _kept(name: str, make) -> str:
    """Return a secret made once and kept in `var/`, so that sessions survive a restart."""
    path = VAR / name
    VAR.mkdir(parents=True, exist_ok=True)
    if not path.is_file():
        path.touch(mode=0o600)
        path.write_text(make(), encoding="ascii")
    return path.read_text(encoding="ascii")


SECRET_KEY = env.text("SECRET_KEY", "") or _kept("secret-key", lambda: secrets.token_urlsafe(48))
EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
FIELD_KEYS = FIELD_KEYS or [_kept("field-key", lambda: Fernet.generate_key().decode())]
# One laptop, no build step: static files are served from where they lie.
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a folder that is not there
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
