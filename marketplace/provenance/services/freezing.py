"""Freeze where the lines of an order, or a declared sale, come from, the moment it is stored."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from oscar.apps.catalogue.models import Product

from marketplace.core.money import PPM, split_satang
from marketplace.core.prepared import Prepared
from marketplace.provenance.models import (
    Award,
    LineOrigin,
    OriginGroup,
    Provenance,
    VillageShare,
)
from marketplace.provenance.services.errors import NoVillageShare
from marketplace.villages.models import ProgrammeMembership, RouteStop


@dataclass(frozen=True)
class LineFacts:
    """One order line: what shoppers pay for its goods in satang, VAT included, after discounts.

    A sale declared by its producer is a line too: it names `declared_sale_id` and no line.
    """

    line_id: int | None
    product_id: int
    quantity: int
    amount_satang: int
    declared_sale_id: int | None = None


def freeze_origins(*, lines: Sequence[LineFacts], day: date) -> list[LineOrigin]:
    """Write down for each line which villages it is credited to, as of `day` (Bangkok).

    One row per line and village share; their amounts add up to the line's, split by largest
    remainder. Programmes and routes in force that day are frozen beside them. Call inside the
    transaction that places the order. Raises NoVillageShare, naming the product, before anything
    is written; IntegrityError when called twice for a line. The number of queries is fixed.
    """
    provenances = _provenances({line.product_id for line in lines})
    shares = _shares({one.pk for one in provenances.values()}, day)
    stars = _stars({one.pk for one in provenances.values()})
    origins = []
    for line in lines:
        provenance = provenances.get(line.product_id)
        parts = shares[provenance.pk] if provenance else []
        if sum(share.share_ppm for share in parts) != PPM:
            raise NoVillageShare(line.product_id, provenance.product.title if provenance else "?")
        origins += _origins(line, provenance, parts, stars.get(provenance.pk, 0))
    LineOrigin.objects.bulk_create(origins)
    OriginGroup.objects.bulk_create(_groups(origins, day))
    return origins


_products = Prepared(
    lambda product_ids: Product.objects.filter(pk__in=product_ids).select_related(
        "provenance", "parent__provenance"
    )
)


def _provenances(product_ids: set[int]) -> dict[int, Provenance]:
    """The provenance of each product, an option's being that of its parent."""
    products = _products(product_ids=list(product_ids)) if product_ids else []
    found = {one.pk: getattr(one.parent or one, "provenance", None) for one in products}
    return {pk: provenance for pk, provenance in found.items() if provenance}


def _shares(provenance_ids: set[int], day: date) -> dict[int, list[VillageShare]]:
    rows = VillageShare.objects.in_force(day).filter(provenance__in=provenance_ids)
    grouped = defaultdict(list)
    for share in rows.select_related("village").order_by("village_id"):
        grouped[share.provenance_id].append(share)
    return grouped


def _stars(provenance_ids: set[int]) -> dict[int, int]:
    """Stars of the latest round of each."""
    awards = Award.objects.filter(provenance__in=provenance_ids).order_by("round_year_be")
    return dict(awards.values_list("provenance_id", "stars"))


def _origins(
    line: LineFacts, provenance: Provenance, shares: list[VillageShare], stars: int
) -> list[LineOrigin]:
    amounts = split_satang(line.amount_satang, [share.share_ppm for share in shares])
    return [
        LineOrigin(
            line_id=line.line_id,
            declared_sale_id=line.declared_sale_id,
            share_number=number,
            producer_id=provenance.producer_id,
            product_id=line.product_id,
            title_th=provenance.product.title,
            village_code=share.village_id,
            village_name_th=share.village.name_th,
            village_name_en=share.village.name_en,
            tambon_code=share.village_id[:6],
            amphoe_code=share.village_id[:4],
            province_code=share.village_id[:2],
            income_kind=provenance.income_kind,
            otop_type=provenance.otop_type,
            quadrant=provenance.quadrant,
            stars=stars,
            share_ppm=share.share_ppm,
            quantity=line.quantity,
            amount_satang=amount,
        )
        for number, (share, amount) in enumerate(zip(shares, amounts, strict=True), start=1)
    ]


def _groups(origins: list[LineOrigin], day: date) -> list[OriginGroup]:
    codes = {origin.village_code for origin in origins}
    programmes = ProgrammeMembership.objects.in_force(day).filter(village__in=codes)
    routes = RouteStop.objects.in_force(day).filter(village__in=codes)
    belongs = defaultdict(set)
    for code, programme in programmes.values_list("village_id", "programme_id"):
        belongs[code].add((OriginGroup.Kind.PROGRAMME, programme))
    for code, route in routes.values_list("village_id", "route_id"):
        belongs[code].add((OriginGroup.Kind.ROUTE, route))
    return [
        OriginGroup(origin=origin, kind=kind, code=code)
        for origin in origins
        for kind, code in sorted(belongs[origin.village_code])
    ]
