"""Show a product to shoppers, or take it back."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.models import Product
from oscar.apps.partner.models import StockRecord

from marketplace.core import audit, outbox, thai
from marketplace.producers.models import Producer
from marketplace.provenance.models import Provenance, VillageShare
from marketplace.provenance.services import errors
from marketplace.provenance.services.listings import refresh_listings

Status = Provenance.Status
REASON_MAX_LENGTH = 200
ALCOHOL_REASON = "เครื่องดื่มแอลกอฮอล์ กฎหมายห้ามขายและโฆษณาทางออนไลน์"


def publish_product(
    *, provenance: Provenance, by: AbstractBaseUser | None, at: datetime | None = None
) -> Provenance:
    """Let shoppers see a product, listed as new from `at` (now) on, or from its first time.

    Raises CannotPublish for an alcoholic drink, while its producer may not sell, while something
    to be sold has no price, and NoVillageShare while no village would be credited. Called twice:
    no change.
    """
    with transaction.atomic():
        fresh = Provenance.objects.select_for_update().select_related("product", "producer")
        fresh = fresh.get(pk=provenance.pk)
        if fresh.status != Status.PUBLIC:
            _require_complete(fresh)
            fresh.published_at = fresh.published_at or at or timezone.now()
            set_status(fresh, Status.PUBLIC, "", by)
    provenance.refresh_from_db()
    return provenance


def withdraw_product(
    *, provenance: Provenance, reason: str, by: AbstractBaseUser | None
) -> Provenance:
    """Take a product from sale, with a reason its producer reads. Orders placed keep it.

    Called twice: no change. Raises CannotWithdraw without a reason.
    """
    reason = thai.normalise(reason)
    if not 0 < len(reason) <= REASON_MAX_LENGTH:
        raise errors.CannotWithdraw
    with transaction.atomic():
        fresh = Provenance.objects.select_for_update().get(pk=provenance.pk)
        if fresh.status != Status.WITHDRAWN:
            set_status(fresh, Status.WITHDRAWN, reason, by)
    provenance.refresh_from_db()
    return provenance


def declare_alcohol(
    *, provenance: Provenance, is_alcoholic: bool, by: AbstractBaseUser | None
) -> Provenance:
    """Say whether a product is an alcoholic drink; one that is leaves the shop at once.

    Called twice: no change. What was withdrawn stays so until somebody publishes it again.
    """
    with transaction.atomic():
        fresh = Provenance.objects.select_for_update().get(pk=provenance.pk)
        if fresh.is_alcoholic != is_alcoholic:
            if is_alcoholic and fresh.status == Status.PUBLIC:
                withdraw_product(provenance=fresh, reason=ALCOHOL_REASON, by=by)
            Provenance.objects.filter(pk=fresh.pk).update(is_alcoholic=is_alcoholic)
            target = f"product:{fresh.product_id}"
            audit.note(actor=by, act="product.alcohol", target=target, now=int(is_alcoholic))
    provenance.refresh_from_db()
    return provenance


def _require_complete(provenance: Provenance) -> None:
    product = provenance.product
    if provenance.is_alcoholic:
        raise errors.CannotPublish(
            _("Alcoholic drinks may not be sold or advertised online: this is Thai law.")
        )
    if provenance.producer.status != Producer.Status.ACTIVE:
        raise errors.CannotPublish(_("The producer may not sell yet."))
    sold = {"product__parent": product} if product.is_parent else {"product": product}
    prices = list(StockRecord.objects.filter(**sold).values_list("price", flat=True))
    if not prices or None in prices:
        raise errors.CannotPublish(_("The product, or one of its options, has no price."))
    if not VillageShare.objects.in_force().filter(provenance=provenance).exists():
        raise errors.NoVillageShare(product.pk, product.title)


def set_status(
    provenance: Provenance, status: str, reason: str, by: AbstractBaseUser | None
) -> None:
    provenance.status, provenance.status_reason = status, reason
    provenance.save(update_fields=["status", "status_reason", "published_at"])
    product_id = provenance.product_id
    # Options go with their product, so that none can be bought by its own address.
    Product.objects.filter(Q(pk=product_id) | Q(parent=product_id)).update(
        is_public=status == Status.PUBLIC, date_updated=timezone.now()
    )
    audit.note(actor=by, act=f"product.{status}", target=f"product:{product_id}")
    outbox.note("product", product_id)
    refresh_listings([product_id])
