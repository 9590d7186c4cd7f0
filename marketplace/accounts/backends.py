"""allauth's backend, whose users come with what they need to prove."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model

from marketplace.accounts import second_factor


class PeopleBackend(AuthenticationBackend):
    def get_user(self, user_id):
        people = second_factor.with_duties(get_user_model().objects.filter(pk=user_id))
        user = people.first()
        return user if user and self.user_can_authenticate(user) else None
