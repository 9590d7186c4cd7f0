"""Where allauth asks us: where people land, which addresses are safe, how secrets are kept."""

from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.shortcuts import resolve_url

from marketplace.accounts import landing, second_factor
from marketplace.core import secrets


class AccountAdapter(DefaultAccountAdapter):
    def get_login_redirect_url(self, request) -> str:
        """Staff begin in the admin, others where `landing` says, or on their account page."""
        if request.user.has_perm("wagtailadmin.access_admin"):
            return resolve_url("wagtailadmin_home")
        beginning = landing.beginning_of(request.user)
        return resolve_url(beginning.url_name if beginning else "account_home")

    def is_safe_url(self, url) -> bool:
        """Paths of this site only; allauth would take whole addresses of allowed hosts too."""
        return bool(url) and not urlsplit(url).netloc and super().is_safe_url(url)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the shared secret and recovery codes encrypted with FIELD_KEYS."""

    def encrypt(self, text: str) -> str:
        return secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """A compulsory second factor can be replaced by staff, never switched off."""
        return not second_factor.duties_of(authenticator.user).needs_second_factor
