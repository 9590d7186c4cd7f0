"""What the forms and pages of reports offer to choose from."""

from django.utils.translation import gettext as _

from marketplace.core import thai
from marketplace.ledger.models import PublicTotal
from marketplace.ledger.queries import COUNTRY, TABLES
from marketplace.places.models import Amphoe, Province, Region
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


def years_counted() -> list[int]:
    """Fiscal years whose public totals were counted, the newest first; one statement."""
    years = PublicTotal.objects.filter(area_code=COUNTRY).order_by("-fiscal_year_be")
    return list(years.values_list("fiscal_year_be", flat=True))


def amphoe_of(province_code: str) -> list[Amphoe]:
    """The amphoe of a province today, as Thais sort them; one statement."""
    return list(Amphoe.objects.in_force().filter(province=province_code).order_by("sort_key"))
