"""Areas that were abolished, for tests."""

from datetime import date

from marketplace.places.models import Succession, Tambon
from tests.factories import make_village


def abolish(code, *after, last_day=date(2026, 4, 30)):
    """A tambon with a village, there until the last day; these took its ground."""
    make_village(f"{code}01", "บ้านเก่า")
    Tambon.objects.filter(code=code).update(valid_until=last_day)
    for one in after:
        Succession.objects.create(old_code=code, new_code=one, basis="notice")
