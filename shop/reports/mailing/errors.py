"""Why a subscription cannot be begun."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import DomainError


class AlreadySubscribed(DomainError):
    """One area comes once."""

    message = _("The report of this area comes to you already. End it below to choose anew.")


class TooManySubscriptions(DomainError):
    """More than anybody reads."""

    message = _("Twenty reports come to you each month already. End one of them first.")
