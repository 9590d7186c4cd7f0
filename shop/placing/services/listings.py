"""What lists must hear of when an order takes or gives back the last pieces."""

from django.db import transaction

from marketplace.core import outbox
from marketplace.provenance import services as provenance


def refresh_listings_later(product_ids: set[int]) -> None:
    """Refresh listings once the stock has changed for good.

    After the commit: a listing is never the truth, and its lock on the product must not be waited
    for while stock is locked.
    """
    if product_ids:
        ids = sorted(product_ids)
        outbox.note_many("product", ids)
        transaction.on_commit(lambda: provenance.refresh_listings(ids))
