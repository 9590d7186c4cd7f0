from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from marketplace.places import roles


class PlacesConfig(AppConfig):
    name = "marketplace.places"
    label = "places"
    verbose_name = _("Administrative places")

    def ready(self) -> None:
        post_migrate.connect(roles.grant_permissions, sender=self)
