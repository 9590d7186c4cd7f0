"""Rows the code needs: the one country Oscar's addresses may point at."""

from django.apps import apps

THAILAND = {
    "iso_3166_1_a2": "TH",
    "iso_3166_1_a3": "THA",
    "iso_3166_1_numeric": "764",
    "printable_name": "Thailand",
    "name": "Kingdom of Thailand",
    "is_shipping_country": True,
}


def ensure_thailand(**_signal) -> None:
    """Store Thailand as the only country we send to. Called twice: the same row."""
    countries = apps.get_model("address", "Country").objects
    countries.get_or_create(iso_3166_1_a2=THAILAND["iso_3166_1_a2"], defaults=THAILAND)
