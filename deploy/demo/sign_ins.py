"""How people of the demo sign in: one password, and apps whose codes everybody may read.

Only ever installed with DEMO=1. The secrets come from the e-mail address, so that a phone set up
once keeps working after `make demo-fresh`.
"""

import base64
import hashlib
import time

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp

from deploy.demo.welcome import PASSWORD as PASSWORD

PERIOD_SECONDS = 30


def confirm_email(user) -> None:
    """Let somebody sign in at once, as if the letter had been answered."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


def give_totp(user) -> str:
    """Set up an authenticator app with recovery codes for somebody; returns its secret."""
    secret = secret_of(user.email)
    totp.TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def secret_of(email: str) -> str:
    digest = hashlib.sha1(f"otop-demo:{email}".encode()).digest()
    return base64.b32encode(digest).decode("ascii")


def current_code(email: str) -> str:
    """The six digits that the person's app shows now."""
    counter = int(time.time()) // PERIOD_SECONDS
    return totp.format_hotp_value(totp.hotp_value(secret_of(email), counter))


def seconds_left() -> int:
    return PERIOD_SECONDS - int(time.time()) % PERIOD_SECONDS
