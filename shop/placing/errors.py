"""Why an order is not placed, in words that name the remedy."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import DomainError


class CannotPlace(DomainError):
    """The root: nothing was stored, and nobody was asked for money."""


class BasketEmpty(CannotPlace):
    message = _("The basket is empty. Choose something first.")


class NeedsReview(CannotPlace):
    message = _(
        "A price, a quantity or the delivery has changed since you looked. "
        "Nothing was ordered yet: look at the new total and order again."
    )


class NotAvailable(CannotPlace):
    """A line cannot be bought any more; `product_id` says which."""

    def __init__(self, product_id: int, title: str, reason) -> None:
        self.product_id = product_id
        super().__init__(
            _("%(title)s: %(reason)s Change or remove it in the basket.")
            % {"title": title, "reason": reason}
        )


class SoldOut(NotAvailable):
    """Somebody else bought the last piece a moment ago."""

    def __init__(self, product_id: int, title: str) -> None:
        super().__init__(product_id, title, _("There is not enough of this left."))


class AddressMissing(CannotPlace):
    message = _("Some of this is sent by post. Write the address it goes to.")


class TooSmall(CannotPlace):
    def __init__(self, minimum: str) -> None:
        super().__init__(
            _("An order must come to at least %(minimum)s to be paid. Add something.")
            % {"minimum": minimum}
        )


class TooLarge(CannotPlace):
    message = _("This is more than can be paid at once. Order in two parts.")


class TotalsDiffer(CannotPlace):
    """Lines and delivery do not add up to the order: a fault of ours, refused to the satang."""

    message = _("The total could not be worked out. Nothing was ordered; try again later.")


class OrderIsReleased(DomainError):
    """Money came for an order that was given up; payments must give it back."""

    message = _("This order was cancelled because it was not paid in time.")


class OrderIsPaid(DomainError):
    message = _("This order is paid and cannot be cancelled as unpaid.")
