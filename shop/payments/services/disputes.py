"""Follow what shoppers' banks take back: asked of Stripe, then held, given back or lost.

Policy of a lost one: a producer whose parcel was not sent bears its part, which is given back like
a refund; the platform bears the rest. Decided once, when we hear of the loss, and kept.
"""

import logging

from django.db import transaction
from django.utils import timezone
from oscar.apps.order.models import Order

from marketplace.ledger.errors import LedgerError
from marketplace.ledger.services import Dispute as Held
from marketplace.ledger.services import DisputeEnd, end_dispute, record_dispute
from shop.parcels.models import Parcel
from shop.payments import gateway
from shop.payments.errors import RefundRefused
from shop.payments.facts import DisputeFacts
from shop.payments.gateway import CURRENCY, Gateway
from shop.payments.models import Attention, Dispute, PaymentAttempt
from shop.payments.services.attention import let_rest, note_attention
from shop.payments.services.refunding import UNFINISHED, send_refund, show_given_back
from shop.payments.services.settling import settle_attempt

logger = logging.getLogger(__name__)
State = Dispute.State
STATES = {
    "warning_needs_response": State.INQUIRY,
    "warning_under_review": State.INQUIRY,
    "warning_closed": State.CLOSED,
    "prevented": State.CLOSED,
    "needs_response": State.OPEN,
    "appeal_needs_response": State.OPEN,
    "under_review": State.REVIEW,
    "appeal_under_review": State.REVIEW,
    "won": State.WON,
    "lost": State.LOST,
}
AWAITS_ANSWER = "needs_response"  # how all such words of Stripe's end


def settle_dispute(dispute_id: str, *, stripe: Gateway | None = None) -> Dispute | None:
    """Make our books agree with what Stripe says of a dispute; None when it is none of ours.

    Called by events and the reconciler, in any order, any number of times: held once, ended once.
    Raises PaymentUnavailable when Stripe does not answer.
    """
    stripe = stripe or gateway.for_jobs()
    return record_dispute_facts(stripe.retrieve_dispute(dispute_id), stripe=stripe)


def record_dispute_facts(facts: DisputeFacts, *, stripe: Gateway) -> Dispute | None:
    """As `settle_dispute`, with what Stripe has just said.

    The payment, and before a loss the refunds on their way, are settled first: what can still be
    given back depends on them, so that every order of events ends alike.
    """
    attempt = PaymentAttempt.objects.filter(intent_id=facts.intent_id).first()
    if attempt is None:
        logger.info("dispute %s is about none of our payments", facts.id)
        return None
    settle_attempt(attempt, stripe=stripe)
    if STATES[facts.status] == State.LOST:
        _finish_refunds(attempt, stripe)
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=attempt.order_id)
        return _recorded(order, attempt, facts)


def _finish_refunds(attempt: PaymentAttempt, stripe: Gateway) -> None:
    unfinished = attempt.refunds.filter(state__in=UNFINISHED).order_by("pk")
    for refund_id in list(unfinished.values_list("pk", flat=True)):
        try:
            send_refund(refund_id, stripe=stripe)
        except RefundRefused:
            logger.warning("refund %s was refused: its payment is disputed", refund_id)


def _recorded(order: Order, attempt: PaymentAttempt, facts: DisputeFacts) -> Dispute:
    dispute = _kept(order, attempt, facts)
    if dispute.state in Dispute.ENDED and STATES[facts.status] not in Dispute.ENDED:
        return dispute  # old news, or an appeal, of which only the end counts
    awaited = facts.status.endswith(AWAITS_ANSWER)
    dispute.state = STATES[facts.status]
    dispute.amount_satang = facts.amount_satang
    dispute.reason = facts.reason[:64]
    dispute.due_at = facts.due_at if awaited else None
    dispute.asked_at = timezone.now()
    _tell_ledger(order, dispute, facts)
    dispute.save()
    if awaited:
        note_attention(order, Attention.Reason.DISPUTE, facts.id, due_at=dispute.due_at)
    else:
        let_rest(Attention.Reason.DISPUTE, [facts.id])
    return dispute


def _kept(order: Order, attempt: PaymentAttempt, facts: DisputeFacts) -> Dispute:
    known = Dispute.objects.filter(stripe_id=facts.id).first()
    return known or Dispute(
        stripe_id=facts.id,
        order=order,
        attempt=attempt,
        state=STATES[facts.status],
        opened_at=facts.created_at,
    )


def _tell_ledger(order: Order, dispute: Dispute, facts: DisputeFacts) -> None:
    """Hold what was taken, and end what has ended; what cannot be recorded goes to a person."""
    if facts.withdrawal is None:
        if dispute.state == State.CLOSED:  # won or lost: the money's entries are still to come
            dispute.settled_at = dispute.settled_at or timezone.now()
        return
    dispute.fee_satang = max(facts.withdrawal.fee_satang, 0)
    try:
        if any(entry.currency != CURRENCY for entry in facts.entries):
            raise LedgerError
        with transaction.atomic():
            _hold_and_end(order, dispute, facts)
    except LedgerError:
        logger.exception("dispute %s of order %s: the ledger refused", facts.id, order.pk)
        note_attention(order, Attention.Reason.DISPUTE_LEDGER, facts.id)


def _hold_and_end(order: Order, dispute: Dispute, facts: DisputeFacts) -> None:
    held = Held(
        order_number=order.number,
        reference=facts.id,
        occurred_at=facts.withdrawal.created_at,
        amount_satang=-facts.withdrawal.amount_satang,
        fee_satang=dispute.fee_satang,
    )
    record_dispute(held)
    end = _end(order, dispute, facts)
    if end is None:
        return
    end_dispute(end)
    if dispute.settled_at:
        return  # shown before: the order has perhaps gone on since
    if end.borne_by:
        show_given_back(order)
    dispute.settled_at = timezone.now()


def _end(order: Order, dispute: Dispute, facts: DisputeFacts) -> DisputeEnd | None:
    """How it ended; None while it has not, or while what was taken has not come back yet."""
    if dispute.state == State.LOST:
        if dispute.borne_by is None:
            dispute.borne_by = _unsent(order)
        bearing = frozenset(dispute.borne_by)
        return DisputeEnd(facts.id, timezone.now(), is_won=False, borne_by=bearing)
    back = facts.reinstatement
    if dispute.state in Dispute.ENDED and back:
        return DisputeEnd(facts.id, back.created_at, is_won=True, fee_returned=back.fee_satang < 0)
    return None


def _unsent(order: Order) -> list[int]:
    """Producers whose parcel had still to be sent."""
    parcels = order.parcels.filter(status__in=Parcel.TO_SEND)
    return list(parcels.order_by("producer").values_list("producer_id", flat=True))
