"""The field of desks that can be asked of secondary or main cities alone."""

from marketplace.ledger.queries import City, Dimension, city_named
from shop.reports.words import city_notes, only_words


class CityField:
    """Beside `Desk`, before it; `city` stands in `own_fields`, so that files and links keep it."""

    @property
    def city(self) -> City | None:
        """The kind of provinces that is asked for; None for all. Raises InvalidFilter."""
        return city_named(self.own_asked().get("city", ""))

    def kept_city(self) -> dict[str, str]:
        """As a field of addresses that ask the same of other places."""
        return {name: value for name, value in self.own_asked().items() if name == "city"}

    def get_context_data(self, **kwargs) -> dict:
        """Where what was asked cannot be, the field says "all"."""
        asked = self.own_asked().get("city", "")
        city = City(asked) if asked in City.values else None
        return super().get_context_data(**kwargs) | {
            "city": city,
            "city_label": Dimension.CITY.label,
            "city_choices": City.choices,
            "only": only_words(city),
            "city_notes": city_notes(city),
        }
