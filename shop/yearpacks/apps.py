from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from marketplace.core import periodic
from shop.yearpacks import checks, guards, roles  # noqa: F401  (checks register themselves)


class YearPacksConfig(AppConfig):
    name = "shop.yearpacks"
    label = "yearpacks"
    verbose_name = _("Fiscal-year packs")

    def ready(self):
        post_migrate.connect(guards.install, sender=self)
        post_migrate.connect(roles.grant_permissions, sender=self)
        periodic.every(60, "year-packs", "shop.yearpacks.making.take_up_lost")
