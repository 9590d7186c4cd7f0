"""Declare a sale made away from this site, and take it back. The only writers of DeclaredSale.

Locks: stock first, then what is recorded, then the ledger's month; as an order does.
"""

from shop.stall.services.declaring import (
    LONGEST_NAME,
    LONGEST_TITLE,
    MOST_PIECES,
    Declared,
    Unlisted,
    declare_sale,
    require_day_to_tell,
)
from shop.stall.services.receipts import forget_unused_receipts, take_receipt
from shop.stall.services.taking_back import take_back

__all__ = [
    "LONGEST_NAME",
    "LONGEST_TITLE",
    "MOST_PIECES",
    "Declared",
    "Unlisted",
    "declare_sale",
    "forget_unused_receipts",
    "require_day_to_tell",
    "take_back",
    "take_receipt",
]
