"""Fee rules of tests: a name, what is taken, and no condition unless said."""

from datetime import date

from shop.fees import services
from shop.fees.models import FeeRule

LONG_AGO = date(2020, 1, 1)


def make_rule(name: str = "ทั่วไป", percent: int = 5, **facts) -> FeeRule:
    """A rule in force for long; the default one where nothing says whose it is."""
    facts = {"percent_ppm": percent * 10_000, "since": LONG_AGO} | facts
    conditions = {
        "otop_type",
        "income_kind",
        "producer",
        "producer_kind",
        "programme",
        "area_code",
        "price_from_satang",
        "price_until_satang",
    }
    facts.setdefault("is_default", not conditions & facts.keys())
    return services.add_rule(name=name, by=None, **facts)
