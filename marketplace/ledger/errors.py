"""What the ledger refuses, as sentences for people."""

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
