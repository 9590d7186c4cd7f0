"""People with passwords and authenticator apps, as sign-in sees them."""

import time

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp

from tests.factories import make_user

PASSWORD = "pha-mai-lai-kho-2569"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def person(email: str = "", *, app: bool = False, **facts):
    """Somebody who can sign in: a confirmed e-mail, a password, perhaps an authenticator app."""
    user = make_user(email, PASSWORD, **facts)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if app:
        totp.TOTP.activate(user, SECRET)
        RecoveryCodes.activate(user)
    return user


def code(secret: str = SECRET) -> str:
    """What the app shows now."""
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def sign_in(client, user, password: str = PASSWORD, **fields):
    return client.post("/accounts/login/", {"login": user.email, "password": password, **fields})


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session
