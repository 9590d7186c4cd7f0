"""Why a parcel cannot be packed, sent or corrected, in words that name the remedy."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import DomainError


class CannotHandle(DomainError):
    """The root: nothing about the parcel was changed."""

    message = _("This cannot be done with this parcel.")


class NotToBeSent(CannotHandle):
    """Not paid, given up, or paid back as a whole."""

    message = _("This order is not to be sent: it is not paid, or the money went back.")


class AlreadySent(CannotHandle):
    message = _("This parcel was sent already. You can still correct its tracking number.")


class NotSentYet(CannotHandle):
    message = _("This parcel was not sent yet. Send it first.")


class NoLongerOpen(CannotHandle):
    message = _("This parcel was sent long ago and can no longer be changed.")


class UnknownCarrier(CannotHandle):
    message = _("Choose who carries the parcel.")


class TrackingNumberUnclear(CannotHandle):
    message = _(
        "A tracking number has only the letters A to Z and digits, at most 40 of them. "
        "Look at the receipt and type it again, with the keyboard in English."
    )
