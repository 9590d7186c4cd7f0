"""What a document says about itself, in words, in the active language."""

from django.utils.translation import gettext as _

from marketplace.core import thai
from marketplace.core.documents.document import Document, plain
from marketplace.core.documents.figures import day_words


def made_at_words(document: Document) -> str:
    """Made on 22 Nov 2026 at 14:30: Bangkok's clock."""
    moment = document.made_at.astimezone(thai.BANGKOK)
    return _("Made on %(day)s at %(time)s") % {
        "day": day_words(moment.date()),
        "time": f"{moment:%H:%M}",
    }


def about_lines(document: Document) -> list[str]:
    """Title, subtitles, when it was made, notes of the document and its tables, sources."""
    lines = [document.title, *document.subtitle_lines, made_at_words(document), *document.notes]
    for table in document.tables:
        lines += [f"{table.title}: {note}" for note in table.notes]
    return [plain(line) for line in (*lines, *document.source_lines)]
