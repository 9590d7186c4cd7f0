"""The register of places is brought up to a release: whole, idempotent, forgetting nothing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from marketplace.core import thai
from marketplace.places.importing import import_register
from marketplace.places.models import FormerName, Province, Succession, Tambon
from marketplace.places.official import (
    OfficialPlace,
    OfficialRegister,
    OfficialSuccession,
    sort_into_levels,
)
from marketplace.places.points import NoPointsFile, read_points
from marketplace.places.services import rename_area

pytestmark = pytest.mark.django_db

CHIANG_MAI = OfficialPlace("50", "เชียงใหม่", "Chiang Mai")
MUEANG = OfficialPlace("5001", "เมืองเชียงใหม่", "Mueang Chiang Mai")
SUTHEP = OfficialPlace("500108", "สุเทพ", "Suthep")
OLD = OfficialPlace("500199", "เก่า", "Old", date(2012, 4, 18))


def a_release(*tambons: OfficialPlace, successions=(), postcodes=(("50200", "500108"),)):
    levels, unplaced = sort_into_levels([CHIANG_MAI, MUEANG, *tambons])
    return OfficialRegister("test", levels, set(postcodes), list(successions), unplaced)


def imported(*tambons, **facts):
    return import_register(a_release(*tambons, **facts), points={})


def test_an_abolished_code_keeps_its_last_day_and_successor():
    link = OfficialSuccession("500199", "500108", "notice", date(1989, 11, 9))
    imported(SUTHEP, OLD, successions=[link])

    old = Tambon.objects.get(code="500199")
    assert old.valid_until == date(2012, 4, 18)
    assert list(Tambon.objects.in_force(date(2012, 4, 18)).order_by("code")) == [
        Tambon.objects.get(code="500108"),
        old,
    ]
    assert Succession.objects.get().in_force_on == date(1989, 11, 9)


def test_a_tambon_abolished_later_is_closed_and_not_deleted():
    imported(SUTHEP)

    report = imported(replace(SUTHEP, valid_until=date(2026, 1, 31)), postcodes=())

    assert report.tables["tambon"].updated == 1
    assert Tambon.objects.get().valid_until == date(2026, 1, 31)
    assert report.tables["postcode"].removed == 1


def test_codes_that_fit_nowhere_are_left_out_and_named():
    report = imported(SUTHEP, OfficialPlace("99", "?", "?"), OfficialPlace("500", "?", "?"),
                      OfficialPlace("510101", "?", "?"))  # fmt: skip

    assert report.unplaced == ["99", "500", "510101"]
    assert list(Tambon.objects.values_list("code", flat=True)) == ["500108"]


def test_a_name_changed_in_a_newer_release_becomes_a_former_name():
    imported(SUTHEP)

    report = imported(replace(SUTHEP, name_th="สุเทพใหม่"))

    assert report.tables["tambon"].renamed == 1
    tambon = Tambon.objects.get()
    assert (tambon.name_th, tambon.sort_key) == ("สุเทพใหม่", thai.sort_key("สุเทพใหม่"))
    assert "สุเทพใหม่" in tambon.match_key
    former = FormerName.objects.get()
    assert (former.code, former.name_th, former.valid_until) == ("500108", "สุเทพ", thai.today())


def test_a_release_that_lags_behind_does_not_bring_an_old_name_back():
    imported(SUTHEP)
    rename_area(
        code="500108", name_th="ดอยสุเทพ", name_en="Doi Suthep", last_day=thai.today(), by=None
    )

    report = imported(SUTHEP)

    assert (report.tables["tambon"].name_kept, report.tables["tambon"].updated) == (1, 0)
    assert Tambon.objects.get().name_th == "ดอยสุเทพ"


def test_points_are_read_and_larger_areas_lie_at_their_mean(tmp_path: Path):
    path = tmp_path / "points.csv"
    path.write_text(
        "\ufeffcode,name_th,lat,lon\n500108,x,18.8,98.9\n500109,x,18.6,98.7\n"
        "500110,x,,\n500111,x,98.9,18.8\n500112,x,abc,1\n",
        encoding="utf-8",
    )

    points = read_points(path)

    assert points["500108"] == (Decimal("18.80000"), Decimal("98.90000"))
    assert points["5001"] == points["50"] == (Decimal("18.70000"), Decimal("98.80000"))
    assert set(points) == {"500108", "500109", "5001", "50"}
    import_register(a_release(SUTHEP), points)
    assert Tambon.objects.get().latitude == Decimal("18.80000")


def test_points_stay_when_an_import_brings_none(tmp_path: Path):
    import_register(a_release(SUTHEP), {"500108": (Decimal("18.80000"), Decimal("98.90000"))})

    report = imported(SUTHEP)

    assert report.tables["tambon"].updated == 0
    assert Tambon.objects.get().longitude == Decimal("98.90000")


def test_a_file_without_points_is_refused(tmp_path: Path):
    path = tmp_path / "points.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")

    with pytest.raises(NoPointsFile):
        read_points(path)
    with pytest.raises(CommandError):
        call_command("import_places", points=path)

    assert not Province.objects.exists()
