"""Reading villages for reports; what the public page of one shows is shop/storefront/queries.py."""

from collections.abc import Iterable
from datetime import date

from marketplace.places import queries as places
from marketplace.villages.models import Village

_LEVELS = places.LEVELS | {8: Village}


def names_on(codes: Iterable[str], day: date) -> dict[str, tuple[str, str]]:
    """Thai and English name of each area of any level, villages included, as of that day.

    Two statements; codes that nobody knows are missing from the answer.
    """
    return places.names_among(_LEVELS, codes, day)
