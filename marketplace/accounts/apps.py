from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import roles


class AccountsConfig(AppConfig):
    name = "marketplace.accounts"
    label = "accounts"
    verbose_name = _("People and roles")

    def ready(self) -> None:
        post_migrate.connect(roles.ensure_groups, sender=self)
