"""Propose to say something else of a live product, and decide about it. The product stays live."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from marketplace.core import audit, outbox
from marketplace.producers.permissions import on_behalf_of
from marketplace.provenance.models import ProductChange, Provenance
from marketplace.provenance.services import errors
from marketplace.provenance.services.facts import (
    OPTION_PICTURES,
    PICTURES,
    WAITING_FACTS,
    checked_facts,
    read_facts,
    write_facts,
)
from marketplace.provenance.services.listings import refresh_listings
from marketplace.provenance.services.reviewing import (
    checked_reason,
    locked,
    require_stranger,
    require_undecided,
)

State = ProductChange.State


def propose_change(
    *, provenance: Provenance, facts: dict, by: AbstractBaseUser | None
) -> ProductChange | None:
    """Let changed texts and pictures of a live product wait; return the change that waits now.

    `facts` holds any of `WAITING_FACTS`; `pictures` are names in the storage. What waited is
    replaced. The same again: the change that waits. Nothing differs from what is shown: none, and
    what waited is taken back. Raises NotLive, InvalidTitle, InvalidText.
    """
    facts = checked_facts({name: facts[name] for name in WAITING_FACTS if name in facts})
    with transaction.atomic():
        fresh = locked(provenance.pk)
        if fresh.status != Provenance.Status.PUBLIC:
            raise errors.NotLive
        before, after = difference(read_facts(fresh), facts)
        waiting = fresh.changes.select_for_update().filter(state=State.WAITING).first()
        if waiting and (waiting.before, waiting.after) == (before, after):
            return waiting
        if waiting:
            _settle(waiting, State.REPLACED if after else State.WITHDRAWN, by)
        return _wait(fresh, before, after, by) if after else None


def approve_change(
    *, change: ProductChange, by: AbstractBaseUser | None, seen: datetime | None = None
) -> ProductChange:
    """Let shoppers see what a change says.

    Raises AlreadyDecided, StaleReview where `seen` is not its `submitted_at`, OwnProduct, and
    ProductMovedOn when what it was about is no longer as it was. Nothing is changed then.
    """
    with transaction.atomic():
        fresh = _waiting(change, by, seen)
        if has_moved_on(fresh):
            raise errors.ProductMovedOn
        provenance = fresh.provenance
        write_facts(provenance, fresh.after)
        _settle(fresh, State.APPROVED, by)
        outbox.note("product", provenance.product_id)
        refresh_listings([provenance.product_id])
    change.refresh_from_db()
    return change


def refuse_change(
    *,
    change: ProductChange,
    reason: str,
    by: AbstractBaseUser | None,
    seen: datetime | None = None,
) -> ProductChange:
    """Leave a product as it is; its producer reads the reason.

    Raises AlreadyDecided, StaleReview, OwnProduct, ReasonForRefusal.
    """
    reason = checked_reason(reason)
    with transaction.atomic():
        fresh = _waiting(change, by, seen)
        _settle(fresh, State.REFUSED, by, reason)
        outbox.note("product", fresh.provenance.product_id)
    change.refresh_from_db()
    return change


def has_moved_on(change: ProductChange) -> bool:
    """Whether the product no longer says what the change would replace, or is not live."""
    if change.provenance.status != Provenance.Status.PUBLIC:
        return True
    now = read_facts(change.provenance)
    return any(now[name] != fact for name, fact in change.before.items())


def difference(now: dict, wanted: dict) -> tuple[dict, dict]:
    """Return the facts that would change, as they are and as they are wanted."""
    changed = [name for name in WAITING_FACTS if name in wanted and wanted[name] != now[name]]
    return {name: now[name] for name in changed}, {name: wanted[name] for name in changed}


def pictures_of_changes(names: set[str]) -> set[str]:
    """Speak for pictures of changes that wait or are to be mended (see `photo_uses`)."""
    kept = ProductChange.objects.filter(state__in=(State.WAITING, State.REFUSED))
    facts = [one for row in kept.values_list("before", "after") for one in row]
    named = ((*said.get(PICTURES, ()), *said.get(OPTION_PICTURES, {}).values()) for said in facts)
    return names & {name for some in named for name in some}


def _wait(
    provenance: Provenance, before: dict, after: dict, by: AbstractBaseUser | None
) -> ProductChange:
    change = ProductChange.objects.create(
        provenance=provenance, before=before, after=after, submitted_by=by
    )
    _note(change, "change.propose", by, on_behalf_of(by, provenance.producer))
    return change


def _settle(
    change: ProductChange, state: str, by: AbstractBaseUser | None, reason: str = ""
) -> None:
    change.state, change.reason = state, reason
    change.decided_by, change.decided_at = by, timezone.now()
    change.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    _note(change, f"change.{state}", by)


def _note(change: ProductChange, act: str, by, behalf: str = "") -> None:
    product_id = change.provenance.product_id
    target = f"product:{product_id}"
    audit.note(actor=by, act=act, target=target, on_behalf_of=behalf, change=change.pk)


def _waiting(
    change: ProductChange, by: AbstractBaseUser | None, seen: datetime | None
) -> ProductChange:
    provenance = locked(change.provenance_id)
    fresh = ProductChange.objects.select_for_update().get(pk=change.pk)
    fresh.provenance = provenance
    require_undecided(fresh.state == State.WAITING, fresh.submitted_at, seen)
    require_stranger(provenance.producer, by)
    return fresh
