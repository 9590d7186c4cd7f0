"""What pages read about routes, each in a fixed number of SQL statements."""

from collections.abc import Sequence

from django.apps import apps

from cms.media.renditions import load_renditions
from marketplace.villages.models import RouteStop, Village

MOST_ROUTES = 100


def routes_below(index) -> Sequence:
    """Pages of routes below a list, in two statements."""
    model = apps.get_model("routes", "RoutePage")
    pages = model.objects.live().child_of(index).select_related(*model.loaded_with)
    rows = list(pages.order_by("path")[:MOST_ROUTES])
    load_renditions(row.picture for row in rows)
    return rows


def stops_of(page) -> Sequence[RouteStop]:
    """Today's stops of a route in order, without closed villages, in two statements."""
    load_renditions([page.picture])
    stops = RouteStop.objects.in_force().filter(
        route=page.route_id, village__in=Village.objects.visible()
    )
    return list(stops.select_related("village__tambon__amphoe__province").order_by("position"))
