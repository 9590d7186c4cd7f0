"""Producers of the vocabulary, what they charge for delivery and whether they publish income."""

from datetime import date

from deploy.demo.vocabulary import producers as words
from deploy.demo.vocabulary.shapes import ProducerPlan
from marketplace.producers import services
from marketplace.producers.models import Producer
from marketplace.villages.models import Village

FLAT_RATE = [(20_000, 5_000)]
RATES_BY_WEIGHT = [(500, 3_500), (1_000, 4_500), (3_000, 8_000), (10_000, 18_000), (30_000, 45_000)]
# One producer in three keeps its village's income in a band, so that both ways can be seen.
KEEPS_A_BAND = 3


def load_producers(villages: dict[str, Village], since: date) -> dict[str, Producer]:
    return {
        plan.key: _load_producer(plan, villages, since, number)
        for number, plan in enumerate(words.PRODUCERS)
    }


def _load_producer(
    plan: ProducerPlan, villages: dict[str, Village], since: date, number: int
) -> Producer:
    producer = services.register_producer(
        name_th=plan.name_th,
        name_en=plan.name_en,
        kind=plan.type,
        home_village=villages[plan.village_code],
        since_year_be=plan.since_year_be,
        members_count=plan.member_count,
        is_vat_registered=plan.vat_registered,
        story_th=plan.story_th,
        story_en=plan.story_en,
        status=Producer.Status.ACTIVE,
    )
    steps = RATES_BY_WEIGHT if number % 2 else FLAT_RATE
    services.set_delivery_rates(producer=producer, steps=steps, by=None)
    if number % KEEPS_A_BAND:
        services.record_disclosure(producer=producer, since=since, by=None)
    return producer
