from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from marketplace.core import periodic
from shop.reports import roles

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60


class ReportsConfig(AppConfig):
    name = "shop.reports"
    label = "reports"
    verbose_name = _("Reports")

    def ready(self):
        post_migrate.connect(roles.grant_permissions, sender=self)
        exports, mailing = "shop.reports.exports.services", "shop.reports.mailing.services"
        periodic.every(MINUTE, "reports.take_up_lost_exports", f"{exports}.take_up_lost")
        periodic.every(DAY, "reports.remove_old_exports", f"{exports}.remove_old")
        periodic.every(HOUR, "reports.owe_monthly_mails", f"{mailing}.owe_last_month")
        periodic.every(MINUTE, "reports.release_monthly_mails", f"{mailing}.release_made")
