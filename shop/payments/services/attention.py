"""Keep what a person must look at, until it has been looked at or came right by itself."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from oscar.apps.order.models import Order

from shop.payments.models import Attention


def note_attention(
    order: Order | None, reason: str, reference: str, *, due_at: datetime | None = None
) -> None:
    """Note a problem with money; noted twice for the same id, kept once.

    One that had come right by itself is opened again; one that somebody looked at stays so.
    """
    facts = {"reason": reason, "reference": reference}
    defaults = {"order": order, "due_at": due_at}
    kept, is_new = Attention.objects.get_or_create(**facts, defaults=defaults)
    is_done = kept.resolved_by_id is not None
    if not (is_new or is_done) and (kept.resolved_at or kept.due_at != due_at):
        # Somebody may have looked at it since it was read: that stays so too.
        waiting = Attention.objects.filter(pk=kept.pk, resolved_by=None)
        waiting.update(resolved_at=None, due_at=due_at)


def let_rest(reason: str, references: Iterable[str]) -> None:
    """Say that these came right by themselves; what nobody noted stays unnoted."""
    waiting = Attention.objects.filter(reason=reason, resolved_at=None)
    waiting.filter(reference__in=list(references)).update(resolved_at=timezone.now())
