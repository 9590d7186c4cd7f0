from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from shop.bookkeeping import checks, guards, roles  # noqa: F401  (checks register themselves)


class BookkeepingConfig(AppConfig):
    name = "shop.bookkeeping"
    label = "bookkeeping"
    verbose_name = _("Books of the market")

    def ready(self):
        post_migrate.connect(guards.install, sender=self)
        post_migrate.connect(roles.grant_permissions, sender=self)
