"""What we know of money at Stripe: attempts to pay, events, refunds, mails, and what went wrong.

The ledger says what a village earned; these tables say how the money came and went. Ids of Stripe
are references, never the source of a figure.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.core.owed_mails import OwedMail

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

    order = models.ForeignKey(
        "order.Order", on_delete=models.PROTECT, related_name="payment_attempts"
    )
    number = models.PositiveSmallIntegerField()
    amount_satang = models.PositiveBigIntegerField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.NEW)
    intent_id = models.CharField(max_length=STRIPE_ID_LENGTH, unique=True, null=True, blank=True)
    charge_id = models.CharField(max_length=STRIPE_ID_LENGTH, blank=True)
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
            )
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


class Refund(models.Model):
    """Money going back: of named lines and parcels, or all of a payment that came too late.

    The row is written before Stripe is asked; its id names the refund there, so that it can be
    sent again after any crash. Stripe's word settles it, and the ledger is told with that.
    """

    class Kind(models.TextChoices):
        LINES = "lines", _("of an order")
        LATE = "late", _("payment that came too late")

    class State(models.TextChoices):
        NEW = "new", _("not yet at Stripe")
        PENDING = "pending", _("on its way")
        SUCCEEDED = "succeeded", _("paid back")
        FAILED = "failed", _("failed")

    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="refunds")
    attempt = models.ForeignKey(PaymentAttempt, on_delete=models.PROTECT, related_name="refunds")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    amount_satang = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    stripe_id = models.CharField(max_length=STRIPE_ID_LENGTH, unique=True, null=True, blank=True)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    asked_at = models.DateTimeField(auto_now_add=True)  # when Stripe was last asked
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["attempt"], condition=Q(kind="late"), name="late_payment_refunded_once"
            ),
            models.CheckConstraint(condition=Q(amount_satang__gte=1), name="refund_above_zero"),
            models.CheckConstraint(
                condition=~Q(state__in=["pending", "succeeded"]) | Q(stripe_id__isnull=False),
                name="refund_has_an_id",
            ),
        ]

    def __str__(self) -> str:
        return f"refund {self.pk} of order {self.order_id}: {self.state}"


class RefundLine(models.Model):
    """What of a refund belongs to an order line, or to the delivery of a producer's parcel."""

    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey("order.Line", null=True, on_delete=models.PROTECT, related_name="+")
    producer = models.ForeignKey(
        "producers.Producer", null=True, on_delete=models.PROTECT, related_name="+"
    )
    amount_satang = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(line__isnull=False, producer=None)
                | Q(line=None, producer__isnull=False),
                name="refund_line_or_delivery",
            ),
            models.CheckConstraint(condition=Q(amount_satang__gte=1), name="refund_part_above_0"),
            models.UniqueConstraint(fields=["refund", "line"], name="refund_line_once"),
            models.UniqueConstraint(fields=["refund", "producer"], name="refund_delivery_once"),
        ]

    def __str__(self) -> str:
        return f"{self.amount_satang} of refund {self.refund_id}"


class Attention(models.Model):
    """Money that a person must look at; once for each reason and thing. Resolved, never deleted."""

    class Reason(models.TextChoices):
        AMOUNT = "amount", _("another amount than the order's was paid")
        CURRENCY = "currency", _("another currency was paid")
        LIVEMODE = "livemode", _("test money for a real order, or the reverse")
        ORDER = "order", _("the payment names another order")
        LEDGER = "ledger", _("paid, but the ledger refused it")
        LATE = "late", _("paid after the order was given up; paid back")
        REFUND_FAILED = "refund-failed", _("the refund did not arrive")
        REFUND_UNKNOWN = "refund-unknown", _("a refund was made outside this shop")

    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="attentions")
    reason = models.CharField(max_length=16, choices=Reason.choices)
    reference = models.CharField(max_length=STRIPE_ID_LENGTH)  # an id of Stripe
    noted_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(_("note"), max_length=300, blank=True)  # what that person found

    class Meta:
        verbose_name = _("payment to look at")
        verbose_name_plural = _("payments to look at")
        constraints = [
            models.UniqueConstraint(fields=["reason", "reference"], name="attention_once")
        ]
        indexes = [
            models.Index(
                fields=["noted_at"], condition=Q(resolved_at=None), name="attention_unresolved"
            )
        ]

    def __str__(self) -> str:
        return f"order {self.order_id}: {self.reason}"


class OrderMail(OwedMail):
    """A mail that an order owes its buyer, in the order's language.

    A newer number of a parcel takes the place of one that nobody was told yet.
    """

    class Kind(models.TextChoices):
        PAID = "paid", _("paid")
        CANCELLED = "cancelled", _("cancelled")
        REFUNDED = "refunded", _("refunded")
        LATE = "late", _("paid too late")
        SENT = "sent", _("parcel sent")
        TRACKING = "tracking", _("new tracking number")

    composer = "shop.payments.mails.compose"

    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="mails")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    refund = models.OneToOneField(Refund, null=True, on_delete=models.PROTECT, related_name="mail")
    parcel = models.ForeignKey(
        "parcels.Parcel", null=True, on_delete=models.PROTECT, related_name="mails"
    )
    correction = models.PositiveSmallIntegerField(default=0)  # which of the parcel's number

    class Meta:
        verbose_name = _("mail to a buyer")
        verbose_name_plural = _("mails to buyers")
        constraints = [
            *OwedMail.Meta.constraints,
            models.UniqueConstraint(
                fields=["order", "kind"],
                condition=Q(refund=None, parcel=None),
                name="order_mail_once",
            ),
            models.UniqueConstraint(
                fields=["parcel", "correction"],
                condition=Q(parcel__isnull=False),
                name="mail_of_a_parcel_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="sent", parcel__isnull=False, correction=0)
                | Q(kind="tracking", parcel__isnull=False, correction__gte=1)
                | (~Q(kind__in=["sent", "tracking"]) & Q(parcel=None, correction=0)),
                name="mail_of_a_parcel_names_it",
            ),
        ]
        indexes = [*OwedMail.Meta.indexes]

    def __str__(self) -> str:
        return f"mail {self.kind} of order {self.order_id}"

    @property
    def about(self) -> str:
        """For staff: the order, not its buyer."""
        return self.order.number

    @property
    def what(self) -> str:
        return self.get_kind_display()
