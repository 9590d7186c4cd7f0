"""Everything a reviewer looks at of one thing that waits."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _
from oscar.apps.partner.models import StockRecord

from marketplace.core import bilingual
from marketplace.core.money import to_satang
from marketplace.provenance.models import (
    OtopType,
    Photo,
    ProductChange,
    Provenance,
    StockKind,
    VillageShare,
)
from marketplace.provenance.services.changing import has_moved_on
from marketplace.provenance.services.facts import (
    OPTION_PICTURES,
    PICTURES,
    WAITING_FACTS,
    read_facts,
)
from shop.review.differences import Part, compare
from shop.review.queries import CHANGE, Item

LABELS = {
    "title_th": _("name (Thai)"),
    "title_en": _("name (English)"),
    "description_th": _("description (Thai)"),
    "description_en": _("description (English)"),
    "otop_type": _("official type"),
    "materials_th": _("materials (Thai)"),
    "materials_en": _("materials (English)"),
    "technique_th": _("technique (Thai)"),
    "technique_en": _("technique (English)"),
}
REMARKS = {
    Photo.Remark.SMALL: _("small"),
    Photo.Remark.DARK: _("dark"),
    Photo.Remark.BLURRED: _("blurred"),
}


@dataclass(frozen=True)
class Fact:
    """A text, before and after; `before` is empty for a new product."""

    label: str
    language: str
    before: list[Part]
    after: list[Part]


@dataclass(frozen=True)
class Picture:
    name: str
    remarks: list[str]
    is_in_both: bool


@dataclass(frozen=True)
class Sold:
    title: str
    price_satang: int | None
    stock: int | None


@dataclass(frozen=True)
class Sheet:
    """The page of one item."""

    item: Item
    is_change: bool
    waits: bool
    facts: list[Fact]
    kept: list[tuple[str, str, str]]  # label, text, language: what a change leaves as it is
    before: list[Picture]
    after: list[Picture]
    sold: list[Sold]
    shares: list[tuple[str, str]]
    has_moved_on: bool = False
    sounds_alcoholic: bool = False
    refused_before: list[ProductChange] = field(default_factory=list)

    @property
    def stock_kind(self) -> str:
        return str(StockKind(self.item.provenance.stock_kind).label)


def read_sheet(item: Item) -> Sheet:
    """Read what the page of one item shows; eight statements at most."""
    now, provenance = read_facts(item.provenance), item.provenance
    is_change = item.kind == CHANGE
    before = item.row.before if is_change else {}
    after = item.row.after if is_change else now
    old, new = _pictures(before), _pictures(after)
    remarks = _remarks(provenance, [*old, *new])
    return Sheet(
        item=item,
        is_change=is_change,
        waits=_waits(item),
        facts=[
            _fact(name, before.get(name, ""), after[name]) for name in after if _shown(after, name)
        ],
        kept=_kept(now, after) if is_change else [],
        before=[Picture(name, remarks.get(name, []), name in new) for name in old],
        after=[Picture(name, remarks.get(name, []), name in old) for name in new],
        sold=_sold(provenance),
        shares=_shares(provenance),
        has_moved_on=is_change and _waits(item) and has_moved_on(item.row),
        sounds_alcoholic=item.sounds_alcoholic,
        refused_before=_refused_before(item) if is_change else [],
    )


def _pictures(facts: dict) -> list[str]:
    """Those of the product and then those of its options, each once."""
    of_options = facts.get(OPTION_PICTURES, {}).values()
    return list(dict.fromkeys([*facts.get(PICTURES, ()), *of_options]))


def _waits(item: Item) -> bool:
    if item.kind == CHANGE:
        return item.row.state == ProductChange.State.WAITING
    return item.row.status == Provenance.Status.IN_REVIEW


def _shown(facts: dict, name: str) -> bool:
    return name != PICTURES and name in LABELS


def _text(name: str, fact: str) -> str:
    return str(OtopType(fact).label) if name == "otop_type" and fact else fact


def _language(name: str) -> str:
    return {"_th": "th", "_en": "en"}.get(name[-3:], "")


def _fact(name: str, before: str, after: str) -> Fact:
    old, new = compare(_text(name, before), _text(name, after))
    return Fact(str(LABELS[name]), _language(name), old, new)


def _kept(now: dict, after: dict) -> list[tuple[str, str, str]]:
    names = [name for name in WAITING_FACTS if name in LABELS and name not in after and now[name]]
    return [(str(LABELS[name]), _text(name, now[name]), _language(name)) for name in names]


def _remarks(provenance: Provenance, names: list[str]) -> dict[str, list[str]]:
    photos = Photo.objects.of(provenance.producer).filter(name__in=names)
    rows = photos.values_list("name", "remarks")
    return {name: [str(REMARKS[one]) for one in said if one in REMARKS] for name, said in rows}


def _sold(provenance: Provenance) -> list[Sold]:
    product = provenance.product
    about = {"product__parent": product} if product.is_parent else {"product": product}
    records = StockRecord.objects.filter(**about).select_related("product")
    return [
        Sold(
            title=row.product.title if product.is_parent else "",
            price_satang=None if row.price is None else to_satang(row.price),
            stock=None if row.num_in_stock is None else row.net_stock_level,
        )
        for row in records.order_by("product__option__position", "pk")
    ]


def _shares(provenance: Provenance) -> list[tuple[str, str]]:
    """Villages with their share in per cent, exact."""
    rows = VillageShare.objects.in_force().filter(provenance=provenance).select_related("village")
    return [
        (bilingual.pick(row.village.name_th, row.village.name_en), f"{row.share_ppm / 10_000:g} %")
        for row in rows.order_by("-share_ppm", "village_id")
    ]


def _refused_before(item: Item) -> list[ProductChange]:
    refused = item.provenance.changes.filter(state=ProductChange.State.REFUSED)
    return list(refused.exclude(pk=item.row.pk).order_by("-pk")[:3])
