"""Why an act on the books is refused, in words that name the remedy."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import DomainError


class BooksStay(DomainError):
    """The root: nothing was recorded, and every figure is as before."""


class NotYourBooks(BooksStay):
    message = _("Only finance keeps the books.")


class NeedsAnother(BooksStay):
    message = _("You proposed this yourself. Ask another person of finance to decide.")


class AlreadyDecided(BooksStay):
    message = _("Somebody else decided this meanwhile. Look at what was decided.")


class FactsChanged(BooksStay):
    message = _(
        "What this would change is no longer what was proposed. Look at the figures, refuse it "
        "with a reason, and propose it anew."
    )


class UnknownVillage(BooksStay):
    message = _("There is no village with this code. A code has 8 digits; look it up in Villages.")


class SameVillage(BooksStay):
    message = _("The income is in this village already. Choose another one.")


class NoAmount(BooksStay):
    message = _("Write an amount other than zero; below zero is charged to the producer.")


class NothingChosen(BooksStay):
    message = _("Choose at least one producer to pay.")


class TooMany(BooksStay):
    message = _("A list has at most 500 producers. Make several lists.")


class NothingOwed(BooksStay):
    message = _("Nothing is owed any more to: %(names)s. Look at the figures again.")


class UnderWay(BooksStay):
    message = _("These are in another list that is under way: %(names)s.")


class AccountFrozen(BooksStay):
    message = _(
        "The bank account of these was changed less than 72 hours ago, so they are paid later: "
        "%(names)s."
    )


class LinesSank(BooksStay):
    message = _(
        "Something was given back, paid or changed since this list was made; the lines are marked. "
        "Drop this list and make it anew."
    )


class PreparedBySame(BooksStay):
    message = _("You made this list yourself. Ask another person of finance to agree.")


class NotAgreed(BooksStay):
    message = _("A second person has to agree to this list first.")


class ListEnded(BooksStay):
    message = _("This list was handed over or dropped meanwhile. Look at what became of it.")


class WrongDay(BooksStay):
    message = _("A list is handed to the bank on a day from when it was agreed to until today.")


class NotHandedOver(BooksStay):
    message = _("Only a payment that was handed to the bank can come back.")
