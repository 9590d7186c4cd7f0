"""A text column that is encrypted at rest with the keys of FIELD_KEYS (newest first)."""

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models


def _cipher() -> MultiFernet:
    if not settings.FIELD_KEYS:
        raise ImproperlyConfigured("FIELD_KEYS is required to store secret fields.")
    return MultiFernet([Fernet(key) for key in settings.FIELD_KEYS])


def encrypt(text: str) -> str:
    return _cipher().encrypt(text.encode()).decode("ascii")


def decrypt(text: str) -> str:
    return _cipher().decrypt(text.encode("ascii")).decode()


class SecretTextField(models.TextField):
    """Encrypts on the way in, decrypts on the way out; cannot be searched or sorted by.

    A new first key in FIELD_KEYS encrypts from then on; old keys still decrypt.
    """

    def get_prep_value(self, value: str | None) -> str | None:
        value = super().get_prep_value(value)
        return value and encrypt(value)

    def from_db_value(self, value: str | None, expression, connection) -> str | None:
        return value and decrypt(value)
