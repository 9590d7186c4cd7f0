"""Follow what Stripe sends to the operator's bank, and what the bank sends back.

The money leaves Stripe's book when the transfer is made, so it leaves ours then: both books say
the same on every day. Whether it arrived is the bank statement's to say.
"""

import logging

from django.db import transaction

from marketplace.ledger.errors import LedgerError
from marketplace.ledger.services import record_gateway_payout, record_gateway_payout_return
from shop.payments import gateway
from shop.payments.facts import PayoutFacts
from shop.payments.gateway import CURRENCY, Gateway
from shop.payments.models import Attention
from shop.payments.services.attention import note_attention

logger = logging.getLogger(__name__)


def settle_provider_payout(payout_id: str, *, stripe: Gateway | None = None) -> None:
    """Let the ledger say what Stripe says of a transfer to our bank.

    Safe to repeat, in any order. Raises PaymentUnavailable when Stripe does not answer.
    """
    record_payout_facts((stripe or gateway.for_jobs()).retrieve_payout(payout_id))


def record_payout_facts(facts: PayoutFacts) -> None:
    """As `settle_provider_payout`, with what Stripe has just said."""
    if facts.sent is None:
        return
    try:
        if not _is_plain(facts):
            raise LedgerError
        with transaction.atomic():
            _tell_ledger(facts)
    except LedgerError:
        logger.exception("transfer %s: the ledger refused", facts.id)
        note_attention(None, Attention.Reason.PAYOUT_LEDGER, facts.id)
    if facts.back:
        note_attention(None, Attention.Reason.PAYOUT_FAILED, facts.id)


def _is_plain(facts: PayoutFacts) -> bool:
    """Whether it is baht, without a fee, from Stripe to us: a debt of ours goes the other way."""
    entries = [facts.sent, facts.back] if facts.back else [facts.sent]
    is_baht = all(entry.currency == CURRENCY and not entry.fee_satang for entry in entries)
    return is_baht and facts.sent.net_satang < 0


def _tell_ledger(facts: PayoutFacts) -> None:
    record_gateway_payout(
        reference=facts.id,
        occurred_at=facts.sent.created_at,
        amount_satang=-facts.sent.net_satang,
    )
    if facts.back:
        record_gateway_payout_return(reference=facts.id, occurred_at=facts.back.created_at)
