from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from shop.placing import checks, guards, roles  # noqa: F401  (checks register themselves)


class PlacingConfig(AppConfig):
    name = "shop.placing"
    label = "placing"
    verbose_name = _("Placing orders")

    def ready(self):
        post_migrate.connect(guards.install, sender=self)
        post_migrate.connect(roles.ensure_thailand, sender=self)
