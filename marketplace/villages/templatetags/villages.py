"""The mark of a village, the same on card, basket, receipt and page. `{% load villages %}`.

No query of its own: what it shows must be loaded with the thing it is given.
"""

from django import template

from marketplace.core import bilingual
from marketplace.villages import addresses
from marketplace.villages.models import Village

register = template.Library()

BANGKOK_TH = "กรุงเทพมหานคร"


@register.inclusion_tag("components/village_badge.html")
def village_mark(thing, link: bool = True) -> dict:
    """Draw the badge of a Village (its tambon up to the province loaded), or of what carries
    `village_code`, `village_th`, `village_name`, `province_name` and `region`, like a share."""
    facts = _of_village(thing) if isinstance(thing, Village) else _of_facts(thing)
    code, name_th = facts.pop("code"), facts.pop("name_th")
    return facts | {"url": addresses.village_url(code, name_th) if link else ""}


def _of_village(village: Village) -> dict:
    return {
        "code": village.code,
        "name_th": village.name_th,
        "name": village.display_name,
        "region": village.tambon.amphoe.province.region,
        "place": place_of(village),
        "portrait": village.portrait.name,
    }


def _of_facts(thing) -> dict:
    return {
        "code": thing.village_code,
        "name_th": getattr(thing, "village_th", "") or thing.village_name_th,
        "name": thing.village_name,
        "region": thing.region,
        "place": place_of(thing),
        "portrait": getattr(thing, "portrait", ""),
    }


@register.filter
def place_of(thing) -> str:
    """Tambon, amphoe and province in one line; the province alone where no more is known."""
    if isinstance(thing, Village):
        tambon = thing.tambon
        places = (tambon, tambon.amphoe, tambon.amphoe.province)
        return _one_line(*(place.display_name for place in places))
    if not hasattr(thing, "tambon_name"):
        return thing.province_name
    return _one_line(thing.tambon_name, thing.amphoe_name, thing.province_name)


def _one_line(tambon: str, amphoe: str, province: str) -> str:
    thai = f"ต.{tambon} อ.{amphoe} จ.{province}"
    if province == BANGKOK_TH:  # the capital has khwaeng and khet, and is no changwat
        thai = f"แขวง{tambon} เขต{amphoe.removeprefix('เขต')} {province}"
    return bilingual.pick(thai, f"{tambon}, {amphoe}, {province}")


@register.simple_tag
def village_url(code: str, name_th: str) -> str:
    return addresses.village_url(code, name_th)
