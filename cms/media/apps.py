from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "cms.media"
    label = "media"
    verbose_name = _("Pictures")

    def ready(self) -> None:
        from cms.media import receivers  # noqa: F401, PLC0415  needs the models
