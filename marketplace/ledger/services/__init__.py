"""What counts as village income, and all else that moves money: the only writers of the ledger.

Every amount is integer satang. Call inside the transaction of the change that causes the event;
each service is safe to repeat: the same reference with the same money returns the first event.
"""

from marketplace.ledger.services.closing import close_month
from marketplace.ledger.services.corrections import record_adjustment, record_reclassification
from marketplace.ledger.services.declared import record_declared_reversal, record_declared_sale
from marketplace.ledger.services.disputes import end_dispute, record_dispute
from marketplace.ledger.services.facts import (
    Adjustment,
    DeclaredReversalFacts,
    DeclaredSaleFacts,
    Dispute,
    DisputeEnd,
    GatewayFee,
    Payout,
    PayoutPart,
    PayoutReturn,
    Reclassification,
    Refundable,
    Sale,
    SaleRefund,
    SoldDelivery,
    SoldShare,
)
from marketplace.ledger.services.gateway_fees import record_gateway_fee
from marketplace.ledger.services.payouts import (
    record_gateway_payout,
    record_gateway_payout_return,
    record_payout,
    record_payout_return,
)
from marketplace.ledger.services.posting import rebuild_month
from marketplace.ledger.services.sales import record_refund, record_sale, refundable
from marketplace.ledger.services.sealing import publish_roots, seal_events

__all__ = [
    "Adjustment",
    "DeclaredReversalFacts",
    "DeclaredSaleFacts",
    "Dispute",
    "DisputeEnd",
    "GatewayFee",
    "Payout",
    "PayoutPart",
    "PayoutReturn",
    "Reclassification",
    "Refundable",
    "Sale",
    "SaleRefund",
    "SoldDelivery",
    "SoldShare",
    "close_month",
    "end_dispute",
    "publish_roots",
    "rebuild_month",
    "record_adjustment",
    "record_declared_reversal",
    "record_declared_sale",
    "record_dispute",
    "record_gateway_fee",
    "record_gateway_payout",
    "record_gateway_payout_return",
    "record_payout",
    "record_payout_return",
    "record_reclassification",
    "record_refund",
    "record_sale",
    "refundable",
    "seal_events",
]
