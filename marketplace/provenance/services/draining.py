"""Read the outbox for what lower layers could not tell us: villages and producers changed.

Each kind of entry has one reader. `area`, `village`, `producer` and `product` are read here:
their listings are refreshed, and the entry is handed on to search under `search:<kind>`, whose
only reader search is. So the index is never newer than the listing it copies.
"""

from collections import defaultdict

from django.db import transaction
from django.db.models import Q

from marketplace.core import outbox
from marketplace.core.models import OutboxEntry
from marketplace.provenance.models import Listing, Provenance
from marketplace.provenance.services.listings import refresh_listings

KINDS = ("area", "village", "producer", "product")
FOR_SEARCH = "search:"


def drain_outbox(limit: int = 500) -> int:
    """Refresh the listings that up to `limit` entries speak of, and hand the entries to search.

    Returns how many entries were read, so that a worker can go on until there are none. Safe to
    repeat and to stop anywhere: an entry is handed on in the transaction that follows its refresh.
    """
    entries = list(OutboxEntry.objects.filter(kind__in=KINDS).order_by("pk")[:limit])
    products = _products(entries)
    refresh_listings(products)
    with transaction.atomic():
        _hand_on(entries)
        outbox.note_many(f"{FOR_SEARCH}product", _only_touched(entries, products))
    return len(entries)


def _products(entries: list[OutboxEntry]) -> set[int]:
    """Products whose listing copies something from what the entries name."""
    ids = defaultdict(set)
    for entry in entries:
        ids[entry.kind].add(entry.object_id)
    touched = {int(one) for one in ids["product"]}
    if ids["producer"] or ids["village"]:
        changed = Q(producer__in=[int(one) for one in ids["producer"]])
        changed |= Q(shares__village__in=ids["village"])
        touched |= set(Provenance.objects.filter(changed).values_list("product_id", flat=True))
    if ids["area"]:  # of all areas a listing names only the province
        listed = Listing.objects.filter(province_code__in=ids["area"])
        touched |= set(listed.values_list("product_id", flat=True))
    return touched


def _hand_on(entries: list[OutboxEntry]) -> None:
    """Give search one entry for each thing, however often it was noted."""
    newest = {(entry.kind, entry.object_id): entry.pk for entry in entries}
    keys = [entry.pk for entry in entries]
    OutboxEntry.objects.filter(pk__in=set(keys) - set(newest.values())).delete()
    for kind in KINDS:
        handed = [pk for (of_kind, _), pk in newest.items() if of_kind == kind]
        OutboxEntry.objects.filter(pk__in=handed).update(kind=f"{FOR_SEARCH}{kind}")


def _only_touched(entries: list[OutboxEntry], products: set[int]) -> list[int]:
    named = {int(entry.object_id) for entry in entries if entry.kind == "product"}
    return sorted(products - named)
