"""What the official register does not say of a province: its region and whether it is secondary.

Public facts, written down here: the six regions of the National Geographical Committee (2520 B.E.)
and the 55 secondary cities of the Revenue Department's list (2561 B.E.). A list found in a public
repository was wrong in four provinces, so compare a new one name by name.
"""

from marketplace.places.models import Region

_CODES_BY_REGION = {
    Region.NORTH: "50 51 52 53 54 55 56 57 58",
    Region.NORTHEAST: "30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49",
    Region.CENTRAL: "10 11 12 13 14 15 16 17 18 19 26 60 61 62 64 65 66 67 72 73 74 75",
    Region.EAST: "20 21 22 23 24 25 27",
    Region.WEST: "63 70 71 76 77",
    Region.SOUTH: "80 81 82 83 84 85 86 90 91 92 93 94 95 96",
}

REGION_OF_PROVINCE = {
    code: region for region, codes in _CODES_BY_REGION.items() for code in codes.split()
}

_SECONDARY = (
    "15 16 17 18 22 23 25 26 27 31 32 33 34 35 36 37 38 39 41 42 43 44 45 46 47 48 49 51 52 53 54 "
    "55 56 57 58 60 61 62 63 64 65 66 67 70 72 75 80 85 86 91 92 93 94 95 96"
)
SECONDARY_CITIES = frozenset(_SECONDARY.split())
