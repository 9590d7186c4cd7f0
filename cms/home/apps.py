from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from marketplace.core import periodic


class HomeConfig(AppConfig):
    name = "cms.home"
    label = "home"
    verbose_name = _("Home page")

    def ready(self) -> None:
        from cms.home import guards, receivers, roles  # noqa: F401, PLC0415  need the models

        post_migrate.connect(roles.ensure_home_pages, sender=self)
        post_migrate.connect(roles.ensure_editors, sender=self)
        post_migrate.connect(guards.TURNS_NEVER_OVERLAP.install, sender=self)
        periodic.every(30, "cms.publish_planned_pages", "cms.publishing.publish_planned_pages")
