from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProvenanceConfig(AppConfig):
    name = "marketplace.provenance"
    label = "provenance"
    verbose_name = _("Origin of products")
