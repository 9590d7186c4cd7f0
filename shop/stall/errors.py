"""Why a sale cannot be declared, as sentences for people."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from marketplace.core.errors import DomainError
from marketplace.core.templatetags.thai import thai_date


class CannotDeclare(DomainError):
    """The sale was not recorded; nothing changed."""

    message = _("This sale cannot be recorded.")


class NotForSale(CannotDeclare):
    """Not one of the producer's things that are on offer, or without a price."""

    message = _("This is not among your things on offer. Nothing was recorded.")


class ChooseOption(CannotDeclare):
    """A product with options was named, not the option."""

    message = _("Choose which one was sold. Nothing was recorded.")


class NotEnoughLeft(CannotDeclare):
    """Fewer are free than were said to be sold; what shoppers ordered here is not free."""

    message = _(
        "Sold out here: nothing was recorded. If you still have one in hand that no order waits"
        " for, correct the number in stock first."
    )

    def __init__(self, left: int = 0) -> None:
        self.left = left
        few = ngettext_lazy(
            "Only %(left)d is left: nothing was recorded.",
            "Only %(left)d are left: nothing was recorded.",
            left,
        )
        super().__init__(few % {"left": left} if left else None)


class WrongQuantity(CannotDeclare):
    message = _("Write a number of pieces from 1 to 9,999.")


class WrongAmount(CannotDeclare):
    message = _("Write an amount above zero and up to 10,000,000 baht.")


class WrongDay(CannotDeclare):
    """One on which nothing can be told to have been sold."""


class NotYet(WrongDay):
    message = _("That day has not come yet. Choose today or an earlier day.")


class MonthClosed(WrongDay):
    """Before the first day that can still be told."""

    def __init__(self, first: date) -> None:
        words = _("What was sold before %(day)s is closed. Choose that day or a later one.")
        super().__init__(words % {"day": thai_date(first, "long")})


class NameIt(CannotDeclare):
    message = _("Write what was sold, in 255 letters at most.")


class WrongType(CannotDeclare):
    message = _("Choose what kind of thing it was.")


class WhoTold(CannotDeclare):
    message = _("Write who of the group told you of this sale.")


class WrongTeller(CannotDeclare):
    message = _("Write the name in 120 letters at most.")


class WrongReceipt(CannotDeclare):
    """A picture of another producer's."""

    message = _("Choose the picture of the receipt again.")


class TooManyReceipts(DomainError):
    message = _("Enough pictures for one day: go on tomorrow, or save the sale without one.")


class NotYetOfVillage(CannotDeclare):
    """No village was named for the product on that day: it was entered here later."""

    message = _("This product was not entered here on that day yet. Choose a later day.")


class WrongChannel(CannotDeclare):
    message = _("Choose where it was sold.")
