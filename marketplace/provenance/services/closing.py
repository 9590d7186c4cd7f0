"""Throw a product's form away, bring it back, and forget it in the end."""

from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from marketplace.provenance.models import ProductDraft
from marketplace.provenance.services import errors

Closing = ProductDraft.Closing
KEPT = timedelta(days=30)


def discard_draft(*, draft: ProductDraft, by: AbstractBaseUser | None) -> None:
    """Throw a form away; its product stays. Twice, or once sent in: no change.

    It can be brought back for 30 days; one that nobody typed into is simply gone.
    """
    unfinished = ProductDraft.objects.unfinished().filter(pk=draft.pk)
    if not unfinished.filter(version=0, made_of=None).delete()[0]:
        unfinished.update(closed_at=timezone.now(), closing=Closing.DISCARDED)


def bring_back_draft(*, draft: ProductDraft, by: AbstractBaseUser | None) -> ProductDraft:
    """Open a form that was thrown away; returns it. Open already: no change.

    Raises DraftClosed for one sent in, split or gone, and BegunAnew where its product has another
    unfinished form by now.
    """
    with transaction.atomic():
        fresh = ProductDraft.objects.select_for_update().filter(pk=draft.pk).first()
        if fresh is None or fresh.submitted_at or fresh.closing == Closing.SPLIT:
            raise errors.DraftClosed
        if fresh.closed_at is None:
            return fresh
        others = ProductDraft.objects.unfinished().filter(provenance=fresh.provenance_id)
        if fresh.provenance_id and others.exists():
            raise errors.BegunAnew
        fresh.closed_at, fresh.closing = None, ""
        fresh.save(update_fields=["closed_at", "closing", "updated_at"])
    return fresh


def forget_closed_drafts() -> int:
    """Delete forms that were closed 30 days ago; return how many. Safe to repeat."""
    before = timezone.now() - KEPT
    return ProductDraft.objects.filter(closed_at__lt=before).delete()[0]
