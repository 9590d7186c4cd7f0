"""Which declared sales staff see, and for which producers an officer records and takes back.

Members and agents of a producer use its workbench (`producers.permissions.Act.DECLARE_SALES`).
"""

from django.db.models import QuerySet

from marketplace.accounts.permissions import areas_with
from marketplace.accounts.queries import Visitor, is_within, within
from marketplace.accounts.roles import StaffRole
from marketplace.producers.models import Producer
from shop.stall.models import DeclaredSale, Receipt

_HOME = "producer__home_village__code"


def areas_served(user: Visitor) -> list[str]:
    """Where somebody acts for producers at the desk: an officer's areas, everywhere, nowhere."""
    return areas_with(user)


def producers_served(user: Visitor) -> QuerySet[Producer]:
    """Producers for which somebody may record a sale; none that is closed."""
    open_ones = Producer.objects.exclude(status=Producer.Status.CLOSED)
    return open_ones.filter(within("home_village__code", areas_served(user)))


def may_take_back(user: Visitor, sale: DeclaredSale) -> bool:
    """Whether somebody serves the area of the sale's producer, open or closed."""
    return is_within(sale.producer.home_village_id, areas_served(user))


def sales_seen(user: Visitor) -> QuerySet[DeclaredSale]:
    """Declared sales as staff see them: of an officer's areas; finance and administrators all."""
    return DeclaredSale.objects.filter(within(_HOME, _areas_seen(user)))


def receipts_seen(user: Visitor) -> QuerySet[Receipt]:
    """The twin of `sales_seen` for pictures, also of one whose sale is just being told."""
    return Receipt.objects.filter(within(_HOME, _areas_seen(user)))


def _areas_seen(user: Visitor) -> list[str]:
    return areas_with(user, StaffRole.FINANCE)
