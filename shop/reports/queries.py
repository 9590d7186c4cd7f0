"""What the report's form offers."""

from django.utils.translation import gettext as _

from marketplace.core import thai
from marketplace.ledger.queries import COUNTRY, TABLES
from marketplace.places.models import Province, Region
from marketplace.places.queries import names_among, provinces


def area_choices(areas: list[str]) -> list[tuple[str, str]]:
    """Code and name of the areas to begin from: all provinces and regions, or an officer's own.

    At most two statements.
    """
    if COUNTRY not in areas:
        names = names_among(TABLES, areas, thai.today())
        return [(code, f"{names.get(code, (code, ''))[0]} ({code})") for code in areas]
    country = [(COUNTRY, _("Whole country"))]
    regions = [(region.value, str(region.label)) for region in Region]
    return country + regions + [_choice(province) for province in provinces()]


def _choice(province: Province) -> tuple[str, str]:
    return province.code, f"{province.display_name} ({province.code})"
