from datetime import date, timedelta

import pytest

from marketplace.core import thai
from marketplace.core.models import AuditEntry, OutboxEntry
from marketplace.places.models import FormerName, Succession, Tambon
from marketplace.places.queries import names_on, successors_of
from marketplace.places.services import (
    InvalidName,
    RenamedOutOfOrder,
    UnknownArea,
    rename_area,
)
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def suthep():
    return factories.make_tambon("500108")


def rename(name_th, last_day, code="500108"):
    return rename_area(code=code, name_th=name_th, name_en="", last_day=last_day, by=None)


def test_each_day_has_the_name_of_its_time(suthep, django_assert_num_queries):
    rename("สอง", date(2024, 12, 31))
    rename("สาม", date(2025, 6, 30))

    names = {}
    for day in (date(2024, 1, 1), date(2024, 12, 31), date(2025, 1, 1), date(2025, 7, 1)):
        with django_assert_num_queries(2):
            names[day] = names_on(["500108", "50", "999999"], day)

    assert [name["500108"][0] for name in names.values()] == ["สุเทพ", "สุเทพ", "สอง", "สาม"]
    assert all(name["50"] == ("เชียงใหม่", "Chiang Mai") for name in names.values())
    assert all("999999" not in name for name in names.values())


def test_a_renaming_is_noted_and_keeps_the_keys_right(suthep):
    officer = factories.make_user()

    rename_area(code="500108", name_th="แก้ว", name_en="Kaeo", last_day=thai.today(), by=officer)

    suthep.refresh_from_db()
    assert suthep.sort_key == thai.sort_key("แก้ว")
    assert suthep.match_key == " แก้ว kaeo"
    assert AuditEntry.objects.get(act="area.rename").actor == officer
    assert OutboxEntry.objects.filter(kind="area", object_id="500108").exists()


def test_the_same_name_again_is_no_renaming(suthep):
    rename_area(code="500108", name_th="สุเทพ", name_en="Suthep", last_day=thai.today(), by=None)

    assert not FormerName.objects.exists()


def test_a_day_keeps_the_name_it_began_with(suthep):
    rename("สอง", thai.today())
    rename("สาม", thai.today())

    assert names_on(["500108"], thai.today())["500108"][0] == "สุเทพ"
    assert names_on(["500108"], thai.today() + timedelta(days=1))["500108"][0] == "สาม"


@pytest.mark.parametrize("days_ahead", [1, -400])
def test_history_is_written_in_order(suthep, days_ahead):
    rename("สอง", thai.today() - timedelta(days=30))

    with pytest.raises(RenamedOutOfOrder):
        rename("สาม", thai.today() + timedelta(days=days_ahead))

    assert Tambon.objects.get().name_th == "สอง"
    assert FormerName.objects.count() == 1


def test_unknown_codes_and_empty_names_are_refused(suthep):
    for code in ("509999", "5", ""):
        with pytest.raises(UnknownArea):
            rename("ใหม่", thai.today(), code=code)
    with pytest.raises(InvalidName):
        rename(" \u200b", thai.today())

    assert Tambon.objects.get().name_th == "สุเทพ"


def test_successors_are_followed_to_the_areas_of_today():
    links = [("500191", "500192"), ("500192", "500108"), ("500192", "500109")]
    for old, new in links:
        Succession.objects.create(old_code=old, new_code=new, basis="notice")

    assert successors_of("500191") == ["500108", "500109"]
    assert successors_of("500108") == []


def test_a_circle_of_successions_ends():
    for old, new in (("500191", "500192"), ("500192", "500191")):
        Succession.objects.create(old_code=old, new_code=new, basis="name")

    assert successors_of("500191") == []
