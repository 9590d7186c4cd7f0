from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from marketplace.producers import roles


class ProducersConfig(AppConfig):
    name = "marketplace.producers"
    label = "producers"
    verbose_name = _("Producers")

    def ready(self) -> None:
        from marketplace.accounts import second_factor  # noqa: PLC0415  need the models
        from marketplace.producers import duties  # noqa: PLC0415

        second_factor.require_for(duties.change_of_payout_account)
        post_migrate.connect(roles.grant_permissions, sender=self)
