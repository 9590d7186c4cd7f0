"""A report as a file: the buttons that offer it, and the note of who took it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import HeaderButton

from marketplace.core import audit
from marketplace.core.documents.document import Document
from marketplace.core.documents.errors import UnknownFormat
from marketplace.core.documents.formats import FORMATS
from marketplace.core.documents.responses import download_response


def file_buttons(url_of: Callable[[str], str]) -> list[HeaderButton]:
    """A button for each format; `url_of` gives the address of the file in it."""
    return [
        HeaderButton(
            _("Download %(format)s") % {"format": format.upper()},
            url_of(format),
            icon_name="download",
        )
        for format in FORMATS
    ]


def wanted_format(request: HttpRequest) -> str:
    """The format that an address asks for; "" for the page. Raises UnknownFormat."""
    wanted = request.GET.get("export", "")
    if wanted not in ("", *FORMATS):
        raise UnknownFormat
    return wanted


def file_answer(
    request: HttpRequest, document: Document, *, area: str, period: str, rows: int
) -> HttpResponseBase:
    """The document as the file asked for; who took it is written down. Raises TooManyRows."""
    format = wanted_format(request)
    response = download_response(document, format)
    audit.note(
        actor=request.user,
        act="report.export",
        target=f"area:{area or 'TH'}",
        period=period,
        format=format,
        rows=rows,
    )
    return response
