from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from marketplace.core import periodic
from shop.stall import checks, roles  # noqa: F401  (checks register themselves)

DAY_SECONDS = 24 * 60 * 60


class StallConfig(AppConfig):
    name = "shop.stall"
    label = "stall"
    verbose_name = _("Sales declared at a market stall")

    def ready(self):
        post_migrate.connect(roles.grant_permissions, sender=self)
        periodic.every(DAY_SECONDS, "stall.receipts", "shop.stall.services.forget_unused_receipts")
