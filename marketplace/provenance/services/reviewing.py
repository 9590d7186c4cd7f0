"""Send a product in for review, and decide about it.

Who may review where is asked by the pages (`accounts.permissions.review_areas`).
"""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core import audit, outbox, thai
from marketplace.producers.models import Membership, Producer
from marketplace.producers.permissions import agent_grants_of, on_behalf_of
from marketplace.provenance.models import Provenance
from marketplace.provenance.services import errors
from marketplace.provenance.services.publishing import (
    REASON_MAX_LENGTH,
    publish_product,
    set_status,
)

Status = Provenance.Status
_CAN_COME_IN = (Status.DRAFT, Status.REFUSED, Status.WITHDRAWN)


def submit_product(*, provenance: Provenance, by: AbstractBaseUser | None) -> Provenance:
    """Let a product wait for review, at the end of the queue.

    Waiting already: no change. Raises NotToBeReviewed for a public one, CannotPublish for an
    alcoholic drink.
    """
    with transaction.atomic():
        fresh = locked(provenance.pk)
        if fresh.is_alcoholic:
            raise errors.CannotPublish(
                _("Alcoholic drinks may not be sold or advertised online: this is Thai law.")
            )
        if fresh.status in _CAN_COME_IN:
            bring_in(fresh, by)
        elif fresh.status != Status.IN_REVIEW:
            raise errors.NotToBeReviewed
    provenance.refresh_from_db()
    return provenance


def bring_in(locked: Provenance, by: AbstractBaseUser | None) -> None:
    """Put a locked product at the end of the queue, also one that waits and has changed."""
    locked.status, locked.status_reason, locked.submitted_at = Status.IN_REVIEW, "", timezone.now()
    locked.save(update_fields=["status", "status_reason", "submitted_at"])
    audit.note(
        actor=by,
        act="product.in_review",
        target=f"product:{locked.product_id}",
        on_behalf_of=on_behalf_of(by, locked.producer),
    )
    outbox.note("product", locked.product_id)


def approve_product(
    *, provenance: Provenance, by: AbstractBaseUser | None, seen: datetime | None = None
) -> Provenance:
    """Show a product that waits to shoppers.

    `seen` is `submitted_at` as the reviewer saw it. Raises AlreadyDecided when it no longer waits,
    StaleReview when it came in anew since, OwnProduct, and what `publish_product` raises.
    """
    with transaction.atomic():
        fresh = _waiting(provenance, by, seen)
        publish_product(provenance=fresh, by=by)
        _note_decision(fresh, "product.approve", by)
    provenance.refresh_from_db()
    return provenance


def refuse_product(
    *,
    provenance: Provenance,
    reason: str,
    by: AbstractBaseUser | None,
    seen: datetime | None = None,
) -> Provenance:
    """Send a product that waits back to its producer, who reads the reason and mends it.

    Raises AlreadyDecided, StaleReview, OwnProduct as `approve_product`, ReasonForRefusal.
    """
    reason = checked_reason(reason)
    with transaction.atomic():
        fresh = _waiting(provenance, by, seen)
        set_status(fresh, Status.REFUSED, reason, by)
        _note_decision(fresh, "product.refuse", by)
    provenance.refresh_from_db()
    return provenance


def checked_reason(reason: str) -> str:
    reason = thai.normalise(reason)
    if not 0 < len(reason) <= REASON_MAX_LENGTH:
        raise errors.ReasonForRefusal
    return reason


def require_stranger(producer: Producer, by: AbstractBaseUser | None) -> None:
    """Raise OwnProduct for members and agents of the producer: nobody approves their own work."""
    if by is None:
        return
    is_member = Membership.objects.filter(producer=producer, user_id=by.pk).exists()
    if is_member or agent_grants_of(by).filter(producer=producer).exists():
        raise errors.OwnProduct


def _waiting(
    provenance: Provenance, by: AbstractBaseUser | None, seen: datetime | None
) -> Provenance:
    fresh = locked(provenance.pk)
    require_undecided(fresh.status == Status.IN_REVIEW, fresh.submitted_at, seen)
    require_stranger(fresh.producer, by)
    return fresh


def locked(provenance_id: int) -> Provenance:
    """The provenance with its product and producer, alone locked until the transaction ends."""
    rows = Provenance.objects.select_for_update(of=("self",)).select_related("producer", "product")
    return rows.get(pk=provenance_id)


def require_undecided(is_waiting: bool, submitted_at: datetime, seen: datetime | None) -> None:
    """Raise AlreadyDecided for what waits no more, StaleReview for what was sent in anew since."""
    if not is_waiting:
        raise errors.AlreadyDecided
    if seen is not None and submitted_at != seen:
        raise errors.StaleReview


def _note_decision(provenance: Provenance, act: str, by: AbstractBaseUser | None) -> None:
    audit.note(actor=by, act=act, target=f"product:{provenance.product_id}")
