"""Making, throwing away and signing fiscal-year packs and their amendments."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.core import audit, page_cache
from marketplace.core.row_changes import tidy_reason
from marketplace.ledger.models import Seal
from marketplace.ledger.periods import FIRST_FISCAL_YEAR_BE, LAST_FISCAL_YEAR_BE
from marketplace.ledger.services import seal_events
from shop.yearpacks import errors, files, queries
from shop.yearpacks.making import make_job
from shop.yearpacks.models import REASON_MAX_LENGTH, PackDraft, YearPack
from shop.yearpacks.permissions import may_make_packs, office_of

State = PackDraft.State


def start_pack(fiscal_year_be: int, *, by: AbstractBaseUser) -> PackDraft:
    """Let the worker make the pack of a year whose months are all closed.

    Of two at once, or the same person twice, one: UnderWay. Raises NotYourPacks, UnknownYear,
    MonthsOpen, NothingCounted, SignedAlready.
    """
    _demand_keeper(by)
    if not FIRST_FISCAL_YEAR_BE <= fiscal_year_be <= LAST_FISCAL_YEAR_BE:
        raise errors.UnknownYear
    open_months = queries.open_months(fiscal_year_be)
    if open_months:
        words = queries.span_words(open_months)
        raise errors.MonthsOpen(errors.MonthsOpen.message % {"months": words})
    if not queries.has_closed_months(fiscal_year_be):
        raise errors.NothingCounted
    if queries.latest_pack(fiscal_year_be):
        raise errors.SignedAlready
    return _begin(by, fiscal_year_be=fiscal_year_be, number=0)


def start_amendment(fiscal_year_be: int, *, reason: str, by: AbstractBaseUser) -> PackDraft:
    """Let the worker make the next amendment: what differs from what was last signed, and why.

    Raises NotYourPacks, ReasonRequired, NotSigned, NoDifferences, UnderWay; FileDiffers and
    FileGone where what it would amend is no longer as it was signed.
    """
    _demand_keeper(by)
    reason = tidy_reason(reason)[:REASON_MAX_LENGTH]
    before = queries.latest_pack(fiscal_year_be)
    if before is None:
        raise errors.NotSigned
    files.checked(before.sha256).close()
    seal_events()
    last = Seal.objects.order_by("-pk").first()
    if not queries.has_differences(before, last.pk if last else 0):
        raise errors.NoDifferences
    return _begin(
        by,
        fiscal_year_be=fiscal_year_be,
        number=before.number + 1,
        reason=reason,
        before=before,
    )


def _begin(by: AbstractBaseUser, **facts) -> PackDraft:
    now = timezone.now().replace(microsecond=0)
    try:
        with transaction.atomic():
            draft = PackDraft.objects.create(made_by=by, made_at=now, **facts)
            audit.note(actor=by, act="yearpack.make", target=_target(draft), number=draft.number)
            make_job.enqueue(draft.pk)
    except IntegrityError as error:
        raise errors.UnderWay from error
    return draft


def throw_away(draft: PackDraft, *, by: AbstractBaseUser) -> None:
    """Forget a draft and its file, in whatever state; one that is being made stops by itself.

    Raises NotYourPacks, GoneMeanwhile.
    """
    _demand_keeper(by)
    with transaction.atomic():
        locked = _locked(draft)
        audit.note(actor=by, act="yearpack.drop", target=_target(locked), number=locked.number)
        locked.delete()
        transaction.on_commit(lambda: files.forget(locked.sha256))


def sign(draft: PackDraft, *, sha256: str, by: AbstractBaseUser) -> YearPack:
    """Make the draft the pack of its year for ever; by another person than who made it.

    `sha256` is that of the file which the person saw. Raises NotYourPacks, MadeBySame, NotReady,
    SeenAnother, GoneMeanwhile, FileDiffers, FileGone; nothing is signed then.
    """
    _demand_keeper(by)
    _demand_signable(draft, sha256, by)
    files.checked(sha256).close()
    try:
        with transaction.atomic():
            locked = _locked(draft)
            _demand_signable(locked, sha256, by)
            pack = _signed(locked, by)
            locked.delete()
            page_cache.invalidate()
    except IntegrityError as error:  # of two drafts, the other was signed meanwhile
        raise errors.SignedAlready from error
    return pack


def _demand_signable(draft: PackDraft, sha256: str, by: AbstractBaseUser) -> None:
    if draft.state != State.READY:
        raise errors.NotReady
    if by.pk == draft.made_by_id:
        raise errors.MadeBySame
    if sha256 != draft.sha256:
        raise errors.SeenAnother


def _signed(draft: PackDraft, by: AbstractBaseUser) -> YearPack:
    pack = YearPack.objects.create(
        **{name: getattr(draft, name) for name in _SIGNED},
        signed_by=by,
        signed_as=office_of(by),
    )
    audit.note(
        actor=by,
        act="yearpack.sign",
        target=_target(pack),
        number=pack.number,
        sha256=pack.sha256,
    )
    return pack


_SIGNED = (
    *("fiscal_year_be", "number", "reason", "before", "root_day", "up_to_seal", "facts"),
    *("sha256", "tables_sha256", "size_bytes", "made_at", "made_by"),
)
"""Of a draft, what is signed."""


def _locked(draft: PackDraft) -> PackDraft:
    found = PackDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if found is None:
        raise errors.GoneMeanwhile
    return found


def _demand_keeper(by: AbstractBaseUser) -> None:
    """The service asks itself: no page may forget to."""
    if not may_make_packs(by):
        raise errors.NotYourPacks


def _target(pack: PackDraft | YearPack) -> str:
    return f"fiscal-year:{pack.fiscal_year_be}"
