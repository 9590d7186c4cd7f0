"""Reads of fee rules: which are in force, what they take of an order, how often each was used."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields import IntegerField

from marketplace.core import thai
from marketplace.core.prepared import Prepared
from marketplace.producers.models import Producer
from marketplace.provenance.models import (
    IncomeKind,
    LineOrigin,
    OriginGroup,
    Provenance,
    VillageShare,
)
from marketplace.provenance.services import LineTerms, TracedLine
from marketplace.villages.models import ProgrammeMembership
from shop.fees.arithmetic import fee_of
from shop.fees.matching import Sold, covers, first_matching
from shop.fees.models import FeeRule

MOST_COUNTED = 1_000


# --- What is taken of a sale ---------------------------------------------------------------------
_in_force = Prepared(
    lambda day: (
        FeeRule.objects.in_force(day).filter(is_active=True).order_by("is_default", "position")
    )
)


def rules_on(day: date) -> list[FeeRule]:
    """The rules in force on a day, in the order in which they are tried; one statement."""
    return _in_force(day=day)


def fees_for(lines: Sequence[TracedLine], day: date) -> list[LineTerms]:
    """What is taken of each line of an order placed that day; one statement for all."""
    rules = rules_on(day)
    return [terms_of(rules, sold_line(line)) for line in lines]


def terms_of(rules: Iterable[FeeRule], sold: Sold) -> LineTerms:
    """What the first rule that matches takes of a line; nothing where none does."""
    rule = first_matching(rules, sold)
    if rule is None:
        return LineTerms()
    fee, vat = fee_of(rule.terms, sold.amount_satang)
    return LineTerms(fee, vat, rule.pk, rule.passes_gateway_fee)


def sold_line(line: TracedLine) -> Sold:
    of_villages = [
        {code for kind, code in groups if kind == OriginGroup.Kind.PROGRAMME}
        for groups in line.groups.values()
    ]
    return Sold(
        otop_type=line.provenance.otop_type,
        income_kind=line.provenance.income_kind,
        producer_id=line.provenance.producer_id,
        producer_kind=line.provenance.producer.kind,
        village_codes=frozenset(line.groups),
        programmes=frozenset.intersection(*map(frozenset, of_villages)),
        quantity=line.facts.quantity,
        amount_satang=line.facts.amount_satang,
    )


# --- What would be taken of something not yet sold -----------------------------------------------
@dataclass(frozen=True)
class Prospect:
    """A thing that may be listed: what would be taken of one piece of it today."""

    rules: tuple[FeeRule, ...]
    facts: dict

    def terms(self, price_satang: int) -> LineTerms:
        sold = Sold(**self.facts, quantity=1, amount_satang=price_satang)
        return terms_of(self.rules, sold)


def prospect(producer: Producer, otop_type: str, provenance: Provenance | None = None) -> Prospect:
    """What a producer's form is about, priced later; a new thing is of its home village.

    At most three statements, one where nothing is taken of anything.
    """
    today = thai.today()
    rules = tuple(rules_on(today))
    villages = _villages(producer, provenance, today) if rules else frozenset()
    facts = {
        "otop_type": otop_type,
        "income_kind": provenance.income_kind if provenance else IncomeKind.GOODS,
        "producer_id": producer.pk,
        "producer_kind": producer.kind,
        "village_codes": villages,
        "programmes": _programmes_of_all(villages, today) if rules else frozenset(),
    }
    return Prospect(rules, facts)


def _villages(producer: Producer, provenance: Provenance | None, day: date) -> frozenset[str]:
    if provenance is None:
        return frozenset({producer.home_village_id})
    shares = VillageShare.objects.in_force(day).filter(provenance=provenance)
    return frozenset(shares.values_list("village_id", flat=True))


def _programmes_of_all(villages: frozenset[str], day: date) -> frozenset[str]:
    members = ProgrammeMembership.objects.in_force(day).filter(village__in=villages)
    found = defaultdict(set)
    for programme, village in members.values_list("programme_id", "village_id"):
        found[programme].add(village)
    return frozenset(programme for programme, there in found.items() if there == villages)


# --- The list that staff keep --------------------------------------------------------------------
class CountUpTo(Subquery):
    """How many rows a limited subquery leaves."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def listed(rules: QuerySet[FeeRule]) -> QuerySet[FeeRule]:
    """Rules with what their list shows: those that are over last, `lines_used` up to 1,000."""
    lines = LineOrigin.objects.filter(fee_rule_id=OuterRef("pk"), share_number=1).order_by()
    today = thai.today()
    gone = Q(is_active=False) | Q(valid_until__isnull=False, valid_until__lt=today)
    return rules.select_related("producer", "programme").annotate(
        lines_used=CountUpTo(lines.values("pk")[: MOST_COUNTED + 1]),
        is_gone=ExpressionWrapper(gone, BooleanField()),
    )


def covered_by(rules: Iterable[FeeRule]) -> dict[int, FeeRule]:
    """Of rules in the order in which they are tried, those that never come to their turn, each
    with the one before it that takes all of its lines."""
    found, before = {}, []
    for rule in rules:
        if rule.is_over:
            continue
        if first := next((one for one in before if covers(one, rule)), None):
            found[rule.pk] = first
        before.append(rule)
    return found
