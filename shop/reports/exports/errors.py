"""Why a file is not made. Sentences are for who asked."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import DomainError


class TooManyExports(DomainError):
    """Somebody has enough files being made."""

    message = _("Five files are being made for you already. Ask again when one of them is ready.")


class CannotAsk(DomainError):
    """Fields that make no question, or no format of ours."""

    message = _("This file cannot be made. Go back to the report and ask again.")


class MayNotRead(DomainError):
    """The area was theirs to read when they asked, and no longer is."""

    message = _("You may no longer read the figures of this area, so the file was not made.")


class MayNotReadHeir(MayNotRead):
    """The area is theirs to read, and what took its ground is not."""

    message = _(
        "This area was abolished before the period began, and you may not read the figures of what "
        "took its ground, so the file was not made."
    )


class WorkersDied(DomainError):
    """Each worker that was at it ended before the file was whole."""

    message = _(
        "The file could not be finished, three times. Ask for a shorter period or fewer rows."
    )


class Broken(DomainError):
    """A mistake of ours."""

    message = _("Something went wrong on our side while the file was made. We have been told.")


class FileGone(DomainError):
    """The row says there is a file, and there is none."""

    message = _("The file is no longer where we kept it. Let it be made again.")
