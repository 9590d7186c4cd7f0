"""The one way to write down who did what."""

from marketplace.core.models import AuditEntry


def note(
    *, actor, act: str, target: str, on_behalf_of: str = "", **details: int | str
) -> AuditEntry:
    """Record an act in the transaction that does it.

    `actor` is the user, or None for a job. `details` are ids and counts, never personal data.
    Called twice: two rows, since an act done twice happened twice.
    """
    return AuditEntry.objects.create(
        actor=actor, act=act, target=target, on_behalf_of=on_behalf_of, details=details
    )
