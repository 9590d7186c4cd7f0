"""Reading a CSV or XLSX of baselines: every row is kept, with the reason where it cannot count."""

import hashlib
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from io import BytesIO

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction

from marketplace.core import money, thai
from marketplace.core.errors import two_languages
from marketplace.core.spreadsheet import Limits, Row, TableTooLarge, read_table
from marketplace.ledger.kinds import Channel
from marketplace.ledger.periods import FIRST_FISCAL_YEAR_BE, LAST_FISCAL_YEAR_BE
from marketplace.places.models import Amphoe
from marketplace.villages.models import Village
from shop.targets import errors
from shop.targets.models import Baseline, BaselineBatch
from shop.targets.overlaps import mark_overlaps, tell

LIMITS = Limits(file_bytes=5_000_000, rows=20_000, columns=40, cell_characters=300)
COLUMNS = {"area_code", "fiscal_year", "amount_baht", "source", "confidence"}
MOST_BAHT = Decimal(10) ** 12
SOURCE_MAX_LENGTH = 120
LONGEST_NUMBER = 30

NO_AREA = two_languages(
    "ไม่มีหมู่บ้าน (รหัส 8 หลัก) หรืออำเภอ (4 หลัก) ที่มีรหัสนี้",
    "No village (8 digits) or amphoe (4 digits) has this code.",
)
NO_YEAR = two_languages(
    "ปีงบประมาณต้องเป็น พ.ศ. เช่น 2568", "The fiscal year is one of the Buddhist era, such as 2568."
)
NO_AMOUNT = two_languages(
    "จำนวนเงินต้องเป็นบาท ไม่ติดลบ เช่น 12,500.50",
    "The amount is in baht and not below zero, such as 12,500.50.",
)
NO_SOURCE = two_languages(
    "เขียนที่มาของตัวเลข ไม่เกิน 120 ตัวอักษร", "Write where the figure is from, in 120 letters."
)
NO_CONFIDENCE = two_languages(
    "ความเชื่อมั่นต้องเป็น low, medium หรือ high", "The confidence is low, medium or high."
)
NO_CHANNEL = two_languages(
    "ไม่รู้จักช่องทางนี้ เว้นว่างไว้ถ้าไม่แยกช่องทาง",
    "This channel is unknown. Leave it empty where channels are not told apart.",
)


def read_baselines(content: bytes, file_name: str, by: AbstractBaseUser | None) -> BaselineBatch:
    """Keep a file to be looked at; nothing counts before `services.put_in_force`.

    The file that was read and not undone before: KnownFile. Raises UnreadableTable,
    MissingColumns, NothingInFile too; nothing is kept then.
    """
    if len(content) > LIMITS.file_bytes:
        raise TableTooLarge
    digest = hashlib.sha256(content).hexdigest()
    if BaselineBatch.objects.filter(sha256=digest).exclude(status="undone").exists():
        raise errors.KnownFile
    table = list(read_table(BytesIO(content), LIMITS))
    if not table:
        raise errors.NothingInFile
    if not {_folded(name) for name in table[0].cells} >= COLUMNS:
        raise errors.MissingColumns
    rows = _judged(table)
    mark_overlaps(row for row in rows if not row.problem_th)
    try:
        with transaction.atomic():
            batch = BaselineBatch.objects.create(
                file_name=thai.normalise(file_name)[-200:], sha256=digest, read_by=by
            )
            for row in rows:
                row.batch = batch
            Baseline.objects.bulk_create(rows, batch_size=500)
    except IntegrityError as error:  # the same file twice at once
        raise errors.KnownFile from error
    return batch


def _folded(name: str) -> str:
    return name.strip().lower().replace(" ", "_")


def _judged(table: Iterable[Row]) -> list[Baseline]:
    """Each row as far as it was understood; two statements."""
    named = [(row, {_folded(name): text for name, text in row.cells.items()}) for row in table]
    codes = {_code(cells) for _row, cells in named}
    known = set(Village.objects.filter(pk__in=codes).values_list("pk", flat=True))
    known |= set(Amphoe.objects.filter(pk__in=codes).values_list("pk", flat=True))
    return [_baseline(row, cells, known) for row, cells in named]


def _code(cells: Mapping[str, str]) -> str:
    return thai.arabic_digits(cells["area_code"])


def _baseline(row: Row, cells: Mapping[str, str], known: set[str]) -> Baseline:
    found = Baseline(line=row.line, cells=dict(row.cells))
    code, year, amount = _code(cells), _year(cells["fiscal_year"]), _satang(cells["amount_baht"])
    source, confidence = thai.normalise(cells["source"]), cells["confidence"].strip().lower()
    channel = cells.get("channel", "").strip().lower()
    problems = [
        (NO_AREA, code not in known or len(code) not in (4, 8)),
        (NO_YEAR, year is None),
        (NO_AMOUNT, amount is None),
        (NO_SOURCE, not 0 < len(source) <= SOURCE_MAX_LENGTH),
        (NO_CONFIDENCE, confidence not in Baseline.Confidence.values),
        (NO_CHANNEL, channel not in ("", *Channel.values)),
    ]
    for problem, is_so in problems:
        if is_so:
            tell(found, problem)
            return found
    found.area_code, found.fiscal_year_be, found.amount_satang = code, year, amount
    found.source, found.confidence, found.channel = source, confidence, channel
    return found


def _year(text: str) -> int | None:
    text = thai.arabic_digits(text).strip()
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        return None
    return int(text) if FIRST_FISCAL_YEAR_BE <= int(text) <= LAST_FISCAL_YEAR_BE else None


def _satang(text: str) -> int | None:
    text = thai.arabic_digits(text).strip().removeprefix("฿").replace(",", "")
    try:
        amount = Decimal(text[:LONGEST_NUMBER])
        return money.to_satang(amount) if 0 <= amount <= MOST_BAHT else None
    except (InvalidOperation, money.NotExactMoney):
        return None
