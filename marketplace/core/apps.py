from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from marketplace.core import periodic

DAY_SECONDS = 24 * 60 * 60


class CoreConfig(AppConfig):
    name = "marketplace.core"
    label = "core"
    verbose_name = _("Shared words and tools")

    def ready(self):
        periodic.every(
            DAY_SECONDS,
            "core.forget_finished_jobs",
            "marketplace.core.worker.forget_finished_jobs",
        )
        periodic.every(60, "core.send_due_mails", "marketplace.core.owed_mails.send_due_mails")
