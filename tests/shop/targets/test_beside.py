"""Targets and figures from before, beside the income of an area and of each of its parts."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.ledger.queries import regions
from shop.targets.beside import Aim, BeforeLine, beside
from shop.targets.services import set_target
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig
from tests.shop.targets.test_targets import MAE, PUI, UBON, baseline

RUNNING, OVER = date(2026, 8, 1), date(2026, 10, 1)


@pytest.fixture
def known(db):
    """In 2569 ฿300 of PUI, ฿50 of MAE and nothing of UBON. Of 2568: PUI ฿100 at fairs and ฿150 in
    hotels, UBON ฿70, and ฿9 of a whole amphoe. Targets of the province and of PUI."""
    makers = {code: make_producer(make_village(code, f"บ้าน {code}")) for code in (PUI, MAE, UBON)}
    for code, satang in ((PUI, 30_000), (MAE, 5_000)):
        rig.sell_in({code: satang}, datetime(2026, 5, 15, 5, tzinfo=UTC), makers[code])
    baseline(PUI, 10_000, channel="fair")
    baseline(PUI, 15_000, channel="hotel", confidence="high")
    baseline(UBON, 7_000)
    baseline("5002", 900)
    baseline(PUI, 1, year=2567)
    baseline(MAE, 1, status="preview")
    for code, satang in (("50", 100_000), (PUI, 20_000)):
        set_target(area_code=code, fiscal_year_be=2569, amount_satang=satang, by=None)
    return regions()


def test_parts_and_whole_have_what_lies_inside_them(known):
    found = beside("", 2569, 35_000, {"50": 35_000, "34": 0, "10": 0}, known, OVER)

    assert found.whole == Aim(35_000, True, None, 32_900, 1, 25_000, 30_000)
    assert found.parts == {
        "50": Aim(35_000, True, 100_000, 25_900, 1, 25_000, 30_000),
        "34": Aim(0, True, None, 7_000, 0, 0, 0),
        "10": Aim(0, True),
    }
    north = found.parts["50"]
    assert (north.reached_ppm, north.lacking_satang) == (350_000, 65_000)
    assert (north.growth_ppm, north.of_before_ppm) == (200_000, 1_200_000)
    assert (found.parts["34"].growth_ppm, found.parts["34"].reached_ppm) == (None, None)
    assert (found.before.key, found.has_targets, found.has_before) == ("2568", True, True)


def test_lines_tell_channel_source_and_confidence(known):
    found = beside("50", 2569, 35_000, {}, known, OVER)

    assert found.lines == (
        BeforeLine("", "พช.", "low", False, 1, 900),
        BeforeLine("fair", "พช.", "low", True, 1, 10_000),
        BeforeLine("hotel", "พช.", "high", True, 1, 15_000),
    )
    assert [line.channel_label for line in found.lines] == ["", "งานออกร้าน", "โรงแรมหรือร้านอาหาร"]


def test_a_village_has_its_own_alone(known):
    found = beside(PUI, 2569, 30_000, {}, known, OVER)

    assert found.whole == Aim(30_000, True, 20_000, 25_000, 1, 25_000, 30_000)
    assert (found.whole.reached_ppm, found.whole.lacking_satang) == (1_500_000, 0)


def test_no_growth_is_told_while_the_year_runs(known):
    found = beside("50", 2569, 35_000, {}, known, RUNNING)

    assert found.whole.growth_ppm is None
    assert found.whole.of_before_ppm == 1_200_000


def test_three_statements_whatever_there_is(known):
    for number in range(30):
        baseline(f"5001{number:04}", 10, source=f"s{number}")

    with CaptureQueriesContext(connection) as captured:
        beside("", 2569, 0, dict.fromkeys(["50", "34"], 0), known, OVER)
    with CaptureQueriesContext(connection) as nothing:
        beside("", 2575, 0, {}, known, OVER)

    assert (len(captured), len(nothing)) == (3, 2)
