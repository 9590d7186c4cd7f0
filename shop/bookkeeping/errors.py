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
