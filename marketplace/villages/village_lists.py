"""Lists of villages as other people keep them, read into one shape. Nothing is looked up here.

Two layouts (README.md): the official one of the Department of Provincial Administration, code and
name first, with or without a header; and ours, with a header, which may also name a programme.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from marketplace.core import spreadsheet, thai
from marketplace.core.errors import DomainError, two_languages
from marketplace.places.services import NAME_MAX_LENGTH

_COLUMNS = {
    "code": ("village_code", "code", "รหัสหมู่บ้าน", "รหัส"),
    "name_th": ("name_th", "village_name", "name", "ชื่อหมู่บ้าน", "ชื่อ"),
    "name_en": ("name_en",),
    "programme": ("programme", "โครงการ"),
    "since": ("since", "ตั้งแต่"),
    "moo": ("moo", "หมู่ที่"),
    "tambon_code": ("subdistrict_code", "tambon_code", "รหัสตำบล"),
}
_OURS_ALONE = {"programme", "since", "moo", "tambon_code", "name_en"}
_CODE = re.compile(r"\d{8}", re.ASCII)


class UnknownLayout(DomainError):
    message = two_languages(
        "ไม่รู้จักรูปแบบของไฟล์นี้ ต้องมีคอลัมน์รหัสหมู่บ้าน 8 หลักและชื่อหมู่บ้าน",
        "This layout is unknown: a column of 8-digit village codes and one of names are needed.",
    )


class BadRow(DomainError):
    """A row that cannot be taken, with the reason for people."""


@dataclass(frozen=True)
class ListedVillage:
    """One row: a village that may exist. `is_official` rows say what a village is called."""

    line: int
    code: str
    name_th: str
    name_en: str
    programme: str
    since: date | None
    is_official: bool


@dataclass(frozen=True)
class Rejected:
    line: int
    reason: str


def read_villages(source: Path | BinaryIO) -> Iterator[ListedVillage | Rejected]:
    """Read a CSV or XLSX row by row; a bad row becomes a Rejected and never stops the rest.

    Raises UnknownLayout for a file without codes, and the errors of `core.spreadsheet`.
    """
    places: dict[str, int] | None = None
    for line, cells in spreadsheet.read_rows(source):
        if places is None:
            places = _header(cells)
            if places is not None:
                continue
            if not _CODE.fullmatch(thai.arabic_digits(cells[0])) or len(cells) < 2:
                raise UnknownLayout
            places = {"code": 0, "name_th": 1}
        try:
            yield _read_row(line, cells, places)
        except BadRow as error:
            yield Rejected(line, str(error))
    if places is None:
        raise UnknownLayout


def _header(cells: list[str]) -> dict[str, int] | None:
    """Where each column we know stands, or None when the row is no header."""
    titles = [cell.strip().casefold() for cell in cells]
    places = {
        column: min(titles.index(name) for name in names if name in titles)
        for column, names in _COLUMNS.items()
        if set(names) & set(titles)
    }
    if not places:
        return None
    if "name_th" not in places or not places.keys() & {"code", "tambon_code"}:
        raise UnknownLayout
    return places


def _read_row(line: int, cells: list[str], places: dict[str, int]) -> ListedVillage:
    padded = cells + [""] * (max(places.values()) + 1 - len(cells))
    facts = {column: thai.normalise(padded[place]) for column, place in places.items()}
    for column in ("name_th", "name_en"):
        if len(facts.get(column, "")) > NAME_MAX_LENGTH:
            raise BadRow(two_languages("ชื่อยาวเกิน 120 ตัวอักษร", "The name is longer than 120."))
    return ListedVillage(
        line=line,
        code=_code(facts),
        name_th=facts.get("name_th", ""),
        name_en=facts.get("name_en", ""),
        programme=facts.get("programme", ""),
        since=_day(facts.get("since", "")),
        is_official=not _OURS_ALONE & places.keys(),
    )


def _code(facts: dict[str, str]) -> str:
    """The row's code, or tambon code and moo; refused where the two disagree."""
    code = thai.arabic_digits(facts.get("code", ""))
    derived = _derived_code(facts)
    if not code and not derived:
        raise BadRow(two_languages("ไม่มีรหัสหมู่บ้าน", "There is no village code."))
    if code and derived and code != derived:
        raise BadRow(
            two_languages("รหัสหมู่บ้านไม่ตรงกับรหัสตำบลและหมู่ที่", "Code, tambon code and moo disagree.")
        )
    code = code or derived
    if not _CODE.fullmatch(code):
        raise BadRow(two_languages("รหัสหมู่บ้านต้องเป็นตัวเลข 8 หลัก", "A village code has 8 digits."))
    if code.endswith("00"):
        raise BadRow(
            two_languages("เป็นแถวรวมของพื้นที่ ไม่ใช่หมู่บ้าน", "This is an area's total, not a village.")
        )
    return code


def _derived_code(facts: dict[str, str]) -> str:
    tambon = thai.arabic_digits(facts.get("tambon_code", ""))
    moo = thai.arabic_digits(facts.get("moo", ""))
    return f"{tambon}{int(moo):02}" if tambon and re.fullmatch("[0-9]{1,2}", moo) else ""


def _day(text: str) -> date | None:
    """A day, or a year alone, which is a Thai fiscal year and begins on 1 October before."""
    if not text:
        return None
    year = thai.arabic_digits(text)
    try:
        if re.fullmatch("2[45]\\d\\d", year, re.ASCII):
            return thai.fiscal_year_range(int(year))[0]
        return thai.parse_date(text)
    except DomainError as error:
        raise BadRow(two_languages("อ่านวันที่ไม่ได้", "The date cannot be read.")) from error
