"""Static files that are made and not kept in the repository: two stylesheets, and the fonts.

The finder makes them when static files are collected or looked for, so that nobody has to
remember a build; why there is one stylesheet: marketplace/templates/README.md.
"""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

from marketplace.core import fonts

SOURCES = Path(__file__).resolve().parent.parent / "static" / "css"
STYLESHEET = "css/site.css"
PRODUCERS_STYLESHEET = "css/producers.css"
PRODUCERS_ONLY = "workbench"
"""How the names of files begin that only producers' pages need, on top of the site's."""
FIRST = ("tokens", "fonts", "base", "layout", "icon", "button", "field")
LAST = ("print",)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_AROUND_PUNCTUATION = re.compile(r" ?([{};,]) ?")


def make_fonts() -> list[Path]:
    return fonts.make_fonts(settings.ASSETS_ROOT / "fonts")


def stylesheet() -> str:
    """Return css/*.css as one text: foundations first, then components by name, print last."""
    names = {path.stem: path for path in SOURCES.glob("*.css") if not _is_for_producers(path)}
    middle = sorted(set(names) - {*FIRST, *LAST})
    texts = [names[name].read_text(encoding="utf-8") for name in (*FIRST, *middle, *LAST)]
    return "\n".join(map(_squeezed, texts)) + "\n"


def producers_stylesheet() -> str:
    """Return css/workbench*.css as one text, by name: shoppers never load it."""
    paths = sorted(filter(_is_for_producers, SOURCES.glob("*.css")))
    return "\n".join(_squeezed(path.read_text(encoding="utf-8")) for path in paths) + "\n"


def _is_for_producers(path: Path) -> bool:
    return path.stem.startswith(PRODUCERS_ONLY)


MADE = {STYLESHEET: stylesheet, PRODUCERS_STYLESHEET: producers_stylesheet}


def _squeezed(css: str) -> str:
    return _AROUND_PUNCTUATION.sub(r"\1", _SPACE.sub(" ", _COMMENT.sub("", css))).strip()


def make_stylesheets() -> None:
    for name, text in MADE.items():
        _write(settings.ASSETS_ROOT / name, text())


def _write(target: Path, css: str) -> None:
    if not target.exists() or target.read_text(encoding="utf-8") != css:
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        part.write_text(css, encoding="utf-8")
        part.replace(target)


class MadeFilesFinder(BaseFinder):
    """Finds what this module makes, making it first."""

    def __init__(self, app_names=None, *args, **kwargs) -> None:
        self.storage = FileSystemStorage(location=settings.ASSETS_ROOT)
        super().__init__(*args, **kwargs)

    def check(self, **kwargs) -> list:
        return []

    def find(self, path, find_all=False, **kwargs):
        if path in MADE:
            make_stylesheets()
        elif path.startswith("fonts/"):
            make_fonts()
        found = self.storage.exists(path) and self.storage.path(path)
        return ([found] if found else []) if find_all else found or []

    def list(self, ignore_patterns):
        make_stylesheets()
        make_fonts()
        for path in sorted(settings.ASSETS_ROOT.rglob("*")):
            name = path.relative_to(settings.ASSETS_ROOT).as_posix()
            if path.is_file() and not matches_patterns(name, ignore_patterns or ()):
                yield name, self.storage
