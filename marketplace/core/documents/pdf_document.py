"""A document as PDF for print and archive: A4, tagged for screen readers (PDF/UA-1, PDF/A-2a).

`report.typ` holds the looks. What the document says goes to it as JSON, so that typst never reads a
word of ours as its source; figures come as text, ready to be set.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from django.utils.translation import override

from marketplace.core.documents.document import Document
from marketplace.core.documents.pdf_content import content
from marketplace.core.documents.typeface import typeface

_LOOKS = Path(__file__).with_name("report.typ")
_TYPESET = Path(__file__).with_name("typeset.py")
_TIMEOUT_SECONDS = 120


class CannotTypeset(Exception):
    """typst refused what we made for it, which is a mistake of ours; the argument is its answer."""


def write(document: Document, file: BinaryIO) -> None:
    """Write the PDF, made as a whole on the disk. Raises TooManyRowsForPdf, CannotTypeset."""
    face = typeface()
    with override(document.language):
        said = content(document, face)
    with TemporaryDirectory(prefix="document-") as name:
        folder = Path(name)
        for font_name, font in face.files.items():
            (folder / font_name).write_bytes(font)
        shutil.copyfile(_LOOKS, folder / "looks.typ")
        text = json.dumps(said, ensure_ascii=False)
        (folder / "document.json").write_text(text, encoding="utf-8")
        _typeset(folder, int(document.made_at.timestamp()))
        with (folder / "document.pdf").open("rb") as pdf:
            shutil.copyfileobj(pdf, file)


def _typeset(folder: Path, made_at: int) -> None:
    done = subprocess.run(
        [sys.executable, "-I", str(_TYPESET), str(folder), str(made_at)],
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_SECONDS,
        check=False,
    )
    if done.returncode:
        raise CannotTypeset(done.stderr)
