"""Reading what belongs to a producer; each function fixes its number of statements."""

from django.db.models import Q, QuerySet

from marketplace.core import thai
from marketplace.core.models import AuditEntry
from marketplace.producers.models import Producer, ProducerClosure

MOST_ACTS = 200


def coming_closures(producer: Producer) -> QuerySet[ProducerClosure]:
    """Days on which the producer is closed that are not over, the next first; one statement."""
    not_over = Q(valid_until=None) | Q(valid_until__gte=thai.today())
    return ProducerClosure.objects.filter(not_over, producer=producer).order_by("valid_from")


def acts_of_agents(producer: Producer, limit: int = 50) -> list[AuditEntry]:
    """What agents did for a producer, newest first, for the producer to see; one statement."""
    entries = AuditEntry.objects.filter(on_behalf_of=f"producer:{producer.pk}")
    return list(entries.select_related("actor").order_by("-pk")[: min(limit, MOST_ACTS)])
