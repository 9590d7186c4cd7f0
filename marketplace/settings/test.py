"""Tests: the demo's builders are at hand, hashing is quick, the cache is per process."""

import os
from pathlib import Path

os.environ["DEMO"] = (
    "1"  # before base reads it: tests/factories.py uses the builders of deploy.demo
)

from marketplace.settings.base import *  # noqa: F403
from marketplace.settings.base import STORAGES, VAR

DEBUG = False
SECRET_KEY = "tests-only-" + "0123456789abcdef" * 4
FIELD_KEYS = ["MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PAGE_CACHE_SECONDS = 0  # a page kept for one test would be shown to the next
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
MEDIA_ROOT = VAR / "test-media"
PRIVATE_ROOT = Path(os.environ.get("TEST_PRIVATE_ROOT", VAR / "test-private"))
STRIPE_SECRET_KEY = "sk_test_tests"
STRIPE_PUBLISHABLE_KEY = "pk_test_tests"
STRIPE_WEBHOOK_SECRETS = ["whsec_tests"]
STRIPE_API_URL = "http://127.0.0.1:1"  # nothing listens: a test that pays starts the stand-in
