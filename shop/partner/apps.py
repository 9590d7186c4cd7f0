from django.db.models.signals import post_migrate
from oscar.apps.partner import apps

from shop.partner import guards


class PartnerConfig(apps.PartnerConfig):
    name = "shop.partner"

    def ready(self):
        super().ready()
        post_migrate.connect(guards.STOCK_NOT_BELOW_ZERO.install, sender=self)
