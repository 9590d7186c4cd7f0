"""Let the ledger know what a payment cost, as the provider's own book says.

The book says so seconds or days after the payment, so this never happens where a shopper waits:
an event asks for it, and the reconciler asks about what is still waiting.
"""

import logging

from django.db import transaction

from marketplace.ledger.errors import LedgerError
from marketplace.ledger.services import GatewayFee, record_gateway_fee
from marketplace.provenance.models import LineOrigin
from shop.payments import gateway
from shop.payments.errors import PaymentRefused
from shop.payments.facts import EntryFacts
from shop.payments.gateway import CURRENCY, Gateway
from shop.payments.models import Attention, PaymentAttempt
from shop.payments.services.attention import note_attention
from shop.payments.services.settling import locked_attempt

logger = logging.getLogger(__name__)
FeeState = PaymentAttempt.FeeState


def read_fee(attempt: PaymentAttempt, *, stripe: Gateway | None = None) -> PaymentAttempt:
    """Record the fee of a payment that waits for it, if Stripe knows it by now.

    Called again, and at once: recorded once. Returns the attempt. Raises PaymentUnavailable when
    Stripe does not answer.
    """
    if attempt.fee_state != FeeState.WAITING:
        return attempt
    stripe = stripe or gateway.for_jobs()
    try:
        entry = stripe.retrieve_balance_transaction(charge_id=attempt.charge_id)
    except PaymentRefused:
        logger.error("payment %s: Stripe does not know its charge", attempt.pk)
        return _leave_to_person(attempt)
    return record_fee(attempt, entry) if entry else attempt


def record_fee(attempt: PaymentAttempt, entry: EntryFacts) -> PaymentAttempt:
    """Write the fee of a payment down once: all of it in the ledger, or a note for a person.

    What is in another currency, of another amount, or leaves less than nothing is never recorded.
    """
    with transaction.atomic():
        attempt = locked_attempt(attempt)
        if attempt.fee_state != FeeState.WAITING:
            return attempt
        return _mark(attempt, FeeState.RECORDED if _is_told(attempt, entry) else FeeState.PERSON)


def _leave_to_person(attempt: PaymentAttempt) -> PaymentAttempt:
    with transaction.atomic():
        attempt = locked_attempt(attempt)
        if attempt.fee_state != FeeState.WAITING:
            return attempt
        note_attention(attempt.order, Attention.Reason.FEE, attempt.charge_id)
        return _mark(attempt, FeeState.PERSON)


def _is_told(attempt: PaymentAttempt, entry: EntryFacts) -> bool:
    """Whether the ledger knows the fee now; if not, a person is asked."""
    is_plain = entry.currency == CURRENCY and entry.amount_satang == attempt.amount_satang
    try:
        if is_plain and 0 <= entry.fee_satang <= entry.amount_satang:
            if entry.fee_satang:
                record_gateway_fee(_fee(attempt, entry))
            return True
    except LedgerError:
        logger.exception("payment %s: the ledger refused its fee", attempt.pk)
    logger.error("payment %s: its fee %s needs a person", attempt.pk, entry.id)
    note_attention(attempt.order, Attention.Reason.FEE, entry.id)
    return False


def _fee(attempt: PaymentAttempt, entry: EntryFacts) -> GatewayFee:
    bearing = LineOrigin.objects.filter(line__order=attempt.order_id, passes_gateway_fee=True)
    return GatewayFee(
        order_number=attempt.order.number,
        reference=entry.id,
        occurred_at=entry.created_at,
        amount_satang=entry.fee_satang,
        passed_on=frozenset(bearing.values_list("producer_id", flat=True)),
    )


def _mark(attempt: PaymentAttempt, state: str) -> PaymentAttempt:
    attempt.fee_state = state
    attempt.save(update_fields=["fee_state"])
    return attempt
