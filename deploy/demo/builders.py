"""Small builders over the real services, for the demo and for tests (tests/factories.py).

Each fills in what is not said, so that a test names only what it is about. Nothing here writes a
table that a service writes.
"""

from datetime import datetime
from decimal import Decimal
from itertools import count

import geothai
from django.contrib.auth import get_user_model
from django.utils import timezone
from oscar.apps.basket.models import Basket
from oscar.apps.catalogue.models import Category, Product

from marketplace.core import money, thai
from marketplace.places.models import Amphoe, Postcode, Province, Tambon
from marketplace.places.regions import REGION_OF_PROVINCE, SECONDARY_CITIES
from marketplace.producers import services as producers
from marketplace.producers.models import Membership, Producer
from marketplace.provenance import services as provenance
from marketplace.provenance.models import CategoryName, OtopType, Photo, Provenance
from marketplace.villages import services as villages
from marketplace.villages.models import Village
from shop.basket.services import add_product
from shop.partner.strategy import VillageStrategy
from shop.payments import services as payments
from shop.payments.facts import IntentFacts, RefundFacts
from shop.placing import services as placing
from shop.placing.models import Placement

_number = count(1)


def _place(model, official, **facts):
    """Return the place under its official code, made with its official names if need be."""
    names = {"name_th": official.name_th, "name_en": official.name_en}
    defaults = {**names, "sort_key": thai.sort_key(official.name_th), **facts}
    return model.objects.get_or_create(code=official.code, defaults=defaults)[0]


def make_province(code: str = "50", **facts) -> Province:
    facts.setdefault("region", REGION_OF_PROVINCE[code])
    facts.setdefault("is_secondary_city", code in SECONDARY_CITIES)
    return _place(Province, geothai.province(code), **facts)


def make_amphoe(code: str = "5001") -> Amphoe:
    return _place(Amphoe, geothai.district(code), province=make_province(code[:2]))


def make_tambon(code: str = "500108") -> Tambon:
    return _place(Tambon, geothai.subdistrict(code), amphoe=make_amphoe(code[:4]))


def make_village(code: str = "50010811", name_th: str = "บ้านดอยปุย", **facts) -> Village:
    """Return the village of that code, made with its tambon, amphoe and province if need be."""
    make_tambon(code[:6])
    known = Village.objects.filter(code=code).first()
    return known or villages.register_village(code=code, name_th=name_th, **facts)


def make_user(email: str = "", password: str | None = None, **facts):
    email = email or f"person{next(_number)}@demo.example"
    return get_user_model().objects.create_user(email, password, **facts)


def make_producer(
    village: Village | None = None, name_th: str = "", *, status: str = "active", **facts
) -> Producer:
    """Return a producer that may sell, unless another status is asked for."""
    facts.setdefault("kind", Producer.Kind.COMMUNITY_GROUP)
    return producers.register_producer(
        name_th=name_th or f"กลุ่มทอผ้า {next(_number)}",
        home_village=village or make_village(),
        status=status,
        **facts,
    )


def make_member(producer: Producer, role: str = "owner", user=None) -> Membership:
    return producers.add_member(producer=producer, user=user or make_user(), role=role, by=None)


def make_category(
    name_th: str = "ผ้าทอ", parent: Category | None = None, name_en: str = ""
) -> Category:
    made = parent.add_child(name=name_th) if parent else Category.add_root(name=name_th)
    if name_en:
        CategoryName.objects.create(category=made, name_en=name_en)
    return made


def make_product(
    producer: Producer | None = None,
    *,
    price_baht: str = "250",
    stock: int | None = 5,
    public: bool = True,
    **facts,
) -> Provenance:
    """Return a product that can be bought: priced, in stock, public, all of its home village."""
    facts.setdefault("title_th", f"ผ้าพันคอไหม {next(_number)}")
    facts.setdefault("otop_type", OtopType.TEXTILE)
    made = provenance.create_product(
        producer=producer or make_producer(),
        price_satang=money.to_satang(Decimal(price_baht)),
        quantity=stock,
        **facts,
    )
    if public:
        provenance.publish_product(provenance=made, by=None)
    return made


def make_photo(producer: Producer, *remarks: str, name: str = "") -> Photo:
    """Return a photo that a producer sent; there is no file behind it."""
    key = f"{next(_number):064}"
    name = name or f"images/photos/{key}.jpg"
    facts = {"width": 2000, "height": 1500, "remarks": list(remarks), "sha256": key}
    return Photo.objects.create(producer=producer, name=name, **facts)


def make_postcode(postcode: str = "50300", tambon_code: str = "500108") -> Postcode:
    return Postcode.objects.get_or_create(postcode=postcode, tambon=make_tambon(tambon_code))[0]


def make_basket(*lines: Provenance | tuple[Provenance | Product, int]) -> Basket:
    """Return a guest's basket; a line is a thing, or a thing or option and how many of it."""
    basket = Basket.objects.create()
    basket.strategy = VillageStrategy()
    for line in lines:
        thing, quantity = line if isinstance(line, tuple) else (line, 1)
        product = thing.product if isinstance(thing, Provenance) else thing
        add_product(basket=basket, product=product, quantity=quantity)
    return basket


def place_order(*lines: Provenance | tuple[Provenance | Product, int], **facts) -> Placement:
    """Return an order that waits for payment, sent to a tambon of Chiang Mai."""
    basket = make_basket(*lines)
    facts = {
        "contact": placing.Contact("malee@demo.example", "มาลี ใจดี", "0812345678"),
        "address": placing.DeliveryAddress("99 หมู่ 1", make_tambon().code, "50300"),
        "delivery": {},
        "language": "th",
        "form_token": f"builder-{basket.pk}",
    } | facts
    return placing.place_order(basket=basket, **facts).placement


def pay(placement: Placement, *, at: datetime | None = None, with_mail: bool = False):
    """Make an order paid as Stripe's word would, without asking it; `at` may lie in the past."""
    attempt = payments.open_attempt(placement.order, at=at)
    payments.keep_intent(attempt, f"pi_demo_{placement.order.number}")
    facts = IntentFacts(
        id=attempt.intent_id,
        status="succeeded",
        amount_satang=attempt.amount_satang,
        received_satang=attempt.amount_satang,
        currency="thb",
        livemode=False,
        order_number=placement.order.number,
        paid_at=at or timezone.now(),
    )
    return payments.record_payment(attempt=attempt, facts=facts, with_mail=with_mail)


def give_back(
    placement: Placement,
    *,
    lines: dict[int, int] | None = None,
    delivery: dict[int, int] | None = None,
    at: datetime | None = None,
    by=None,
    reason: str = "ของมาถึงไม่สมบูรณ์",
):
    """Refund satang of lines, and of delivery by producer, as Stripe's word would."""
    refund = payments.open_refund(
        placement.order, lines=lines or {}, delivery=delivery or {}, by=by, reason=reason
    )
    facts = RefundFacts(
        id=f"re_demo_{refund.pk}",
        status="succeeded",
        amount_satang=refund.amount_satang,
        intent_id=refund.attempt.intent_id,
        refund_key=str(refund.pk),
        created_at=at or timezone.now(),
    )
    return payments.record_refund_facts(refund, facts, with_mail=False)
