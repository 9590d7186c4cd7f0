from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from shop.targets import checks, guards  # noqa: F401  (checks register themselves)


class TargetsConfig(AppConfig):
    name = "shop.targets"
    label = "targets"
    verbose_name = _("Targets and baseline")

    def ready(self):
        post_migrate.connect(guards.install, sender=self)
