"""Sets one document with typst and ends: run as a program by `pdf_document`, never imported.

In a process of its own, because typst keeps what it has laid out in memory (0.7 GB after 5,000
rows) and a web server or worker would carry that for the rest of its life. It knows nothing of
Django and us: looks.typ, document.json and *.ttf of a folder become document.pdf in that folder.
"""

import sys
from pathlib import Path

import typst

STANDARDS = (["a-2a", "ua-1"], ["a-2b"])
"""The second where the first is refused: it wants every letter inside a picture to be readable as
text, which Thai in an SVG is not always. Either is tagged and keeps for ever."""


def main(folder: Path, made_at: int) -> None:
    strict, lenient = STANDARDS
    try:
        typeset(folder, made_at, strict)
    except typst.TypstError:
        typeset(folder, made_at, lenient)


def typeset(folder: Path, made_at: int, standards: list[str]) -> None:
    typst.compile(
        str(folder / "looks.typ"),
        output=str(folder / "document.pdf"),
        root=str(folder),
        font_paths=typst.Fonts(False, False, [str(folder)]),
        ignore_system_fonts=True,
        sys_inputs={"document": (folder / "document.json").read_text(encoding="utf-8")},
        pdf_standards=standards,
        timestamp=made_at,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
