from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from shop.fees import checks, guards, roles  # noqa: F401  (checks register themselves)


class FeesConfig(AppConfig):
    name = "shop.fees"
    label = "fees"
    verbose_name = _("Fees of the market")

    def ready(self):
        post_migrate.connect(guards.install, sender=self)
        post_migrate.connect(roles.grant_permissions, sender=self)
