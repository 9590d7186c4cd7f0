"""Villages, programmes and routes of the vocabulary."""

from datetime import date

from deploy.demo.vocabulary import places as words
from deploy.demo.vocabulary.shapes import RoutePlan, VillagePlan
from marketplace.villages import services
from marketplace.villages.models import Programme, Route, Village

PROGRAMMES = {
    "nawatwithi": ("ชุมชนท่องเที่ยว OTOP นวัตวิถี", "OTOP Nawatwithi tourism community"),
    "otop_village": ("ชุมชน OTOP เพื่อการท่องเที่ยว", "OTOP village for tourism"),
    "cbt": ("หมู่บ้านท่องเที่ยวโดยชุมชน", "Community-based tourism village"),
}
ROUTE_KINDS = {
    "mainstream": Route.Kind.MAINSTREAM,
    "secondary_city": Route.Kind.SECONDARY,
    "community": Route.Kind.COMMUNITY,
}


def _first_day(year_be: int) -> date:
    """A Thai fiscal year begins on 1 October of the year before."""
    return date(year_be - 544, 10, 1)


def load_programmes() -> None:
    for code, (name_th, name_en) in PROGRAMMES.items():
        Programme.objects.create(code=code, name_th=name_th, name_en=name_en)


def load_villages() -> dict[str, Village]:
    return {plan.code: _load_village(plan) for plan in words.VILLAGES}


def _load_village(plan: VillagePlan) -> Village:
    village = services.register_village(
        code=plan.code,
        name_th=plan.name_th,
        name_en=plan.name_en,
        charm_th=plan.charm_th,
        charm_en=plan.charm_en,
        founded_year_be=plan.founded_year_be,
        portrait=f"demo/{plan.picture_key}.jpg",
    )
    for period in plan.programmes:
        _join(village, period)
    if plan.status != Village.Status.ACTIVE:
        services.set_village_status(
            village=village, status=plan.status, reason=plan.status_reason_th, by=None
        )
    return village


def _join(village: Village, period) -> None:
    programme = Programme.objects.get(code=period.code)
    since = _first_day(period.since_year_be)
    services.join_programme(village=village, programme=programme, since=since, by=None)
    if period.until_year_be:
        last_day = _first_day(period.until_year_be + 1).replace(month=9, day=30)
        services.leave_programme(village=village, programme=programme, last_day=last_day, by=None)


def load_routes(villages: dict[str, Village], since: date) -> list[Route]:
    return [_load_route(plan, villages, since) for plan in words.ROUTES]


def _load_route(plan: RoutePlan, villages: dict[str, Village], since: date) -> Route:
    route = Route.objects.create(
        code=plan.slug,
        kind=ROUTE_KINDS[plan.kind],
        name_th=plan.title_th,
        name_en=plan.title_en,
        summary_th=plan.summary_th,
        summary_en=plan.summary_en,
    )
    for position, stop in enumerate(plan.stops, start=1):
        services.add_route_stop(
            route=route,
            village=villages[stop.village_code],
            position=position,
            since=since,
            note_th=stop.note_th,
            note_en=stop.note_en,
            by=None,
        )
    return route
