"""Choosing a product that is on sale, to try the rules on it."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from marketplace.core.registers import RegisterChooser
from marketplace.provenance.models import Listing
from shop.fees.permissions import may_set_fees


class PricedProductChooser(RegisterChooser):
    model = Listing
    icon = "tag"
    choose_one_text = _("Choose a product")
    choose_another_text = _("Choose another product")
    register_widget = False
    search_fields = ("search_text",)
    shown = (
        Column("producer", label=_("producer"), accessor="producer_name"),
        Column("village", label=_("village"), accessor="village_name"),
    )

    def scope(self, user):
        rows = Listing.objects.defer("search_text").order_by("-listed_at", "-product")
        return rows if may_set_fees(user) else rows.none()


product_chooser = PricedProductChooser(
    "priced_product_chooser", url_prefix="choose/priced-products"
)
