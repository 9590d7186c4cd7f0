"""What a walk begins with: two producers, three villages, two people of staff, one product."""

from dataclasses import dataclass, field
from datetime import datetime

from oscar.apps.order.models import Line
from oscar.apps.partner.models import StockRecord

from marketplace.core.money import PPM
from marketplace.producers.models import Producer
from marketplace.provenance import services as provenance
from marketplace.provenance.models import LineOrigin, Provenance
from tests.factories import make_producer, make_product, make_user, make_village
from tests.marketplace.ledger import rig

CODES = ("50010811", "50010812", "34010105")


@dataclass(frozen=True)
class World:
    producers: list[Producer]
    staff: list
    goods: Provenance
    stockrecord_id: int
    on_hand: int = 9
    shares: dict[str, int] = field(default_factory=lambda: {CODES[0]: 333_333, CODES[1]: 666_667})


def make_world() -> World:
    for code in CODES:
        make_village(code, f"บ้าน {code}")
    producers = [make_producer(make_village(code)) for code in CODES[1:]]
    goods = make_product(producers[0], price_baht="333.33", stock=World.on_hand)
    record = StockRecord.objects.get(product=goods.product)
    world = World(producers, [make_user(), make_user()], goods, record.pk)
    share_out(goods, world.shares)
    return world


def share_out(goods: Provenance, shares: dict[str, int]) -> None:
    assert sum(shares.values()) == PPM
    provenance.set_village_shares(provenance=goods, shares=shares, by=None)


def order_line(producer: Producer, satang: int) -> Line:
    order = rig.make_order()
    return rig.make_lines(order, [rig.Part(producer, {producer.home_village_id: satang})])[0]


def sale_of(number: str, origins: list[LineOrigin], at: datetime) -> rig.Sale:
    """The facts of an order that consists of these shares and is paid."""
    shares = tuple(rig.share(origin) for origin in origins)
    paid = sum(share.paid_satang for share in shares)
    return rig.Sale(number, f"pi_{number}", at, paid, shares)
