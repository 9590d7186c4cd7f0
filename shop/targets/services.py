"""Setting targets, and putting a file of baselines in force or out of it."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction

from marketplace.core import audit, thai
from marketplace.ledger.periods import FIRST_FISCAL_YEAR_BE, LAST_FISCAL_YEAR_BE
from shop.targets import errors
from shop.targets.models import Baseline, BaselineBatch, IncomeTarget
from shop.targets.overlaps import mark_overlaps

User = AbstractBaseUser | None
Status = BaselineBatch.Status


def set_target(
    *,
    area_code: str,
    fiscal_year_be: int,
    amount_satang: int,
    by: User,
    note: str = "",
    seen: int | None = None,
) -> IncomeTarget:
    """Set the income that an area is to reach in a fiscal year; earlier ones stay on record.

    `seen` is the number of the target in force when the form was opened, None where there was
    none. The same again: the target in force, nothing added. Raises ChangedMeanwhile,
    UnknownYear. The area must be known to exist.
    """
    if not FIRST_FISCAL_YEAR_BE <= fiscal_year_be <= LAST_FISCAL_YEAR_BE:
        raise errors.UnknownYear
    note = thai.normalise(note)
    now = target_of(area_code, fiscal_year_be)
    if now and (now.amount_satang, now.note) == (amount_satang, note):
        return now
    if seen != (now.pk if now else None):
        raise errors.ChangedMeanwhile
    try:
        with transaction.atomic():
            target = IncomeTarget.objects.create(
                area_code=area_code,
                fiscal_year_be=fiscal_year_be,
                amount_satang=amount_satang,
                note=note,
                before=now,
                set_by=by,
            )
            audit.note(
                actor=by,
                act="target.set",
                target=f"area:{area_code or 'TH'}",
                year=fiscal_year_be,
                satang=amount_satang,
                before=now.amount_satang if now else 0,
            )
    except IntegrityError as error:  # two at once: one of them follows
        raise errors.ChangedMeanwhile from error
    return target


def target_of(area_code: str, fiscal_year_be: int) -> IncomeTarget | None:
    """The target in force; one statement."""
    return IncomeTarget.objects.filter(
        area_code=area_code, fiscal_year_be=fiscal_year_be, after=None
    ).first()


@transaction.atomic
def put_in_force(*, batch: BaselineBatch, by: User) -> int:
    """Let the good rows of a file count; returns how many.

    Rows are held against what came into force since the file was read. Called twice: NotToLookAt.
    Raises NothingToTake, too; nothing is changed then.
    """
    # All of them, so that no two files with the same figures come into force together.
    batches = {one.pk: one for one in BaselineBatch.objects.select_for_update().order_by("pk")}
    locked = batches[batch.pk]
    if locked.status != Status.PREVIEW:
        raise errors.NotToLookAt
    rows = list(locked.rows.filter(problem_th="").order_by("line"))
    refused = mark_overlaps(rows)
    Baseline.objects.bulk_update(refused, ["problem_th", "problem_en"], batch_size=500)
    taken = len(rows) - len(refused)
    if not taken:
        raise errors.NothingToTake
    BaselineBatch.objects.filter(pk=locked.pk).update(status=Status.IN_FORCE)
    audit.note(actor=by, act="baseline.import", target=f"baseline:{locked.pk}", rows=taken)
    return taken


@transaction.atomic
def undo(*, batch: BaselineBatch, by: User) -> bool:
    """Let a file count no longer; its rows stay to be read. False if it was undone before."""
    changed = BaselineBatch.objects.filter(pk=batch.pk).exclude(status=Status.UNDONE)
    if not changed.update(status=Status.UNDONE):
        return False
    audit.note(actor=by, act="baseline.undo", target=f"baseline:{batch.pk}")
    return True
