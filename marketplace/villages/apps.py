from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from marketplace.villages import roles


class VillagesConfig(AppConfig):
    name = "marketplace.villages"
    label = "villages"
    verbose_name = _("Villages, programmes and routes")

    def ready(self) -> None:
        post_migrate.connect(roles.grant_permissions, sender=self)
