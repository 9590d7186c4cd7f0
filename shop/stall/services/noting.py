"""What is written down of every act on a declared sale."""

from django.contrib.auth.models import AbstractBaseUser

from marketplace.core import audit
from marketplace.producers.permissions import on_behalf_of
from shop.stall.models import DeclaredSale


def note(
    act: str, sale: DeclaredSale, by: AbstractBaseUser | None, *, as_officer: bool = False
) -> None:
    """What an officer does at the desk is done for the producer, which reads of it."""
    own_grant = on_behalf_of(by, sale.producer)
    audit.note(
        actor=by,
        act=act,
        target=f"declared-sale:{sale.pk}",
        on_behalf_of=f"producer:{sale.producer_id}" if as_officer else own_grant,
        amount_satang=sale.amount_satang,
        quantity=sale.quantity,
    )
