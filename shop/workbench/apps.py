from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from marketplace.provenance import photo_uses


class WorkbenchConfig(AppConfig):
    name = "shop.workbench"
    label = "workbench"
    verbose_name = _("Workbench")

    def ready(self) -> None:
        from marketplace.accounts import landing  # noqa: PLC0415  need the models
        from marketplace.producers.permissions import works_somewhere  # noqa: PLC0415
        from marketplace.villages.permissions import is_of_a_village  # noqa: PLC0415

        photo_uses.register("shop.workbench.queries.storefront.portraits_among")
        landing.begin_at("workbench:choose", _("Go to the workbench"), works_somewhere)
        # After it: whoever makes things too begins with the work, and finds the village there.
        landing.begin_at("reports:own-villages", _("See what my village earned"), is_of_a_village)
