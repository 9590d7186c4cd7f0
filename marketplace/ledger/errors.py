"""What the ledger refuses, as sentences for people."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import DomainError


class LedgerError(DomainError):
    """The ledger refused; nothing was written."""

    message = _("The ledger cannot record this.")


class AmountsDiffer(LedgerError):
    """Line shares and delivery do not add up to what was captured."""

    message = _("The parts of this sale do not add up to the amount paid.")


class OriginDiffers(LedgerError):
    """A share to be recorded is not what was frozen when the order was placed."""

    message = _("This sale differs from the origin recorded when the order was placed.")


class ContentDiffers(LedgerError):
    """The reference was used before, for something else."""

    message = _("This payment reference was already recorded with other content.")


class AlreadySold(LedgerError):
    """The order was recorded as sold under another payment."""

    message = _("This order was already recorded as paid.")


class NoSuchSale(LedgerError):
    """There is no recorded sale of that order, line or producer to refund."""

    message = _("There is no recorded sale to refund.")


class NothingToRecord(LedgerError):
    """All amounts are zero."""

    message = _("There is no amount to record.")


class MoreThanOwed(LedgerError):
    """A payout of more than the producer is owed."""

    message = _("This is more than the producer is owed.")


class NoSuchPayout(LedgerError):
    """Nothing of that payout is left to return."""

    message = _("There is no such payout, or it was returned before.")


class NothingToMove(LedgerError):
    """The line has no income left in the village it should be moved from."""

    message = _("This line has no income left in that village.")


class OneByOneself(LedgerError):
    """A correction needs a reason and a second person."""

    message = _("A correction needs a reason, and another person to approve it.")


class MonthNotOver(LedgerError):
    """The month has not ended, so that more may still happen in it."""

    message = _("This month is not over yet.")


class MonthsBeforeOpen(LedgerError):
    """Months are closed in their order."""

    message = _("An earlier month with figures is still open. Close that one first.")


class AlreadyClosed(LedgerError):
    """The month, or a later one, was closed before."""

    message = _("This month is closed already.")


class LedgerNotWhole(LedgerError):
    """What adds up wrongly is not closed."""

    message = _("The figures of this month do not add up. It was not closed.")


class AreaDivided(DomainError):
    """An area is gone, and several have its ground: `codes`. There is no one report of it."""

    message = _(
        "This area was abolished before the period began, and its ground was divided. Choose one "
        "of the areas that have it now: %(codes)s."
    )

    def __init__(self, codes: Iterable[str]):
        self.codes = tuple(codes)
        super().__init__(str(self.message) % {"codes": ", ".join(self.codes)})
