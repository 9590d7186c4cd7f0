"""What counts as village income, and what is declared beside it: the only writers of the ledger.

Every amount is integer satang. Call inside the transaction of the change that causes the event;
each service is safe to repeat: the same reference with the same money returns the first event.
"""

from marketplace.ledger.services.declared import record_declared_reversal, record_declared_sale
from marketplace.ledger.services.facts import (
    DeclaredReversalFacts,
    DeclaredSaleFacts,
    Refundable,
    Sale,
    SaleRefund,
    SoldDelivery,
    SoldShare,
)
from marketplace.ledger.services.posting import rebuild_month
from marketplace.ledger.services.sales import record_refund, record_sale, refundable

__all__ = [
    "DeclaredReversalFacts",
    "DeclaredSaleFacts",
    "Refundable",
    "Sale",
    "SaleRefund",
    "SoldDelivery",
    "SoldShare",
    "rebuild_month",
    "record_declared_reversal",
    "record_declared_sale",
    "record_refund",
    "record_sale",
    "refundable",
]
