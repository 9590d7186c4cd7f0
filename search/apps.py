from oscar.apps.search import apps


class SearchConfig(apps.SearchConfig):
    """Takes the place of Oscar's search app under the same label."""

    name = "search"
