"""Why a pack is not made, signed or handed out, in words that name the remedy."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import DomainError


class PackRefused(DomainError):
    """The root: nothing was made, signed or thrown away."""


class NotYourPacks(PackRefused):
    message = _("Only finance makes and signs the packs of a fiscal year.")


class UnknownYear(PackRefused):
    message = _("Choose a fiscal year from the list.")


class NothingCounted(PackRefused):
    message = _("Nothing was recorded in this year, so there is nothing to put into a pack.")


class MonthsOpen(PackRefused):
    message = _("These months are still open: %(months)s. Close them first.")


class SumsChanged(PackRefused):
    message = _(
        "The ledger no longer adds up to what was written down when its months were closed. Run "
        "“ledger verify” and find out why before anything is made."
    )


class UnderWay(PackRefused):
    message = _("A pack of this year is being made or waits to be signed. Look at that one.")


class SignedAlready(PackRefused):
    message = _("The pack of this year is signed already. What became known since is an amendment.")


class NotSigned(PackRefused):
    message = _("An amendment follows a signed pack. Make the pack of this year first.")


class NoDifferences(PackRefused):
    message = _(
        "Nothing that became known since changes any figure of what was signed, so no amendment "
        "is made."
    )


class MadeBySame(PackRefused):
    message = _("You made this yourself. Ask another person of finance to sign it.")


class NotReady(PackRefused):
    message = _("This is not ready to be signed.")


class GoneMeanwhile(PackRefused):
    message = _("Somebody else signed this or threw it away meanwhile. Look at the list.")


class SeenAnother(PackRefused):
    message = _("This was made anew after you opened the page. Look at it again before you sign.")


class FileDiffers(PackRefused):
    message = _(
        "The stored file is not what was signed: its hash differs, so it is not handed out. Tell "
        "the operators to bring it back from a copy."
    )


class FileGone(PackRefused):
    message = _("The stored file is gone. Tell the operators to bring it back from a copy.")
