"""The frame of the workbench: its places and which of them one is in."""

from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.core.money import format_baht
from marketplace.producers.permissions import Act
from marketplace.provenance.services.draft_data import baht_text

register = template.Library()

# Places whose pages lie inside another one's; all else belongs to the home page.
INSIDE = {"orders": "orders", "products": "products", "photos": "products", "income": "income"}


@dataclass(frozen=True)
class Place:
    """One of the four at the bottom of every page; `act` is what its first page asks for."""

    name: str
    url_name: str
    label: str
    icon: str
    act: Act


PLACES = (
    Place("home", "workbench:home", pgettext_lazy("workbench", "Home"), "home", Act.VIEW),
    Place("orders", "workbench:orders-list", _("Orders"), "parcel", Act.PACK_ORDERS),
    Place("products", "workbench:products-list", _("Products"), "basket", Act.VIEW),
    Place("income", "workbench:income-months", _("Income"), "income", Act.SEE_MONEY),
)


@register.simple_tag(takes_context=True)
def workbench_places(context) -> list[dict]:
    """The places somebody may open with this producer, and whether one is in them."""
    request = context["request"]
    here = (request.resolver_match.url_name or "").partition("-")[0]
    return [
        {
            "place": place,
            "url": reverse(place.url_name, args=[request.producer.pk]),
            "is_here": INSIDE.get(here, "home") == place.name,
        }
        for place in PLACES
        if place.act in request.acts
    ]


@register.filter
def baht_typed(amount_satang: int | None) -> str:
    """Write a price as somebody would type it: 250 or 250.50."""
    return "" if amount_satang is None else baht_text(amount_satang)


@register.filter
def baht_less(amount_satang: int) -> str:
    """Satang that are taken off: −฿12.50; what is given back of them is written without a sign."""
    return format_baht(-amount_satang)
