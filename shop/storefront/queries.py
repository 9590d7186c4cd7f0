"""What the pages of places and makers show. Each function fixes its number of statements."""

from dataclasses import dataclass

from django.db.models import Count, F, TextField, Value

from marketplace.core import bilingual, thai
from marketplace.core.prepared import Prepared
from marketplace.places.models import Province, Region
from marketplace.producers.models import Producer, ProducerClosure
from marketplace.provenance.models import Listing
from marketplace.villages.addresses import village_slug
from marketplace.villages.models import ProgrammeMembership, RouteStop, Village

MOST_VILLAGES = 24
MOST_PRODUCERS = 24
PLACE = "tambon__amphoe__province"


@dataclass(frozen=True)
class ProvinceRow:
    province: Province
    product_count: int


@dataclass(frozen=True)
class RegionRow:
    name: str
    code: str
    provinces: tuple[ProvinceRow, ...]

    @property
    def product_count(self) -> int:
        return sum(row.product_count for row in self.provinces)


def provinces_by_region() -> list[RegionRow]:
    """The provinces of today under their six regions with their products; two statements."""
    per_province = Listing.objects.values_list("province_code").annotate(Count("pk")).order_by()
    counts = dict(per_province)
    rows = [
        ProvinceRow(province, counts.get(province.pk, 0))
        for province in Province.objects.in_force()
    ]
    return [
        RegionRow(label, code, tuple(row for row in rows if row.province.region == code))
        for code, label in Region.choices
    ]


def villages_selling_in(province_code: str) -> list[Village]:
    """Villages of a province that have something for sale, in Thai order; one statement."""
    selling = Listing.objects.filter(province_code=province_code).values("village_code")
    villages = Village.objects.visible().filter(code__in=selling)
    return list(villages.select_related(PLACE)[:MOST_VILLAGES])


@dataclass(frozen=True)
class Belonging:
    """A programme that a village is part of today, or a route that leads through it."""

    kind: str
    name_th: str
    name_en: str
    summary_th: str
    summary_en: str

    @property
    def name(self) -> str:
        return bilingual.pick(self.name_th, self.name_en)

    @property
    def summary(self) -> str:
        return bilingual.pick(self.summary_th, self.summary_en)


@dataclass(frozen=True)
class VillagePage:
    """A village with its makers and what it belongs to."""

    village: Village
    producers: list[Producer]
    belongings: list[Belonging]

    @property
    def slug(self) -> str:
        return village_slug(self.village.name_th)

    @property
    def programmes(self) -> list[Belonging]:
        return [one for one in self.belongings if one.kind == "programme"]

    @property
    def routes(self) -> list[Belonging]:
        return [one for one in self.belongings if one.kind == "route"]


def find_village(code: str) -> VillagePage | None:
    """Return a village that the public may see, in three statements; None where there is none."""
    village = _villages.first(code=code)
    if village is None:
        return None
    return VillagePage(
        village=village,
        producers=_makers(village=code),
        belongings=[Belonging(*row) for row in _belongings(village=code, day=thai.today())],
    )


# What the page shows of a village and its makers, a third of what the tables hold. A column
# missing here costs a statement of its own.
_PLACES = ("", "tambon__", "tambon__amphoe__", f"{PLACE}__")
_OF_VILLAGE = (
    *("charm_th", "charm_en", "about_th", "about_en", "founded_year_be", "portrait", "status"),
    *(f"{place}{name}" for place in _PLACES for name in ("name_th", "name_en")),
    f"{PLACE}__region",
)
_villages = Prepared(
    lambda code: (
        Village.objects.visible().filter(code=code).select_related(PLACE).only(*_OF_VILLAGE)
    )
)
_makers = Prepared(
    lambda village: (
        Producer.objects.open()
        .filter(home_village=village)
        .only("name_th", "name_en", "slug", "kind")[:MOST_PRODUCERS]
    )
)


def _memberships(village, day):
    """Programmes and routes of a day in one statement."""
    nothing = Value("", output_field=TextField())
    stops = RouteStop.objects.filter(village=village).in_force(day)
    programmes = ProgrammeMembership.objects.filter(village=village).in_force(day)
    routes = _rows(stops, "route", F("route__summary_th"), F("route__summary_en"))
    rows = _rows(programmes, "programme", nothing, nothing).union(routes)
    return rows.order_by("kind", "th")


_belongings = Prepared(_memberships)


def _rows(memberships, kind: str, summary_th, summary_en):
    """Memberships as tuples of one shape."""
    names = {"th": F(f"{kind}__name_th"), "en": F(f"{kind}__name_en")}
    facts = names | {"about_th": summary_th, "about_en": summary_en}
    rows = memberships.order_by().annotate(kind=Value(kind), **facts)
    return rows.values_list("kind", *facts)


@dataclass(frozen=True)
class ProducerPage:
    """A producer, and the closure that holds today if any."""

    producer: Producer
    closure: ProducerClosure | None

    @property
    def village(self) -> Village:
        return self.producer.home_village


def find_producer(pk: int) -> ProducerPage | None:
    """Return a producer that may sell, in two statements; None where there is none."""
    producers = Producer.objects.open().select_related(f"home_village__{PLACE}")
    producer = producers.filter(pk=pk).first()
    if producer is None:
        return None
    return page_of(producer)


def page_of(producer: Producer) -> ProducerPage:
    """The page of a producer read with its village and places; one statement."""
    return ProducerPage(producer, producer.closures.in_force().first())
