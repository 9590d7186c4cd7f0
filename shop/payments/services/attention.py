"""Keep what a person must look at."""

from oscar.apps.order.models import Order

from shop.payments.models import Attention


def note_attention(order: Order, reason: str, reference: str) -> None:
    """Note a problem with an order's money; noted twice for the same id, kept once."""
    facts = {"reason": reason, "reference": reference}
    Attention.objects.get_or_create(**facts, defaults={"order": order})
