from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from marketplace.core import periodic


class LedgerConfig(AppConfig):
    name = "marketplace.ledger"
    label = "ledger"
    verbose_name = _("Ledger")

    def ready(self) -> None:
        from marketplace.ledger import checks, guards  # noqa: F401, PLC0415  needs the models
        from marketplace.ledger.guards import sqlite  # noqa: PLC0415

        connection_created.connect(sqlite.bring_function)
        pre_migrate.connect(guards.remove_before_migrate, sender=self)
        post_migrate.connect(guards.install_after_migrate, sender=self)
        periodic.every(
            3_600, "ledger.public_total", "marketplace.ledger.public_totals.count_public_totals"
        )
        periodic.every(30, "ledger.seal", "marketplace.ledger.services.seal_events")
