"""Freeze where the lines of an order, or a declared sale, come from, the moment it is stored."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Value
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
from marketplace.villages.models import ProgrammeMembership, RouteStop, Village

Group = tuple[str, str]  # a kind of OriginGroup, and the code of one


@dataclass(frozen=True)
class LineFacts:
    """One order line: what its goods come to in satang, VAT included, after discounts of the
    producer; of that the shopper pays what the platform's discount leaves.

    A sale declared by its producer is a line too: it names `declared_sale_id` and no line.
    """

    line_id: int | None
    product_id: int
    quantity: int
    amount_satang: int
    declared_sale_id: int | None = None
    producer_discount_satang: int = 0
    platform_discount_satang: int = 0
    buyer_province_code: str = ""  # where it is sent; "" when nothing is
    channel: str = ""  # of a declared sale


@dataclass(frozen=True)
class TracedLine:
    """A line and what it is of on a day: all that is frozen of it, but for its terms."""

    facts: LineFacts
    provenance: Provenance  # with its product and producer
    shares: tuple[VillageShare, ...]  # with their villages
    stars: int
    groups: Mapping[str, frozenset[Group]]  # by village code


@dataclass(frozen=True)
class LineTerms:
    """What the platform takes of a line for its part: satang of the whole line."""

    fee_satang: int = 0  # without VAT
    fee_vat_satang: int = 0
    fee_rule_id: int | None = None
    passes_gateway_fee: bool = False


TermsOf = Callable[[Sequence[TracedLine], date], Sequence[LineTerms]]


def no_terms(lines: Sequence[TracedLine], day: date) -> list[LineTerms]:
    """Nothing is taken of these lines."""
    return [LineTerms() for _line in lines]


def freeze_origins(
    *, lines: Sequence[LineFacts], day: date, terms_of: TermsOf = no_terms
) -> list[LineOrigin]:
    """Write down for each line which villages it is credited to, as of `day` (Bangkok).

    One row per line and village share; their amounts add up to the line's, split by largest
    remainder, and so do discounts and what `terms_of` says is taken of the line. Programmes and
    routes in force that day are frozen beside them. Call inside the transaction that places the
    order. Raises NoVillageShare, naming the product, before anything is written; IntegrityError
    when called twice for a line. The number of queries is fixed, besides those of `terms_of`.
    """
    traced = trace_lines(lines=lines, day=day)
    terms = terms_of(traced, day)
    by_line = [origins_of(*one) for one in zip(traced, terms, strict=True)]
    LineOrigin.objects.bulk_create([origin for origins in by_line for origin in origins])
    OriginGroup.objects.bulk_create(
        OriginGroup(origin=origin, kind=kind, code=code)
        for line, origins in zip(traced, by_line, strict=True)
        for origin in origins
        for kind, code in sorted(line.groups[origin.village_code])
    )
    return [origin for origins in by_line for origin in origins]


def trace_lines(*, lines: Sequence[LineFacts], day: date) -> list[TracedLine]:
    """What each line is of on a day, in the same order; four statements.

    Raises NoVillageShare, naming the product, where the shares of a day are not the whole.
    """
    provenances = _provenances({line.product_id for line in lines})
    shares = _shares({one.pk for one in provenances.values()}, day)
    stars = _stars({one.pk for one in provenances.values()})
    groups = groups_of({share.village_id for parts in shares.values() for share in parts}, day)
    found = []
    for line in lines:
        provenance = provenances.get(line.product_id)
        parts = shares[provenance.pk] if provenance else []
        if sum(share.share_ppm for share in parts) != PPM:
            raise NoVillageShare(line.product_id, provenance.product.title if provenance else "?")
        own = {share.village_id: frozenset(groups[share.village_id]) for share in parts}
        traced = TracedLine(line, provenance, tuple(parts), stars.get(provenance.pk, 0), own)
        found.append(traced)
    return found


_products = Prepared(
    lambda product_ids: Product.objects.filter(pk__in=product_ids).select_related(
        "provenance__producer", "parent__provenance__producer"
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


def groups_of(codes: set[str], day: date) -> dict[str, set[Group]]:
    """Programmes and routes of that day by village, in one statement."""
    programmes = ProgrammeMembership.objects.in_force(day).filter(village__in=codes)
    routes = RouteStop.objects.in_force(day).filter(village__in=codes).order_by()
    kinds = OriginGroup.Kind
    rows = programmes.values_list(Value(str(kinds.PROGRAMME)), "village_id", "programme_id").union(
        routes.values_list(Value(str(kinds.ROUTE)), "village_id", "route_id")
    )
    belongs = defaultdict(set)
    for kind, village_code, code in rows:
        belongs[village_code].add((kind, code))
    return belongs


def origins_of(line: TracedLine, terms: LineTerms) -> list[LineOrigin]:
    """The rows that say where a line came from and what is taken of it; not stored."""
    facts = line.facts
    return [
        LineOrigin(
            line_id=facts.line_id,
            declared_sale_id=facts.declared_sale_id,
            share_number=number,
            quantity=facts.quantity,
            buyer_province_code=facts.buyer_province_code,
            channel=facts.channel,
            **_origin_of(line.provenance, facts.product_id),
            share_ppm=share.share_ppm,
            **place_of(share.village),
            stars=line.stars,
            **satang,
            fee_rule_id=terms.fee_rule_id,
            passes_gateway_fee=terms.passes_gateway_fee,
        )
        for number, (share, satang) in enumerate(
            zip(line.shares, _satang_of(line, terms), strict=True), start=1
        )
    ]


def _origin_of(provenance: Provenance, product_id: int) -> dict:
    return {
        "producer_id": provenance.producer_id,
        "product_id": product_id,
        "title_th": provenance.product.title,
        "income_kind": provenance.income_kind,
        "otop_type": provenance.otop_type,
        "quadrant": provenance.quadrant,
    }


def place_of(village: Village) -> dict:
    """A village as an origin keeps it: its codes, and its names of today."""
    return {
        "village_code": village.pk,
        "village_name_th": village.name_th,
        "village_name_en": village.name_en,
        "tambon_code": village.pk[:6],
        "amphoe_code": village.pk[:4],
        "province_code": village.pk[:2],
    }


def _satang_of(line: TracedLine, terms: LineTerms) -> list[dict]:
    """The satang of each share.

    Fee and VAT are shared out together, and then told apart: each on its own would sometimes take
    a satang more of a share than there is.
    """
    facts, parts = line.facts, [share.share_ppm for share in line.shares]
    amounts = split_satang(facts.amount_satang, parts)
    taken = _split(terms.fee_satang + terms.fee_vat_satang, amounts)
    vat = _split(terms.fee_vat_satang, taken)
    given = split_satang(facts.producer_discount_satang, parts)
    borne = _split(facts.platform_discount_satang, amounts)
    return [
        {
            "amount_satang": amount,
            "producer_discount_satang": given[n],
            "platform_discount_satang": borne[n],
            "fee_satang": taken[n] - vat[n],
            "fee_vat_satang": vat[n],
        }
        for n, amount in enumerate(amounts)
    ]


def _split(satang: int, weights: list[int]) -> list[int]:
    return split_satang(satang, weights) if satang else [0] * len(weights)
