"""What waits for review: new products and changes of live ones in one line, oldest first."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import CharField, F, Q, QuerySet, Value
from django.utils.translation import gettext as _
from oscar.apps.catalogue.models import ProductImage

from marketplace.accounts.queries import within
from marketplace.core import bilingual
from marketplace.core.name_keys import fold
from marketplace.places.models import Amphoe, Province
from marketplace.producers.models import Producer
from marketplace.provenance.alcohol import may_be_alcoholic
from marketplace.provenance.models import ProductChange, Provenance, Risk
from marketplace.provenance.models.provenance import with_risk

PRODUCT, CHANGE = "product", "change"
PER_PAGE = 30
MOST_AREAS = 12
_PLACE = "home_village__tambon__amphoe__province"
_LEVEL = re.compile(r"^(จังหวัด|จ\.|อำเภอ|อ\.|กิ่งอำเภอ|เขต)\s*")


@dataclass(frozen=True)
class Filters:
    area: str = ""  # a code of any level
    producer: str = ""  # part of its name
    risk: str = ""


@dataclass(frozen=True)
class Item:
    """One thing that waits; `row` is the product's provenance or the change."""

    kind: str
    row: Provenance | ProductChange
    picture: str = ""

    @property
    def provenance(self) -> Provenance:
        return self.row if self.kind == PRODUCT else self.row.provenance

    @property
    def producer(self) -> Producer:
        return self.provenance.producer

    @property
    def title(self) -> str:
        return self.provenance.product.title

    @property
    def seen(self) -> datetime | None:
        return self.row.submitted_at

    @property
    def key(self) -> str:
        """What a form sends back: the thing, and when it came in as it was seen."""
        return f"{self.kind}:{self.row.pk}:{self.seen.isoformat() if self.seen else ''}"

    @property
    def kind_name(self) -> str:
        return _("new product") if self.kind == PRODUCT else _("change of a live product")

    @property
    def risk_name(self) -> str:
        return str(Risk(self.row.risk).label)

    @property
    def sounds_alcoholic(self) -> bool:
        """Whether a name, as it is or as it would be, may say alcohol: a person has to look."""
        facts = {
            "title_th": self.provenance.product.title,
            "title_en": self.provenance.title_en,
            "otop_type": self.provenance.otop_type,
        }
        if self.kind == CHANGE:
            facts |= self.row.after
        names = (facts["title_th"], facts["title_en"])
        return any(may_be_alcoholic(name, facts["otop_type"]) for name in names)

    @property
    def place(self) -> str:
        village = self.producer.home_village
        amphoe = village.tambon.amphoe
        names = (amphoe, amphoe.province)
        return ", ".join(bilingual.pick(place.name_th, place.name_en) for place in names)


@dataclass(frozen=True)
class QueuePage:
    rows: list[Item] = field(default_factory=list)
    total: int = 0
    page: int = 1
    pages: int = 1


def read_queue(areas: list[str], filters: Filters, page: int = 1) -> QueuePage:
    """Return one page of what waits in the areas; at most six statements whatever its size."""
    products, changes = _products(areas, filters), _changes(areas, filters)
    total = products.count() + changes.count()
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(1, page), pages)
    keys = _keys(products, PRODUCT).union(_keys(changes, CHANGE), all=True)
    start = (page - 1) * PER_PAGE
    keys = list(keys.order_by("since", "kind", "key")[start : start + PER_PAGE])
    return QueuePage(_items(areas, keys), total, page, pages)


def count_waiting(areas: list[str]) -> int:
    return _products(areas, Filters()).count() + _changes(areas, Filters()).count()


def find_items(areas: list[str], named: list[tuple[str, int]]) -> dict[tuple[str, int], Item]:
    """Return what of these lies in the areas, whether it still waits or not."""
    found = _rows(areas, PRODUCT, [pk for kind, pk in named if kind == PRODUCT])
    return found | _rows(areas, CHANGE, [pk for kind, pk in named if kind == CHANGE])


def areas_named(words: str, areas: list[str]) -> list[Province | Amphoe]:
    """Return provinces and amphoe whose name has the words, exact names alone if there are any.

    Only where somebody reviews. Two statements.
    """
    key = fold(_LEVEL.sub("", words.strip()))
    if not key:
        return []
    found = []
    for model, joined in ((Province, ()), (Amphoe, ("province",))):
        places = model.objects.filter(match_key__contains=key).select_related(*joined)
        found += [place for place in places.order_by("sort_key") if _overlaps(place.pk, areas)]
    exact = [place for place in found if key in (fold(place.name_th), fold(place.name_en))]
    return (exact or found)[:MOST_AREAS]


def area_of_code(code: str) -> Province | Amphoe | None:
    """Return the province or amphoe of a code that an address names."""
    model = {2: Province, 4: Amphoe}.get(len(code))
    return model.objects.filter(pk=code).first() if model and code.isdecimal() else None


def _overlaps(code: str, areas: list[str]) -> bool:
    return any(code.startswith(area) or area.startswith(code) for area in areas)


def _products(areas: list[str], filters: Filters) -> QuerySet:
    rows = with_risk(Provenance.objects.filter(status=Provenance.Status.IN_REVIEW))
    return _filtered(rows, areas, filters, "producer")


def _changes(areas: list[str], filters: Filters) -> QuerySet:
    rows = ProductChange.objects.filter(state=ProductChange.State.WAITING)
    producer = "provenance__producer"
    return _filtered(with_risk(rows, producer), areas, filters, producer)


def _filtered(rows: QuerySet, areas: list[str], filters: Filters, producer: str) -> QuerySet:
    wanted = Q(within(f"{producer}__home_village__code", areas))
    if filters.area:
        wanted &= Q(**{f"{producer}__home_village__code__startswith": filters.area})
    if filters.producer:
        wanted &= Q(**{f"{producer}__match_key__contains": fold(filters.producer)})
    if filters.risk:
        wanted &= Q(risk=filters.risk)
    return rows.filter(wanted)


def _keys(rows: QuerySet, kind: str) -> QuerySet:
    named = rows.annotate(
        kind=Value(kind, CharField()), key=F("pk"), since=F("submitted_at")
    ).order_by()
    return named.values_list("kind", "key", "since")


def _items(areas: list[str], keys: list[tuple]) -> list[Item]:
    found = find_items(areas, [(kind, pk) for kind, pk, _since in keys])
    return [found[kind, pk] for kind, pk, _since in keys if (kind, pk) in found]


def _rows(areas: list[str], kind: str, pks: list[int]) -> dict[tuple[str, int], Item]:
    if not pks:
        return {}
    prefix = "" if kind == PRODUCT else "provenance__"
    model = Provenance if kind == PRODUCT else ProductChange
    rows = with_risk(model.objects.filter(pk__in=pks), f"{prefix}producer")
    rows = rows.filter(within(f"{prefix}producer__home_village__code", areas))
    joined = (f"{prefix}product", f"{prefix}producer__{_PLACE}")
    items = [Item(kind, row) for row in rows.select_related(*joined)]
    pictures = _first_pictures([item.provenance.product_id for item in items])
    return {
        (kind, item.row.pk): Item(kind, item.row, pictures.get(item.provenance.product_id, ""))
        for item in items
    }


def _first_pictures(product_ids: list[int]) -> dict[int, str]:
    rows = ProductImage.objects.filter(product__in=product_ids).order_by("-display_order", "-pk")
    return dict(rows.values_list("product_id", "original"))
