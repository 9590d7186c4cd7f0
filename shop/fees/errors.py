"""Why a fee rule is refused, in words that name the remedy."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import DomainError


class CannotSetFee(DomainError):
    """The root: nothing was stored, and every sale is reckoned as before."""


class NeedsCondition(CannotSetFee):
    message = _(
        "A rule without any condition applies to everything that is sold. Give it a condition, or "
        "name it the default rule, which is tried last."
    )


class DefaultHasCondition(CannotSetFee):
    message = _(
        "The default rule is for all the rest and has no condition. Take its conditions off."
    )


class DefaultExists(CannotSetFee):
    message = _("There is a default rule on these days already. Change or end that one.")


class WrongArea(CannotSetFee):
    message = _("There is no province, amphoe, tambon or village with this code.")


class WrongPrices(CannotSetFee):
    message = _("The lowest price must not be above the highest.")


class WrongLimits(CannotSetFee):
    message = _("The smallest fee must not be above the largest.")


class TooEarly(CannotSetFee):
    message = _(
        "A rule that is in force changes from tomorrow at the earliest, so that what a maker is "
        "told in the morning still holds in the evening. To stop it at once, switch it off."
    )


class InThePast(CannotSetFee):
    message = _("This day is over. A rule begins and ends today or later.")


class EndsTooEarly(CannotSetFee):
    message = _("The last day lies before the first. Switch the rule off instead.")


class Replaced(CannotSetFee):
    message = _("Another rule takes the place of this one before that day. Change that one first.")


class IsOver(CannotSetFee):
    message = _("This rule has ended or was changed meanwhile. Look at the list again.")


class CannotMove(CannotSetFee):
    message = _("It cannot be tried earlier or later than that. The default rule is always last.")
