"""Changing a row so that only what differs is written: shared by the acts on every register.

Callers lock the row before, in their transaction, and note the change after.
"""

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from marketplace.core import thai
from marketplace.core.errors import DomainError

REASON_MAX_LENGTH = 200


class ReasonRequired(DomainError):
    message = _("Say why.")


def save_facts(row: Model, facts: dict) -> list[str]:
    """Give the row these facts; returns the names of those that differed and were saved."""
    changed = sorted(name for name, fact in facts.items() if getattr(row, name) != fact)
    for name in changed:
        setattr(row, name, facts[name])
    if changed:
        row.save(update_fields=changed)
    return changed


def save_status(row: Model, status: str, reason: str) -> bool:
    """Give the row a status with its reason; False when it has both already.

    Its day begins anew with another status, not with another reason for the same one.
    """
    if (row.status, row.status_reason) == (status, reason):
        return False
    if row.status != status:
        row.status_since = thai.today()
    row.status, row.status_reason = status, reason
    row.save(update_fields=["status", "status_reason", "status_since"])
    return True


def tidy_reason(reason: str, is_required: bool = True) -> str:
    """A reason as it is kept; raises ReasonRequired for one that is required and empty."""
    reason = thai.normalise(reason)[:REASON_MAX_LENGTH]
    if is_required and not reason:
        raise ReasonRequired
    return reason
