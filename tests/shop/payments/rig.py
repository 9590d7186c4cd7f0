"""What the tests of payments share: paying at the stand-in, and looking at what came of it."""

import json
import time
from datetime import date

import stripe
from django.core import mail
from django.utils import timezone
from oscar.apps.order.models import Order
from oscar.apps.partner.models import StockRecord

from deploy.demo.stripe_standin.settings import WEBHOOK_SECRET
from marketplace.accounts.roles import StaffRole
from marketplace.accounts.services import give_role, grant_area
from marketplace.core.worker import run_ready_jobs
from marketplace.ledger.models import AreaMonth, Event
from shop.payments import services
from shop.payments.models import Attention, OrderMail, PaymentAttempt, Refund
from shop.placing.models import Placement
from tests.factories import make_user

VISA, DECLINED, POOR = "4242424242424242", "4000000000000002", "4000000000009995"
WEBHOOK = "/payments/webhook/"


def pay_at_stripe(standin, placement, number=VISA):
    """Do what a shopper does on the pay page, short of coming back; returns Stripe's intent."""
    started = services.start_payment(placement)
    return standin.pay(started.client_secret, number)


def make_staff(role):
    """A member of staff; an officer sees the whole country."""
    user = make_user()
    give_role(user=user, role=role, by=None)
    if role == StaffRole.OFFICER:
        grant_area(user=user, area_code="", since=date(2020, 1, 1), by=None)
    return user


def end_time(placement):
    Placement.objects.filter(pk=placement.pk).update(expires_at=timezone.now())
    placement.refresh_from_db()


def signed(event: dict, *, secret=WEBHOOK_SECRET, at=None) -> dict:
    """Keyword arguments with which a test client posts an event as Stripe would."""
    body = event if isinstance(event, str) else json.dumps(event)
    header = stripe.WebhookSignature.generate_signature_header(body, secret, int(at or time.time()))
    return {
        "data": body,
        "content_type": "application/json",
        "headers": {"Stripe-Signature": header},
    }


def deliver(client, *events):
    """Post events to the webhook and let the worker act on them; the answers' statuses."""
    answers = [client.post(WEBHOOK, **signed(event)).status_code for event in events]
    run_ready_jobs()
    return answers


def events_of(standin, kind):
    return [event for event in standin.events() if event["type"] == kind]


def village_income() -> list[tuple[str, str, int]]:
    """Satang sold and refunded by village, as the roll-up has them, where not zero."""
    names = {"sold_satang": "sale", "refunded_satang": "refund"}
    rows = AreaMonth.objects.filter(level=AreaMonth.Level.VILLAGE).values("area_code", *names)
    found = [(row["area_code"], word, row[name]) for row in rows for name, word in names.items()]
    return sorted(one for one in found if one[2])


def sales_and_refunds():
    """The events that a payment makes; its fee comes later, whenever Stripe's book says it."""
    return Event.objects.exclude(kind=Event.Kind.GATEWAY_FEE)


def outcome() -> dict:
    """All that a payment may change, in figures that do not depend on who came first."""
    return {
        "orders": sorted(Order.objects.values_list("status", flat=True)),
        "attempts": sorted(PaymentAttempt.objects.values_list("state", "amount_satang")),
        "ledger": sorted(sales_and_refunds().values_list("kind", "total_satang")),
        "income": village_income(),
        "held": sorted(StockRecord.objects.values_list("num_allocated", flat=True)),
        "mails": sorted(OrderMail.objects.values_list("kind", flat=True)),
        "sent": len(mail.outbox),
        "refunds": sorted(Refund.objects.values_list("kind", "state", "amount_satang")),
        "attention": sorted(Attention.objects.values_list("reason", flat=True)),
    }
