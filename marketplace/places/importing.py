"""Bring the tables of places up to a release of the official register.

Nothing is deleted but postcodes and successions that the release no longer has. A changed name
becomes a FormerName; a name that we have already left behind does not come back.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db import models, transaction

from marketplace.core import outbox, thai
from marketplace.places.models import Amphoe, FormerName, Postcode, Province, Succession, Tambon
from marketplace.places.official import OfficialPlace, OfficialRegister
from marketplace.places.points import Point
from marketplace.places.regions import REGION_OF_PROVINCE, SECONDARY_CITIES

BATCH_ROWS = 500
Say = Callable[[str], None]


@dataclass
class Counts:
    """What became of one table's rows: read = created + updated + unchanged."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0  # rows of ours that the release no longer has
    renamed: int = 0  # among the updated
    name_kept: int = 0  # the release still has a name that we left behind


@dataclass
class ImportReport:
    release: str
    tables: dict[str, Counts] = field(default_factory=dict)
    unplaced: list[str] = field(default_factory=list)


def import_register(
    register: OfficialRegister, points: dict[str, Point], say: Say = lambda line: None
) -> ImportReport:
    """Write one release into our tables; the second time nothing changes.

    Stopped half-way it leaves whole batches behind and can simply be run again. `points` are
    by code; places without one keep theirs.
    """
    report = ImportReport(register.release, unplaced=register.unplaced)
    for model, digits in ((Province, 2), (Amphoe, 4), (Tambon, 6)):
        counts = _import_level(model, register.levels[digits], points)
        report.tables[model._meta.model_name] = counts
        say(f"{model._meta.model_name}: {counts.read}")
    report.tables["postcode"] = _import_postcodes(register)
    report.tables["succession"] = _import_successions(register)
    say(f"postcode: {report.tables['postcode'].read}")
    say(f"succession: {report.tables['succession'].read}")
    return report


# --- Places --------------------------------------------------------------------------------------
def _import_level(
    model: type[models.Model], places: list[OfficialPlace], points: dict[str, Point]
) -> Counts:
    ours = model.objects.in_bulk()
    left_behind = _former_names()
    counts, new, changed, former = Counts(read=len(places)), [], [], []
    for place in places:
        wanted = _facts(model, place, points)
        row = ours.get(place.code)
        if row is None:
            new.append(model(code=place.code, **wanted))
            continue
        if (place.code, wanted["name_th"], wanted["name_en"]) in left_behind:
            counts.name_kept += 1
            del wanted["name_th"], wanted["name_en"]
        if renamed := _former_name(row, wanted):
            former.append(renamed)
        if _change(row, wanted):
            changed.append(row)
    _create(new)
    _save_changed(model, changed, former)
    counts.created, counts.updated, counts.renamed = len(new), len(changed), len(former)
    counts.unchanged = counts.read - counts.created - counts.updated
    return counts


def _facts(model: type[models.Model], place: OfficialPlace, points: dict[str, Point]) -> dict:
    facts = {
        "name_th": thai.normalise(place.name_th),
        "name_en": thai.normalise(place.name_en),
        "valid_until": place.valid_until,
    }
    if model is Province:
        facts["region"] = REGION_OF_PROVINCE[place.code]
        facts["is_secondary_city"] = place.code in SECONDARY_CITIES
    else:
        parent = "province_id" if model is Amphoe else "amphoe_id"
        facts[parent] = place.code[:-2]
    if point := points.get(place.code):
        facts["latitude"], facts["longitude"] = point
    return facts


def _former_names() -> set[tuple[str, str, str]]:
    return set(FormerName.objects.values_list("code", "name_th", "name_en"))


def _former_name(row: models.Model, wanted: dict) -> FormerName | None:
    if "name_th" not in wanted:
        return None
    if (row.name_th, row.name_en) == (wanted["name_th"], wanted["name_en"]):
        return None
    return FormerName(
        code=row.code, name_th=row.name_th, name_en=row.name_en, valid_until=thai.today()
    )


def _change(row: models.Model, wanted: dict) -> bool:
    is_changed = any(getattr(row, name) != value for name, value in wanted.items())
    for name, value in wanted.items():
        setattr(row, name, value)
    return is_changed


def _create(rows: list[models.Model]) -> None:
    for batch in batches(rows):
        with transaction.atomic():
            type(batch[0]).objects.bulk_create(batch)


def _save_changed(
    model: type[models.Model], rows: list[models.Model], former: list[FormerName]
) -> None:
    former_of = {name.code: name for name in former}
    fields = [field.name for field in model._meta.concrete_fields if field.name != "code"]
    for batch in batches(rows):
        renamed = [former_of[row.code] for row in batch if row.code in former_of]
        with transaction.atomic():
            # The second rename of a day adds nothing: the day keeps the name it began with.
            FormerName.objects.bulk_create(renamed, ignore_conflicts=True)
            # An upsert takes a tenth of the time of bulk_update, and works the keys out.
            model.objects.bulk_create(
                batch, update_conflicts=True, unique_fields=["code"], update_fields=fields
            )
            outbox.note_many("area", [name.code for name in renamed])


# --- Postcodes and successions -------------------------------------------------------------------
def _import_postcodes(register: OfficialRegister) -> Counts:
    placed = {place.code for place in register.levels[6]}
    wanted = {(code, tambon) for code, tambon in register.postcodes if tambon in placed}
    ours = dict(
        ((code, tambon), pk)
        for pk, code, tambon in Postcode.objects.values_list("pk", "postcode", "tambon_id")
    )
    new = [Postcode(postcode=code, tambon_id=tambon) for code, tambon in sorted(wanted - set(ours))]
    _create(new)
    gone = [pk for key, pk in ours.items() if key not in wanted]
    _remove(Postcode, gone)
    return Counts(
        read=len(wanted), created=len(new), unchanged=len(wanted) - len(new), removed=len(gone)
    )


def _import_successions(register: OfficialRegister) -> Counts:
    ours = {(row.old_code, row.new_code): row for row in Succession.objects.all()}
    counts, new, changed = Counts(read=len(register.successions)), [], []
    for link in register.successions:
        row = ours.pop((link.old_code, link.new_code), None)
        facts = {"basis": link.basis, "in_force_on": link.in_force_on}
        if row is None:
            new.append(Succession(old_code=link.old_code, new_code=link.new_code, **facts))
        elif _change(row, facts):
            changed.append(row)
    _create(new)
    for batch in batches(changed):
        with transaction.atomic():
            Succession.objects.bulk_update(batch, ["basis", "in_force_on"])
    _remove(Succession, [row.pk for row in ours.values()])
    counts.created, counts.updated, counts.removed = len(new), len(changed), len(ours)
    counts.unchanged = counts.read - counts.created - counts.updated
    return counts


def _remove(model: type[models.Model], keys: list[int]) -> None:
    for batch in batches(keys):
        with transaction.atomic():
            model.objects.filter(pk__in=batch).delete()


def batches(rows: Iterable, size: int = BATCH_ROWS) -> Iterator[list]:
    """Cut rows into lists of at most `size`, each for one short transaction."""
    remaining = iter(rows)
    while batch := list(islice(remaining, size)):
        yield batch
