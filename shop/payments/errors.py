"""What can go wrong with money, as sentences that claim no more than is known."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import DomainError


class PaymentError(DomainError):
    """The root of this file."""


class PaymentUnavailable(PaymentError):
    """Stripe did not answer, or not sensibly. Whether it acted is not known."""

    message = _(
        "Payment is not possible at this moment. Your order is kept; try again in a few minutes."
    )


class PaymentRefused(PaymentUnavailable):
    """Stripe understood and said no: it is known that it did not act."""


class PaymentTooSmall(PaymentRefused):
    message = _("This amount is too small to be paid by card.")


class PaymentNotOffered(PaymentUnavailable):
    """Stripe left out a way to pay that the shop promises."""


class OrderExpired(PaymentError):
    message = _("The time to pay for this order is over. Please order again.")


class OrderSettled(PaymentError):
    """The order is paid, or its payment is being looked at: there is nothing to pay any more."""

    message = _("This order needs no payment.")


class BadWebhook(PaymentError):
    """Not from Stripe, too old, or not to be read. The body is never part of the message."""

    message = _("This event cannot be accepted.")


class NoteNeeded(PaymentError):
    message = _("Say in 1 to 300 characters what you found.")


class AlreadyAttended(PaymentError):
    message = _("Somebody has looked at this already. Nothing was changed.")


class CannotRefund(PaymentError):
    """The root of refusals; nothing was asked of Stripe, or Stripe refused."""

    message = _("This refund is not possible.")


class NothingToRefund(CannotRefund):
    message = _("There is nothing to give back: name a line or a parcel and an amount above zero.")


class RefundTooLarge(CannotRefund):
    message = _("This is more than can still be given back.")


class PaymentDisputed(CannotRefund):
    """The shopper's bank took the money back: Stripe would refuse, and it would go back twice."""

    message = _(
        "The shopper's bank has taken this payment back, so it cannot be refunded as well."
        " Answer the bank at Stripe; if you win, a refund is possible again."
    )


class RefundRefused(CannotRefund):
    message = _("The payment provider refused this refund. Nothing was given back.")
