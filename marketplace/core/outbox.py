"""The one way to say that something changed. Stored pages are dropped, and readers hear of it.

Each kind has one reader: `provenance` reads area, village, producer and product, refreshes listings
and hands the entries on as `search:<kind>`, which only `search` reads (provenance/README.md).
"""

from collections.abc import Iterable

from marketplace.core import page_cache
from marketplace.core.models import OutboxEntry

BATCH_ROWS = 500


def note(kind: str, object_id: int | str) -> None:
    """Remember that one thing changed. Call inside the transaction of the change.

    Called twice for the same thing: two entries, which the reader folds into one.
    """
    OutboxEntry.objects.create(kind=kind, object_id=str(object_id))
    page_cache.invalidate()


def note_many(kind: str, object_ids: Iterable[int | str]) -> None:
    """Remember that many things changed, in one statement per 500."""
    entries = [OutboxEntry(kind=kind, object_id=str(object_id)) for object_id in object_ids]
    OutboxEntry.objects.bulk_create(entries, batch_size=BATCH_ROWS)
    if entries:
        page_cache.invalidate()
