"""Make drafts of judged rows: the village and its holding producer first, then the product.

A list names no producer that we may publish (outlets are often persons), so a proven village gets
one producer “ผู้ผลิตชุมชน…” in status `applied`, which the real group can claim. Drafts cannot be
seen or bought before a person completes and publishes them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marketplace.producers.models import Producer
from marketplace.producers.services import register_producer
from marketplace.provenance.models import Provenance
from marketplace.provenance.services import OptionPlan, ProductPlan, create_products
from marketplace.villages.models import Village
from marketplace.villages.services import register_village

HOLDING_PREFIX = "ผู้ผลิตชุมชน"
_PRODUCER_NAME_MAX_LENGTH = 128


@dataclass(frozen=True)
class DraftPlan:
    """A product proven to come from a village: facts of judging, and who is to hold it."""

    village_code: str
    village_name: str
    is_code_confirmed: bool
    producer_name: str  # "" for the village's holding producer
    facts: dict


def make_drafts(plans: Sequence[DraftPlan], by=None) -> list[Provenance]:
    """Create the drafts with the villages and producers they need, in the caller's transaction."""
    villages = _villages(plans, by)
    producers = _producers(plans, villages, by)
    return create_products(
        [_product_plan(plan, producers[_producer_key(plan, villages)]) for plan in plans], by=by
    )


def _villages(plans: Iterable[DraftPlan], by) -> dict[str, Village]:
    """Villages of the plans; one that is missing is registered under the first name read."""
    wanted = {plan.village_code: plan for plan in reversed(list(plans))}
    villages = Village.objects.in_bulk(list(wanted))
    for code, plan in wanted.items():
        if code not in villages:
            villages[code] = register_village(
                code=code,
                name_th=plan.village_name,
                is_code_confirmed=plan.is_code_confirmed,
                by=by,
            )
    return villages


def _producers(
    plans: Iterable[DraftPlan], villages: dict[str, Village], by
) -> dict[tuple[str, str], Producer]:
    """The producers of the plans by village and name: the one there is, else an applicant."""
    wanted = {_producer_key(plan, villages) for plan in plans}
    found = Producer.objects.filter(
        home_village__in={code for code, _ in wanted}, name_th__in={name for _, name in wanted}
    ).order_by("-pk")
    producers = {(one.home_village_id, one.name_th): one for one in found}
    for code, name in sorted(wanted - producers.keys()):
        producers[code, name] = register_producer(
            name_th=name,
            kind=Producer.Kind.COMMUNITY_GROUP,
            home_village=villages[code],
            by=by,
        )
    return producers


def _producer_key(plan: DraftPlan, villages: dict[str, Village]) -> tuple[str, str]:
    name = plan.producer_name or f"{HOLDING_PREFIX}{villages[plan.village_code].name_th}"
    return plan.village_code, name[:_PRODUCER_NAME_MAX_LENGTH].strip()


def _product_plan(plan: DraftPlan, producer: Producer) -> ProductPlan:
    facts = dict(plan.facts)
    options = [OptionPlan(**option) for option in facts.pop("options", [])]
    return ProductPlan(
        producer=producer,
        options=options,
        shares={plan.village_code: 1_000_000},
        **facts,
    )
