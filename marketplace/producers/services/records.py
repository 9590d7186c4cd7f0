"""Locking a producer and writing down what was done with it."""

from django.contrib.auth.models import AbstractBaseUser

from marketplace.core import audit, outbox
from marketplace.producers.models import Producer

User = AbstractBaseUser


def lock(producer: Producer) -> Producer:
    """Read the producer again, locked until the end of the transaction."""
    return Producer.objects.select_for_update().get(pk=producer.pk)


def record(
    producer: Producer, act: str, by: User | None, on_behalf_of: str = "", **details: int | str
) -> None:
    """Audit an act on a producer and tell the readers of the outbox."""
    outbox.note("producer", producer.pk)
    audit.note(
        actor=by,
        act=act,
        target=f"producer:{producer.pk}",
        on_behalf_of=on_behalf_of,
        **details,
    )
