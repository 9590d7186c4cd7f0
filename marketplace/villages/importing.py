"""Bring the register of villages up to a list. Safe to repeat and to stop at any moment."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from marketplace.core import audit, outbox, thai
from marketplace.core.errors import two_languages
from marketplace.places.models import FormerName, Tambon
from marketplace.villages.models import Programme, ProgrammeMembership, Village
from marketplace.villages.services import new_village
from marketplace.villages.village_lists import ListedVillage, Rejected

BATCH_ROWS = 500

PROGRAMMES = {
    "nawatwithi": ("ชุมชนท่องเที่ยว OTOP นวัตวิถี", "OTOP Nawatwithi tourism community"),
    "otop_village": ("ชุมชน OTOP เพื่อการท่องเที่ยว", "OTOP village for tourism"),
    "cbt": ("หมู่บ้านท่องเที่ยวโดยชุมชน", "Community-based tourism village"),
}
"""What a list may name without being registered before; by code or Thai name."""


@dataclass
class ImportReport:
    """read = created + updated + unchanged + rejected; the last two lists explain."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    names_kept: int = 0  # among the unchanged or updated: our name differs and stays
    rejections: list[Rejected] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        return len(self.rejections)


def import_villages(
    rows: Iterable[ListedVillage | Rejected],
    *,
    since: date | None = None,
    is_dry_run: bool = False,
    by: AbstractBaseUser | None = None,
) -> ImportReport:
    """Register, name and enrol the villages of a list.

    A village that is new is made; without a name it is called by its moo until a list names it.
    The official layout renames (the old name is kept for the days before), other lists never do.
    A programme is joined on the row's day, else on `since`, else today. Whatever cannot be taken
    is rejected with a reason and changes nothing. A dry run counts the same and writes nothing.
    """
    report = ImportReport()
    work = _Work(report, since or thai.today(), is_dry_run)
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH_ROWS)):
        work.take(batch)
    if report.created + report.updated and not is_dry_run:
        counts = {"created": report.created, "updated": report.updated}
        audit.note(actor=by, act="village.import", target="villages", **counts)
    return report


class _Work:
    """One run: reads what a batch needs, decides row by row, writes in one short transaction."""

    def __init__(self, report: ImportReport, since: date, is_dry_run: bool) -> None:
        self.report = report
        self.since = since
        self.is_dry_run = is_dry_run
        self.planned: dict[str, Village] = {}  # of a dry run, which the database never sees
        self.planned_joins: set[tuple[str, str]] = set()
        self.programmes = _programme_codes()

    def take(self, batch: list[ListedVillage | Rejected]) -> None:
        self._read(batch)
        for row in batch:
            self.report.read += 1
            outcome = row if isinstance(row, Rejected) else self._decide(row)
            if isinstance(outcome, Rejected):
                self.report.rejections.append(outcome)
            else:
                setattr(self.report, outcome, getattr(self.report, outcome) + 1)
        if self.is_dry_run:
            self.planned |= self.villages
            self.planned_joins |= {(join.village_id, join.programme_id) for join in self.joins}
        else:
            self._write()

    # --- Reading -----------------------------------------------------------------------------
    def _read(self, batch: list[ListedVillage | Rejected]) -> None:
        codes = {row.code for row in batch if isinstance(row, ListedVillage)}
        tambons = Tambon.objects.filter(code__in={code[:6] for code in codes})
        self.tambons = {tambon.code: tambon for tambon in tambons}
        self.villages = {code: self.planned[code] for code in codes & self.planned.keys()}
        self.villages |= Village.objects.in_bulk(codes - self.planned.keys())
        joined = ProgrammeMembership.objects.filter(village_id__in=codes)
        self.memberships = list(joined.values_list("village_id", "programme_id", "valid_until"))
        former = FormerName.objects.filter(code__in=codes)
        self.left_behind = set(former.values_list("code", "name_th"))
        self.created: dict[str, Village] = {}
        self.updated: dict[str, Village] = {}
        self.former: list[FormerName] = []
        self.joins: list[ProgrammeMembership] = []

    # --- Deciding ----------------------------------------------------------------------------
    def _decide(self, row: ListedVillage) -> str | Rejected:
        if problem := self._problem(row):
            return Rejected(row.line, str(problem))
        village = self.villages.get(row.code)
        if village is None:
            self._create(row)
            self._join(row)
            return "created"
        is_changed = self._name(village, row)
        is_changed |= self._join(row)
        return "updated" if is_changed else "unchanged"

    def _problem(self, row: ListedVillage):
        tambon = self.tambons.get(row.code[:6])
        if tambon is None:
            return two_languages("ไม่มีตำบลที่มีรหัสนี้", "No tambon has this code.")
        if tambon.valid_until and tambon.valid_until < thai.today():
            return two_languages("ตำบลนี้ถูกยกเลิกแล้ว", "This tambon was abolished.")
        if row.programme and row.programme not in self.programmes:
            return two_languages("ไม่รู้จักโครงการนี้", "This programme is unknown.")
        if row.programme and self._has_left_later(row):
            return two_languages(
                "วันเริ่มโครงการซ้อนกับช่วงที่เคยเข้าร่วม", "It was in the programme on that day."
            )
        return None

    def _create(self, row: ListedVillage) -> None:
        village = new_village(
            code=row.code,
            name_th=row.name_th or _unnamed(row.code),
            name_en=row.name_en,
            is_code_confirmed=row.is_official,
        )
        self.villages[row.code] = village
        self.created[row.code] = village

    def _name(self, village: Village, row: ListedVillage) -> bool:
        """Bring names and confirmation up to the row; whether anything changed."""
        before = (village.name_th, village.name_en, village.is_code_confirmed)
        if row.name_th and row.name_th != village.name_th:
            if village.name_th == _unnamed(row.code):
                village.name_th = row.name_th
            elif row.is_official and (row.code, row.name_th) not in self.left_behind:
                self._remember(village)
                village.name_th = row.name_th
            else:
                self.report.names_kept += 1
        village.name_en = village.name_en or row.name_en
        village.is_code_confirmed |= row.is_official
        if before == (village.name_th, village.name_en, village.is_code_confirmed):
            return False
        if village.code not in self.created:
            self.updated[village.code] = village
        return True

    def _remember(self, village: Village) -> None:
        if village.code not in self.created:
            self.former.append(
                FormerName(
                    code=village.code,
                    name_th=village.name_th,
                    name_en=village.name_en,
                    valid_until=thai.today(),
                )
            )
        self.left_behind.add((village.code, village.name_th))

    def _join(self, row: ListedVillage) -> bool:
        code = self.programmes.get(row.programme, "")
        if not code or (row.code, code) in self.planned_joins or self._is_in(row.code, code):
            return False
        since = row.since or self.since
        self.joins.append(
            ProgrammeMembership(village_id=row.code, programme_id=code, valid_from=since)
        )
        self.memberships.append((row.code, code, None))
        return True

    def _is_in(self, village: str, programme: str) -> bool:
        return (village, programme, None) in self.memberships

    def _has_left_later(self, row: ListedVillage) -> bool:
        code, since = self.programmes[row.programme], row.since or self.since
        return not self._is_in(row.code, code) and any(
            until >= since
            for village, programme, until in self.memberships
            if (village, programme) == (row.code, code)
        )

    # --- Writing -----------------------------------------------------------------------------
    def _write(self) -> None:
        with transaction.atomic():
            self._add_programmes()
            Village.objects.bulk_create(self.created.values())
            FormerName.objects.bulk_create(self.former, ignore_conflicts=True)
            Village.objects.bulk_create(
                self.updated.values(),
                update_conflicts=True,
                unique_fields=["code"],
                update_fields=["name_th", "name_en", "is_code_confirmed", "sort_key", "match_key"],
            )
            ProgrammeMembership.objects.bulk_create(self.joins)
            changed = set(self.created) | set(self.updated)
            changed |= {join.village_id for join in self.joins}
            outbox.note_many("village", sorted(changed))

    def _add_programmes(self) -> None:
        wanted = {join.programme_id for join in self.joins}
        known = set(Programme.objects.filter(code__in=wanted).values_list("code", flat=True))
        for code in sorted(wanted - known):
            name_th, name_en = PROGRAMMES[code]
            Programme.objects.create(code=code, name_th=name_th, name_en=name_en)


def _unnamed(code: str) -> str:
    return f"หมู่ที่ {int(code[6:])}"


def _programme_codes() -> dict[str, str]:
    """Code of each programme by code and by Thai name."""
    names = {code: name_th for code, (name_th, _name_en) in PROGRAMMES.items()}
    names |= dict(Programme.objects.values_list("code", "name_th"))
    return {name: code for code, name in names.items()} | {code: code for code in names}
