"""Django's test client, signing people in as the site would: with their second factor."""

import time

from allauth.account.internal.flows import login
from django.test import Client

from marketplace.accounts.middleware import SEEN_AT


class Visitor(Client):
    def force_login(self, user, backend=None, *, second_factor: bool = True) -> None:
        """Sign somebody in; without a second factor staff reach nothing but its set-up."""
        super().force_login(user, backend)
        if second_factor:
            session = self.session
            session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [
                {"method": "mfa", "at": time.time(), "reauthenticated": True}
            ]
            session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
            session[SEEN_AT] = time.time()
            session.save()
