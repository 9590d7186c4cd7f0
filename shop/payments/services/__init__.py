"""Everything that moves money between a shopper and an order; one file per act."""

from shop.payments.services.comparing import Compared, compare, compare_books
from shop.payments.services.disputes import settle_dispute
from shop.payments.services.expiring import expire_unpaid_orders
from shop.payments.services.fees import read_fee, record_fee
from shop.payments.services.listing import keep_entries
from shop.payments.services.provider_payouts import settle_provider_payout
from shop.payments.services.receiving import forget_payloads, receive_event
from shop.payments.services.reconciling import Reconciled, look_through_account, reconcile
from shop.payments.services.refunding import (
    drop_parcels_paid_back,
    open_refund,
    record_refund_facts,
    refund_lines,
    refundable,
    send_refund,
    settle_refund,
)
from shop.payments.services.settling import record_payment, settle_attempt, settle_payment
from shop.payments.services.starting import Started, keep_intent, open_attempt, start_payment

__all__ = [
    "Compared",
    "Reconciled",
    "Started",
    "compare",
    "compare_books",
    "drop_parcels_paid_back",
    "expire_unpaid_orders",
    "forget_payloads",
    "keep_entries",
    "keep_intent",
    "look_through_account",
    "open_attempt",
    "open_refund",
    "read_fee",
    "receive_event",
    "reconcile",
    "record_fee",
    "record_payment",
    "record_refund_facts",
    "refund_lines",
    "refundable",
    "send_refund",
    "settle_attempt",
    "settle_dispute",
    "settle_payment",
    "settle_provider_payout",
    "settle_refund",
    "start_payment",
]
