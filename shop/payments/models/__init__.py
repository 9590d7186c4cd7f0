"""What we know of money at Stripe: attempts to pay, events, refunds, disputes, mails, its book, and
what went wrong.

The ledger says what a village earned; these tables say how the money came and went. Ids of Stripe
are references, never the source of a figure.
"""

from shop.payments.models.attention import Attention
from shop.payments.models.books import Movement, ProviderDay, ProviderEntry
from shop.payments.models.disputes import Dispute
from shop.payments.models.mails import OrderMail
from shop.payments.models.paying import STRIPE_ID_LENGTH, PaymentAttempt, StripeEvent
from shop.payments.models.refunds import Refund, RefundLine

__all__ = [
    "STRIPE_ID_LENGTH",
    "Attention",
    "Dispute",
    "Movement",
    "OrderMail",
    "PaymentAttempt",
    "ProviderDay",
    "ProviderEntry",
    "Refund",
    "RefundLine",
    "StripeEvent",
]
