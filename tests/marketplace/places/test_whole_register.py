"""The whole of Thailand as the installed release of the official register has it."""

from io import StringIO

import pytest
from django.core.management import call_command

from marketplace.places.importing import import_register
from marketplace.places.models import Amphoe, FormerName, Postcode, Province, Succession, Tambon
from marketplace.places.official import read_register

pytestmark = pytest.mark.django_db


def test_the_whole_register_is_there(whole_register):
    today = Province.objects.in_force(), Amphoe.objects.in_force(), Tambon.objects.in_force()
    assert [places.count() for places in today] == [77, 928, 7436]
    assert Postcode.objects.values("postcode").distinct().count() == 976
    abolished = [model.objects.exclude(valid_until=None).count() for model in (Amphoe, Tambon)]
    assert abolished == [80, 1503]
    assert Succession.objects.values("old_code").distinct().count() == 1182
    assert whole_register.unplaced == []


def test_counts_add_up(whole_register):
    for counts in whole_register.tables.values():
        assert counts.read == counts.created + counts.updated + counts.unchanged


def test_regions_and_secondary_cities_are_the_official_ones(whole_register):
    regions = Province.objects.values_list("region", flat=True)

    assert {code: list(regions).count(code) for code in set(regions)} == {
        "N": 9, "NE": 20, "C": 22, "W": 5, "E": 7, "S": 14,
    }  # fmt: skip
    assert Province.objects.filter(is_secondary_city=True).count() == 55
    main = Province.objects.filter(is_secondary_city=False).values_list("name_en", flat=True)
    assert {"Bangkok", "Chiang Mai", "Chon Buri", "Phuket", "Songkhla", "Krabi"} < set(main)


def test_provinces_stand_in_dictionary_order(whole_register):
    names = list(Province.objects.values_list("name_th", flat=True))

    assert names[:3] == ["กระบี่", "กรุงเทพมหานคร", "กาญจนบุรี"]
    assert names.index("เชียงใหม่") < names.index("ตรัง") < names.index("แพร่") < names.index("ภูเก็ต")


def test_a_second_run_changes_nothing(whole_register):
    again = import_register(read_register(), points={})

    for counts in again.tables.values():
        assert (counts.created, counts.updated, counts.removed) == (0, 0, 0)
        assert counts.unchanged == counts.read
    assert not FormerName.objects.exists()


def test_the_command_prints_counts(whole_register):
    out = StringIO()

    call_command("import_places", stdout=out)

    assert "tambon     read 8939 = created 0 + updated 0 + unchanged 8939" in out.getvalue()
