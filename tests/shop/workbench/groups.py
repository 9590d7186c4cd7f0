"""Two groups that know nothing of each other. Whatever one of them writes carries its mark."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.apps import apps
from django.core import serializers
from django.db import models, transaction
from django.utils import timezone
from oscar.apps.catalogue.models import Product
from oscar.apps.order.models import Line, Order
from oscar.apps.partner.models import Partner

from marketplace.accounts.roles import StaffRole
from marketplace.accounts.services import give_role
from marketplace.core import thai
from marketplace.core.private_files import private_storage
from marketplace.ledger.periods import month_period
from marketplace.producers.models import AgentGrant, Membership, Producer, ProducerClosure
from marketplace.producers.services import change_storefront, grant_agent, plan_closure
from marketplace.provenance.models import Photo, ProductDraft, Provenance
from marketplace.provenance.services import OptionPlan, save_draft, start_draft
from shop.parcels.models import Parcel
from shop.placing.models import Placement
from shop.placing.services import Contact, DeliveryAddress
from shop.stall.models import DeclaredSale, Receipt
from shop.stall.services import declare_sale
from tests.factories import (
    give_back,
    make_member,
    make_photo,
    make_producer,
    make_product,
    make_tambon,
    make_user,
    make_village,
    pay,
    place_order,
)


@dataclass
class Group:
    """A producer with people, products of every status, orders, money and a closure."""

    mark: str
    producer: Producer
    people: dict = field(default_factory=dict)
    products: dict[str, Provenance] = field(default_factory=dict)
    order: Placement | None = None
    closure: ProducerClosure | None = None
    declared: DeclaredSale | None = None
    photo: Photo | None = None
    receipt: Receipt | None = None
    draft: ProductDraft | None = None

    @property
    def parcel(self) -> Parcel:
        return self.order.order.parcels.get()

    @property
    def month(self) -> str:
        return month_period(thai.today()).key

    @property
    def today(self) -> str:
        return thai.today().isoformat()

    @property
    def far_day(self) -> str:
        return (thai.today() + timedelta(days=200)).isoformat()


def make_group(mark: str, village: str) -> Group:
    home = make_village(village, f"บ้าน{mark}")
    group = Group(mark, make_producer(home, f"กลุ่ม {mark}", name_en=f"Group {mark}"))
    owner = make_member(group.producer, "owner", make_user(f"{mark}-owner@example.com")).user
    group.people = {"owner": owner} | {
        role: make_member(group.producer, role).user
        for role in Membership.Role.values
        if role != "owner"
    }
    for scope in AgentGrant.Scope.values:
        group.people[f"agent:{scope}"] = make_agent(group.producer, owner, scope)
    _fill(group)
    return group


def make_agent(producer: Producer, owner, *scopes: str):
    agent = make_user()
    grant_agent(producer=producer, agent=agent, scopes=scopes, since=thai.today(), by=owner)
    return agent


def _fill(group: Group) -> None:
    producer, mark = group.producer, group.mark
    texts = {name: f"{name} {mark}" for name in ("story_th", "story_en", "notice_th", "notice_en")}
    change_storefront(producer=producer, by=None, **texts)
    day = thai.today() + timedelta(days=30)
    group.closure = plan_closure(
        producer=producer, first_day=day, last_day=day, note_th=f"หยุด {mark}", by=None
    )
    options = [OptionPlan(f"ลาย {mark}", f"Pattern {mark}", 30_000, 4, picture=None)]
    group.products = {
        "public": make_product(producer, title_th=f"ผ้า {mark}", stock=9),
        "options": make_product(producer, title_th=f"ผ้าเลือก {mark}", options=options),
        "draft": make_product(producer, title_th=f"ร่าง {mark}", public=False),
        "low": make_product(producer, title_th=f"ใกล้หมด {mark}", stock=1),
        "refused": make_product(producer, title_th=f"แก้ {mark}", public=False),
    }
    Provenance.objects.filter(pk=group.products["refused"].pk).update(
        status=Provenance.Status.REFUSED, status_reason=f"รูปมืด {mark}"
    )
    group.order = order_of(mark, (group.products["public"], 2))
    line = group.order.order.lines.get()
    give_back(group.order, lines={line.pk: 5_000})
    group.declared = declare_sale(
        producer=producer,
        product=group.products["public"].product,
        form_token=f"token-{mark}",
        by=group.people["owner"],
    ).sale
    group.photo = make_photo(producer)
    group.receipt = make_receipt(producer)
    data = {"title_th": f"ยังไม่เสร็จ {mark}", "photos": [group.photo.pk]}
    draft = start_draft(producer=producer, by=None)
    group.draft = save_draft(draft=draft, data=data, version=0, by=None)


def make_receipt(producer: Producer) -> Receipt:
    """One whose file is there; the next run writes it again."""
    name = f"receipts/of-{producer.pk}.jpg"
    file = Path(private_storage().path(name))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"a picture")
    return Receipt.objects.create(
        producer=producer, name=name, width=30, height=40, sha256="0" * 64
    )


def order_of(mark: str, *lines) -> Placement:
    placement = place_order(
        *lines,
        contact=Contact(f"{mark}@shopper.example", f"ผู้ซื้อ {mark}", "0812345678"),
        address=DeliveryAddress(f"99 {mark}", make_tambon().code, "50300", f"ฝาก {mark}"),
    )
    pay(placement, at=timezone.now())
    return placement


def make_outsiders(stranger: Group) -> dict:
    curator = make_user("curator@example.com")
    give_role(user=curator, role=StaffRole.CURATOR, by=None)
    return {
        "visitor": None,
        "shopper": make_user("shopper@example.com"),
        "curator": curator,
        "stranger": stranger.people["owner"],
    }


@contextmanager
def undone() -> Iterator[None]:
    """Try something and leave no trace of it in the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# --- What belongs to a group ---------------------------------------------------------------------
def rows_of(group: Group) -> dict[str, str]:
    """A hash of every row that hangs on the producer, by table and key.

    Whatever points at the producer, its partner, products, orders and order lines, and whatever
    points at that: a table of tomorrow is watched as soon as it has such a key.
    """
    found = _seeds(group)
    waiting = list(found)
    while waiting:
        target = waiting.pop()
        for model in apps.get_models():
            for key in _keys_to(model, target):
                rows = model._base_manager.filter(**{f"{key}__in": found[target]})
                new = set(rows.values_list("pk", flat=True)) - found[model]
                if new:
                    found[model] |= new
                    waiting.append(model)
    return dict(_hashes(found))


def _seeds(group: Group) -> dict[type[models.Model], set]:
    found = defaultdict(set)
    owned = Product.objects.filter(provenance__producer=group.producer)
    lines = Line.objects.filter(partner=group.producer.partner)
    found[Producer] = {group.producer.pk}
    found[Partner] = {group.producer.partner_id}
    found[Product] = set(owned.values_list("pk", flat=True))
    found[Line] = set(lines.values_list("pk", flat=True))
    found[Order] = {group.order.order_id}
    return found


def _keys_to(model: type[models.Model], target: type[models.Model]) -> list[str]:
    return [
        one.name
        for one in model._meta.concrete_fields
        if one.is_relation and one.related_model is target
    ]


def _hashes(found: dict[type[models.Model], set]) -> Iterator[tuple[str, str]]:
    for model, keys in found.items():
        for row in model._base_manager.filter(pk__in=keys):
            text = serializers.serialize("json", [row])
            name = f"{model._meta.label}:{row.pk}"
            yield name, hashlib.sha256(text.encode()).hexdigest()
