"""Give money back: named lines and parcels, never a bare amount.

Three steps, each safe to stop after: our row, Stripe's refund under the row's id, the ledger. What
was left half-way is taken up by the reconciler; `send_refund` goes on from wherever it stands.
"""

import logging
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django_tasks import task
from oscar.apps.order.models import Order

from marketplace.core import audit
from marketplace.ledger.services import Refundable, SaleRefund, record_refund
from marketplace.ledger.services import refundable as left_in_ledger
from shop.parcels.models import Parcel
from shop.parcels.services import drop_parcels
from shop.payments import gateway
from shop.payments.errors import (
    NothingToRefund,
    PaymentDisputed,
    PaymentUnavailable,
    RefundRefused,
    RefundTooLarge,
)
from shop.payments.facts import RefundFacts
from shop.payments.gateway import Gateway
from shop.payments.mails import owe_mail
from shop.payments.models import (
    Attention,
    Dispute,
    OrderMail,
    PaymentAttempt,
    Refund,
    RefundLine,
)
from shop.payments.queries import wholly_given_back
from shop.payments.services.attention import note_attention
from shop.placing.models import OrderStatus

logger = logging.getLogger(__name__)
State = Refund.State
STATES = {
    "requires_action": State.PENDING,
    "pending": State.PENDING,
    "succeeded": State.SUCCEEDED,
    "failed": State.FAILED,
    "canceled": State.FAILED,
}
UNFINISHED = (State.NEW, State.PENDING)


def refundable(order: Order) -> Refundable:
    """What can still be given back, in satang by line and by producer: unfinished refunds count."""
    left = left_in_ledger(order.number)
    parts = RefundLine.objects.filter(refund__order=order, refund__state__in=UNFINISHED)
    for line_id, producer_id, amount in parts.values_list("line", "producer", "amount_satang"):
        if line_id:
            left.lines[line_id] -= amount
        else:
            left.delivery[producer_id] -= amount
    return left


def refund_lines(
    order: Order,
    *,
    lines: Mapping[int, int],
    delivery: Mapping[int, int],
    by,
    reason: str,
    stripe: Gateway | None = None,
) -> Refund:
    """Give back satang of order lines, and of delivery by producer; `by` is the staff member.

    Each call is a refund of its own. When Stripe does not answer, the refund is kept and sent
    again by the reconciler. Raises NothingToRefund and RefundTooLarge before anything is stored,
    RefundRefused when Stripe will not.
    """
    refund = open_refund(order, lines=lines, delivery=delivery, by=by, reason=reason)
    try:
        return send_refund(refund.pk, stripe=stripe)
    except PaymentUnavailable:
        logger.warning("refund %s waits for Stripe", refund.pk)
        return refund


def open_refund(
    order: Order, *, lines: Mapping[int, int], delivery: Mapping[int, int], by, reason: str
) -> Refund:
    """Write down a refund that nobody has sent yet; what it names is spoken for from now on.

    Raises PaymentDisputed while the shopper's bank has the money, and once it keeps it.
    """
    lines = {line_id: amount for line_id, amount in lines.items() if amount}
    delivery = {producer_id: amount for producer_id, amount in delivery.items() if amount}
    amounts = [*lines.values(), *delivery.values()]
    if not amounts or min(amounts) < 0:
        raise NothingToRefund
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order.pk)
        if order.disputes.filter(state__in=Dispute.HOLDING).exists():
            raise PaymentDisputed
        _demand_left(order, lines, delivery)
        refund = Refund.objects.create(
            order=order,
            attempt=order.payment_attempts.get(state=PaymentAttempt.State.SUCCEEDED),
            kind=Refund.Kind.LINES,
            amount_satang=sum(amounts),
            reason=reason,
            by=by,
        )
        parts = [RefundLine(line_id=pk, amount_satang=amount) for pk, amount in lines.items()]
        parts += [RefundLine(producer_id=pk, amount_satang=a) for pk, a in delivery.items()]
        for part in parts:
            part.refund = refund
        RefundLine.objects.bulk_create(parts)
        details = {"refund": refund.pk, "amount_satang": refund.amount_satang}
        audit.note(actor=by, act="order.refund", target=f"order:{order.pk}", **details)
    return refund


def _demand_left(order: Order, lines: Mapping[int, int], delivery: Mapping[int, int]) -> None:
    left = refundable(order)
    for asked, remaining in ((lines, left.lines), (delivery, left.delivery)):
        if any(amount > remaining.get(key, 0) for key, amount in asked.items()):
            raise RefundTooLarge


def give_back_late(attempt: PaymentAttempt, amount_satang: int) -> None:
    """Send all of a payment back that came for an order that was given up; once.

    Call inside the transaction that records the payment. It was never income: the ledger knows
    nothing of it.
    """
    refund, is_new = Refund.objects.get_or_create(
        attempt=attempt,
        kind=Refund.Kind.LATE,
        defaults={
            "order": attempt.order,
            "amount_satang": amount_satang,
            "reason": "paid after the order was given up",
        },
    )
    note_attention(attempt.order, Attention.Reason.LATE, attempt.intent_id)
    if is_new:
        send_refund_job.enqueue(refund.pk)
        logger.warning("order %s: a late payment goes back", attempt.order_id)


@task()
def send_refund_job(refund_id: int) -> None:
    try:
        send_refund(refund_id)
    except (PaymentUnavailable, RefundRefused):
        logger.warning("refund %s was not sent", refund_id)


def send_refund(refund_id: int, *, stripe: Gateway | None = None) -> Refund:
    """Bring a refund as far as Stripe lets it go. Called again after any crash: one refund.

    Stripe forgets keys of idempotency after a day, so a refund without an answer is looked for by
    our own id before it is asked for. Raises PaymentUnavailable (nothing is known, try again) and
    RefundRefused (the refund has failed).
    """
    refund = Refund.objects.select_related("attempt", "order").get(pk=refund_id)
    if refund.state not in UNFINISHED:
        return refund
    stripe = stripe or gateway.for_jobs()
    Refund.objects.filter(pk=refund_id).update(asked_at=timezone.now())
    try:
        return record_refund_facts(refund, _ask(refund, stripe))
    except RefundRefused:
        _fail(refund)
        raise


def _ask(refund: Refund, stripe: Gateway) -> RefundFacts:
    if refund.stripe_id:
        return stripe.retrieve_refund(refund.stripe_id)
    made = {"intent_id": refund.attempt.intent_id, "refund_key": str(refund.pk)}
    return stripe.find_refund(**made) or stripe.create_refund(
        **made, amount_satang=refund.amount_satang, order_number=refund.order.number
    )


def settle_refund(stripe_id: str, *, stripe: Gateway | None = None) -> Refund | None:
    """Ask Stripe about a refund that an event speaks of; None when it is none of ours.

    The event may come before our own call has returned: the refund carries our row's id. One that
    somebody made outside this shop is kept for a person to look at.
    """
    facts = (stripe or gateway.for_jobs()).retrieve_refund(stripe_id)
    refund = Refund.objects.filter(stripe_id=stripe_id).first() or _named_in(facts)
    if refund:
        return record_refund_facts(refund, facts)
    attempt = PaymentAttempt.objects.filter(intent_id=facts.intent_id).first()
    if attempt:
        logger.error("order %s: refund %s was made elsewhere", attempt.order_id, stripe_id)
        note_attention(attempt.order, Attention.Reason.REFUND_UNKNOWN, stripe_id)
    return None


def _named_in(facts: RefundFacts) -> Refund | None:
    if not facts.refund_key.isascii() or not facts.refund_key.isdigit():
        return None
    return Refund.objects.filter(
        pk=int(facts.refund_key),
        attempt__intent_id=facts.intent_id,
        amount_satang=facts.amount_satang,
    ).first()


def record_refund_facts(refund: Refund, facts: RefundFacts, *, with_mail: bool = True) -> Refund:
    """Write down what Stripe says of a refund, in the ledger too: all of it, or nothing.

    A refund that succeeded is taken from the villages once, whoever says so first. One that fails
    after that is kept for a person to look at. Returns the refund anew.
    """
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=refund.order_id)
        refund = Refund.objects.select_for_update().get(pk=refund.pk)
        state = STATES.get(facts.status, State.PENDING)
        if state == State.FAILED and refund.state != State.FAILED:
            note_attention(order, Attention.Reason.REFUND_FAILED, facts.id)
        if refund.state not in UNFINISHED:
            return refund
        refund.state, refund.stripe_id = state, facts.id
        refund.settled_at = None if state in UNFINISHED else facts.created_at
        refund.save(update_fields=["state", "stripe_id", "settled_at"])
        if state == State.SUCCEEDED:
            _succeeded(order, refund, facts, with_mail)
    return refund


def _succeeded(order: Order, refund: Refund, facts: RefundFacts, with_mail: bool) -> None:
    kind = OrderMail.Kind.LATE
    if refund.kind == Refund.Kind.LINES:
        record_refund(_sale_refund(order, refund, facts))
        _drop_parcels(order)
        _show_refunded(order, left_in_ledger(order.number))
        kind = OrderMail.Kind.REFUNDED
    if with_mail:
        owe_mail(order, kind, refund=refund)
    logger.info("order %s: refund %s is paid back", order.pk, refund.pk)


def _sale_refund(order: Order, refund: Refund, facts: RefundFacts) -> SaleRefund:
    parts = list(refund.lines.values_list("line", "producer", "amount_satang"))
    return SaleRefund(
        order_number=order.number,
        refund_reference=facts.id,
        occurred_at=facts.created_at,
        lines={line_id: amount for line_id, _, amount in parts if line_id},
        delivery={producer_id: amount for _, producer_id, amount in parts if producer_id},
        actor_id=refund.by_id,
        reason=refund.reason,
    )


def _drop_parcels(order: Order) -> int:
    """Nobody packs what was paid back; goods that come back after they were sent were sent."""
    gone = wholly_given_back(order.lines.all(), [State.SUCCEEDED])
    return drop_parcels(order_id=order.pk, given_back=gone)


def drop_parcels_paid_back() -> int:
    """Give up parcels whose every line was paid back, whoever forgot to; how many. Comes round.

    Refunds do so themselves: this heals what older versions left waiting to be packed.
    """
    waiting = Parcel.objects.filter(
        status__in=Parcel.TO_SEND, order__refunds__state=State.SUCCEEDED
    )
    orders = waiting.order_by("order").values_list("order", flat=True).distinct()
    return sum(_drop_of_order(order_id) for order_id in list(orders))


def _drop_of_order(order_id: int) -> int:
    with transaction.atomic():
        return _drop_parcels(Order.objects.select_for_update().get(pk=order_id))


def show_given_back(order: Order) -> None:
    """Show what a lost dispute gave back of an order: its status, and parcels not to be sent."""
    left = left_in_ledger(order.number)
    drop_parcels(order_id=order.pk, given_back=[pk for pk, paid in left.lines.items() if not paid])
    _show_refunded(order, left)


def _show_refunded(order: Order, left: Refundable) -> None:
    is_whole = not any((*left.lines.values(), *left.delivery.values()))
    status = OrderStatus.REFUNDED if is_whole else OrderStatus.PARTLY_REFUNDED
    if order.status != status.value:
        order.set_status(status.value)


def _fail(refund: Refund) -> None:
    with transaction.atomic():
        unfinished = Refund.objects.filter(pk=refund.pk, state__in=UNFINISHED)
        if unfinished.update(state=State.FAILED, settled_at=timezone.now()):
            note_attention(refund.order, Attention.Reason.REFUND_FAILED, f"refund:{refund.pk}")
