"""Reading producers for pages and pickers; each function fixes its number of statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from marketplace.core import thai
from marketplace.core.models import AuditEntry
from marketplace.producers.models import (
    DeliveryRate,
    IncomeDisclosure,
    PayoutAccount,
    Producer,
    ProducerClosure,
)

MOST_NAMED = 50
MOST_ACTS = 200


@dataclass(frozen=True)
class ProducerPage:
    """A producer with its village and places, what it charges, and whether it is closed today."""

    producer: Producer
    delivery_rates: list[DeliveryRate]
    closure: ProducerClosure | None


def producer_page(pk: int) -> ProducerPage | None:
    """What the page of a producer that may sell needs of it, or None; three statements."""
    producers = Producer.objects.open().select_related("home_village__tambon__amphoe__province")
    producer = producers.filter(pk=pk).first()
    if producer is None:
        return None
    rates = DeliveryRate.objects.filter(producer=producer).order_by("up_to_grams")
    closures = ProducerClosure.objects.in_force().filter(producer=producer)
    return ProducerPage(producer, list(rates), closures.first())


def open_producers(area_code: str) -> QuerySet[Producer]:
    """Producers at home in an area of any level that may sell, in Thai order; one statement."""
    producers = Producer.objects.open().filter(home_village__code__startswith=area_code)
    return producers.select_related("home_village")


def producers_named_like(words: str, limit: int = 20) -> list[Producer]:
    """Open producers whose Thai or English name contains the words; one statement."""
    producers = Producer.objects.open().named_like(words).select_related("home_village")
    return list(producers[: min(limit, MOST_NAMED)])


def disclosing_on(producer_ids: Iterable[int], day: date) -> set[int]:
    """Which of these producers agreed to exact figures on that day; one statement."""
    disclosures = IncomeDisclosure.objects.in_force(day).filter(producer_id__in=producer_ids)
    return set(disclosures.values_list("producer_id", flat=True))


def active_account(producer: Producer) -> PayoutAccount | None:
    """Where the producer is paid today, if anywhere; look at `frozen_until` before paying."""
    return PayoutAccount.objects.filter(producer=producer, state=PayoutAccount.State.ACTIVE).first()


def coming_closures(producer: Producer) -> QuerySet[ProducerClosure]:
    """Days on which the producer is closed that are not over, the next first; one statement."""
    not_over = Q(valid_until=None) | Q(valid_until__gte=thai.today())
    return ProducerClosure.objects.filter(not_over, producer=producer).order_by("valid_from")


def acts_of_agents(producer: Producer, limit: int = 50) -> list[AuditEntry]:
    """What agents did for a producer, newest first, for the producer to see; one statement."""
    entries = AuditEntry.objects.filter(on_behalf_of=f"producer:{producer.pk}")
    return list(entries.select_related("actor").order_by("-pk")[: min(limit, MOST_ACTS)])
