"""allauth's backend, whose users come with what they need to prove."""

from allauth.account.auth_backends import AuthenticationBackend

from marketplace.accounts import second_factor


class PeopleBackend(AuthenticationBackend):
    def get_user(self, user_id):
        user = second_factor.find_with_duties(user_id)
        return user if user and self.user_can_authenticate(user) else None
