from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from marketplace.provenance import guards, roles


class ProvenanceConfig(AppConfig):
    name = "marketplace.provenance"
    label = "provenance"
    verbose_name = _("Origin of products")

    def ready(self) -> None:
        post_migrate.connect(guards.install, sender=self)
        post_migrate.connect(roles.ensure_product_classes, sender=self)
