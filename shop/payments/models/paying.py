"""How money comes: attempts to pay, and what Stripe tells us unasked."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

STRIPE_ID_LENGTH = 255


class PaymentAttempt(models.Model):
    """One PaymentIntent of an order; the row is written before Stripe is asked for it.

    A declined card is no new attempt: the same intent is paid again. Another attempt is made only
    when Stripe has cancelled the one before, so that an order never has two that can be paid.
    """

    class State(models.TextChoices):
        NEW = "new", _("not yet at Stripe")
        INTENT_CREATED = "intent_created", _("known to Stripe")
        AWAITING = "awaiting", _("waiting for the shopper")
        PROCESSING = "processing", _("with the bank")
        SUCCEEDED = "succeeded", _("succeeded")
        CANCELED = "canceled", _("cancelled")

    class FeeState(models.TextChoices):
        """Whether the ledger knows what this payment cost; "" where there is nothing to know."""

        WAITING = "waiting", _("Stripe has not said it yet")
        RECORDED = "recorded", _("recorded")
        PERSON = "person", _("needs a person")

    order = models.ForeignKey(
        "order.Order", on_delete=models.PROTECT, related_name="payment_attempts"
    )
    number = models.PositiveSmallIntegerField()
    amount_satang = models.PositiveBigIntegerField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.NEW)
    intent_id = models.CharField(max_length=STRIPE_ID_LENGTH, unique=True, null=True, blank=True)
    charge_id = models.CharField(max_length=STRIPE_ID_LENGTH, blank=True)
    fee_state = models.CharField(
        max_length=8, choices=FeeState.choices, blank=True, default="", db_default=""
    )
    decline_code = models.CharField(max_length=64, blank=True)  # why the last card was refused
    created_at = models.DateTimeField(auto_now_add=True)
    asked_at = models.DateTimeField(auto_now_add=True)  # when Stripe last told us about it
    settled_at = models.DateTimeField(null=True, blank=True)  # when it succeeded or was cancelled

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="attempt_number_once"),
            models.UniqueConstraint(
                fields=["order"], condition=~Q(state="canceled"), name="one_live_attempt_an_order"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["succeeded", "canceled"], settled_at__isnull=False)
                | (~Q(state__in=["succeeded", "canceled"]) & Q(settled_at=None)),
                name="attempt_settled_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["new", "canceled"]) | Q(intent_id__isnull=False),
                name="attempt_has_an_intent",
            ),
            models.CheckConstraint(condition=Q(amount_satang__gte=1), name="attempt_above_zero"),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=~Q(state__in=["succeeded", "canceled"]),
                name="attempt_open_asked",
            ),
            models.Index(
                fields=["asked_at"], condition=Q(fee_state="waiting"), name="attempt_fee_waiting"
            ),
            models.Index(
                fields=["charge_id"], condition=~Q(charge_id=""), name="attempt_of_charge"
            ),
        ]

    def __str__(self) -> str:
        return f"payment {self.number} of order {self.order_id}: {self.state}"

    @property
    def is_settled(self) -> bool:
        return self.state in (self.State.SUCCEEDED, self.State.CANCELED)


class StripeEvent(models.Model):
    """A signed event as it came, once. It is a hint to look; nothing is ever read from its facts.

    The payload is emptied after 90 days, the row stays.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("waiting")
        DONE = "done", _("done")
        FAILED = "failed", _("needs a person")

    id = models.CharField(primary_key=True, max_length=STRIPE_ID_LENGTH)
    type = models.CharField(max_length=100)
    object_id = models.CharField(max_length=STRIPE_ID_LENGTH, blank=True)
    intent_id = models.CharField(max_length=STRIPE_ID_LENGTH, blank=True)
    created_at = models.DateTimeField()  # at Stripe, in whole seconds: it cannot order events
    api_version = models.CharField(max_length=64, blank=True)
    livemode = models.BooleanField()
    payload = models.JSONField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    tries = models.PositiveSmallIntegerField(default=0)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["received_at"], condition=Q(state="pending"), name="stripe_event_pending"
            )
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.id}"
