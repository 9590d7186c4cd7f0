"""The site's fonts: WOFF2 subsets made at set-up from the TTFs of two pip packages.

Thai and Latin lie in files of their own; `css/fonts.css` names which characters each serves, so
that a browser loads what a page uses. The licences (OFL) are copied beside the files.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import distribution
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

# The same ranges stand in css/fonts.css.
SCRIPTS = {
    "thai": [*range(0x0E01, 0x0E5C), 0x200C, 0x200D, 0x25CC],
    "latin": [
        *range(0x20, 0x7F),
        *range(0xA0, 0x100),
        *(0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x2032, 0x2033),
        *(0x20AC, 0x2122, 0x2190, 0x2192, 0x2212, 0x2260, 0x2264, 0x2265),
    ],
}


@dataclass(frozen=True)
class Face:
    """One weight of a family; a variable font is fixed at `axes` first."""

    name: str
    package: str
    distribution: str
    file: str
    axes: tuple[tuple[str, float], ...] = ()

    def source(self) -> Path:
        return Path(str(files(self.package).joinpath(self.file)))

    def content(self) -> bytes:
        if not self.axes:
            return self.source().read_bytes()
        fixed = BytesIO()
        font = TTFont(self.source(), recalcTimestamp=False)
        instantiateVariableFont(font, dict(self.axes)).save(fixed)
        return fixed.getvalue()


SARABUN = ("fontpkg_sarabun", "fontpkg-sarabun")
FACES = (
    Face("sarabun-400", *SARABUN, "files/Sarabun-Regular.ttf"),
    Face("sarabun-700", *SARABUN, "files/Sarabun-Bold.ttf"),
    Face(
        "noto-serif-thai-700",
        "pylopdf_fonts_th",
        "pylopdf-fonts-th",
        "NotoSerifThai-Variable.ttf",
        (("wght", 700), ("wdth", 100)),
    ),
)


def make_fonts(folder: Path) -> list[Path]:
    """Write what is missing into the folder and return the files written.

    A second call finds everything there and does nothing (an upgrade of a font package begins
    with an empty folder).
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [path for face in FACES for path in _make_face(face, folder)]


def _make_face(face: Face, folder: Path) -> Iterator[Path]:
    missing = [script for script in SCRIPTS if not _file(folder, face, script).exists()]
    if not missing:
        return
    _copy_licence(face, folder)
    content = face.content()
    for script in missing:
        font = TTFont(BytesIO(content), recalcTimestamp=False)
        yield _write_subset(font, SCRIPTS[script], _file(folder, face, script))


def _file(folder: Path, face: Face, script: str) -> Path:
    return folder / f"{face.name}-{script}.woff2"


def _write_subset(font: TTFont, characters: list[int], target: Path) -> Path:
    options = Options(flavor="woff2", layout_features=["*"], hinting=False, notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font.flavor = "woff2"
    part = target.with_suffix(".part")
    font.save(part)
    return part.replace(target)


def _copy_licence(face: Face, folder: Path) -> None:
    found = [f for f in distribution(face.distribution).files if f.name.startswith("LICENSE")]
    shutil.copyfile(found[0].locate(), folder / f"{face.name}-LICENSE.txt")
