"""A second person signs; what is signed never changes, and a file that does is not handed out."""

import pytest
from django.db import IntegrityError, connection, transaction

from marketplace.core.models import AuditEntry
from shop.yearpacks import errors, files, guards, services
from shop.yearpacks.models import PackDraft, YearPack
from tests.factories import make_user
from tests.people import staff
from tests.shop.bookkeeping.desk import REFUSED_ROLES, keeper
from tests.shop.yearpacks.years import YEAR, ready_draft, signed, stored_at

pytestmark = pytest.mark.django_db


def test_a_second_person_signs_and_the_draft_is_the_pack_of_the_year():
    draft = ready_draft()
    another = keeper()

    pack = signed(draft, another)

    assert (pack.fiscal_year_be, pack.number, pack.sha256) == (YEAR, 0, draft.sha256)
    assert (pack.made_by, pack.signed_by, pack.signed_as) == (draft.made_by, another, "finance")
    assert not PackDraft.objects.exists()
    assert files.checked(pack.sha256).read() == b"a pack"
    [entry] = AuditEntry.objects.filter(act="yearpack.sign")
    assert (entry.actor, entry.details["sha256"]) == (another, pack.sha256)


def test_an_administrator_signs_as_such():
    pack = signed(ready_draft(), make_user(is_staff=True, is_superuser=True))

    assert pack.signed_as == "administration"


def test_nobody_signs_what_they_made_not_even_past_the_service():
    maker = keeper()
    draft = ready_draft(maker)

    with pytest.raises(errors.MadeBySame):
        signed(draft, maker)
    pack = signed(draft)
    with pytest.raises(IntegrityError), transaction.atomic():
        YearPack.objects.create(
            fiscal_year_be=YEAR - 1,
            number=0,
            up_to_seal=0,
            sha256="b" * 64,
            tables_sha256="c" * 64,
            made_at=pack.made_at,
            made_by=maker,
            signed_by=maker,
            signed_as="finance",
        )
    assert YearPack.objects.get() == pack


@pytest.mark.parametrize("role", [role for role in REFUSED_ROLES if role])
def test_other_roles_make_sign_and_throw_away_nothing(role):
    draft, person = ready_draft(), staff(role)

    for act in (
        lambda: services.start_pack(YEAR + 1, by=person),
        lambda: services.start_amendment(YEAR, reason="x", by=person),
        lambda: services.sign(draft, sha256=draft.sha256, by=person),
        lambda: services.throw_away(draft, by=person),
    ):
        with pytest.raises(errors.NotYourPacks):
            act()
    assert PackDraft.objects.get() == draft and not YearPack.objects.exists()


def test_only_what_was_seen_and_is_there_is_signed():
    draft = ready_draft()

    with pytest.raises(errors.SeenAnother):
        services.sign(draft, sha256="0" * 64, by=keeper())
    PackDraft.objects.update(state="working")
    draft.refresh_from_db()
    with pytest.raises(errors.NotReady):
        signed(draft)
    PackDraft.objects.update(state="ready")
    draft.refresh_from_db()
    stored_at(draft.sha256).write_bytes(b"another")
    with pytest.raises(errors.FileDiffers):
        signed(draft)
    stored_at(draft.sha256).unlink()
    with pytest.raises(errors.FileGone):
        signed(draft)
    assert not YearPack.objects.exists()


def test_the_second_of_two_signatures_is_told_that_it_is_gone():
    draft = ready_draft()
    signed(draft)

    with pytest.raises(errors.GoneMeanwhile):
        signed(draft)
    with pytest.raises(errors.GoneMeanwhile):
        services.throw_away(draft, by=keeper())
    assert YearPack.objects.count() == 1


def test_what_is_thrown_away_is_gone_with_its_file(django_capture_on_commit_callbacks):
    draft = ready_draft()

    with django_capture_on_commit_callbacks(execute=True):
        services.throw_away(draft, by=keeper())

    assert not PackDraft.objects.exists()
    assert not stored_at(draft.sha256).exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE yearpacks_yearpack SET sha256 = tables_sha256",
        "UPDATE yearpacks_yearpack SET signed_at = made_at",
        "DELETE FROM yearpacks_yearpack",
    ],
)
def test_the_database_refuses_to_change_a_signed_row(statement):
    pack = signed(ready_draft())
    before = YearPack.objects.values().get()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert YearPack.objects.values().get() == before
    assert guards.missing() == [] and pack.pk == before["id"]
