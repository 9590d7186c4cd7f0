from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StallConfig(AppConfig):
    name = "shop.stall"
    label = "stall"
    verbose_name = _("Sales declared at a market stall")
