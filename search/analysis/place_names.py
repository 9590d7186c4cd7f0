"""What provinces are called by the people who type them: officially, for short, in English."""

from functools import cache

import geothai

from search.analysis.files import data_of
from search.analysis.text import clean


@cache
def provinces() -> dict[str, str]:
    """Every name of a province, cleaned -> its code."""
    found = {}
    for province in geothai.provinces():
        english = clean(province.name_en.replace("-", " "))
        names = [clean(province.name_th), english, english.replace(" ", "")]
        names += map(clean, data_of("provinces").get(province.code, ()))
        found |= dict.fromkeys(names, province.code)
    return found


def need_a_sign() -> frozenset[str]:
    """Names that are words of their own: places only after จังหวัด and its like."""
    return frozenset(map(clean, data_of("provinces")["need_a_sign"]))
