"""Why a target or a baseline is refused, in words that name the remedy."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import DomainError


class ChangedMeanwhile(DomainError):
    """Somebody else set the target after the form was opened."""

    message = _("Somebody else has changed this target meanwhile. Look at it, then set it again.")


class UnknownYear(DomainError):
    message = _("A fiscal year is a year of the Buddhist era, such as 2570.")


class KnownFile(DomainError):
    """The same file was read before and is not undone."""

    message = _("This very file was read before. Open it in the list, or undo it first.")


class NothingInFile(DomainError):
    message = _("There is no row in this file below the names of the columns.")


class MissingColumns(DomainError):
    message = _(
        "Columns are missing. The first row needs: area_code, fiscal_year, amount_baht, source,"
        " confidence; channel may be left out."
    )


class NotToLookAt(DomainError):
    message = _("This file is no longer to be looked at: it is in force already, or was undone.")


class NothingToTake(DomainError):
    message = _("No row of this file can be taken. Mend the rows and read the file again.")
