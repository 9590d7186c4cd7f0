"""Targets: set, changed with their history, and how far an area is towards them."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from marketplace.core.models import AuditEntry
from marketplace.places.services import UnknownArea
from shop.targets import errors, guards
from shop.targets.models import Baseline, BaselineBatch, IncomeTarget
from shop.targets.queries import attainment, history_of
from shop.targets.services import set_target, target_of
from tests.factories import make_producer, make_user, make_village
from tests.marketplace.ledger import rig

PUI, MAE, UBON = "50010811", "50010812", "34010105"


@pytest.fixture
def sold(db):
    """฿300 of one village and ฿50 of another in fiscal year 2569; a third sold nothing."""
    makers = {code: make_producer(make_village(code, f"บ้าน {code}")) for code in (PUI, MAE, UBON)}
    for code, satang in ((PUI, 30_000), (MAE, 5_000)):
        rig.sell_in({code: satang}, datetime(2026, 5, 15, 5, tzinfo=UTC), makers[code])
    rig.declare_in({PUI: 999_999}, makers[PUI])
    return makers


def baseline(code, satang, *, year=2568, source="พช.", confidence="low", channel="", status=""):
    batch, _made = BaselineBatch.objects.get_or_create(
        sha256=status or "x", defaults={"file_name": "f", "status": status or "in-force"}
    )
    return Baseline.objects.create(
        batch=batch,
        line=batch.rows.count() + 2,
        cells={},
        area_code=code,
        fiscal_year_be=year,
        channel=channel,
        amount_satang=satang,
        source=source,
        confidence=confidence,
    )


def test_a_target_is_set_and_its_earlier_amounts_stay(sold):
    officer = make_user(is_staff=True)
    first = set_target(area_code="50", fiscal_year_be=2569, amount_satang=100, by=officer)

    second = set_target(
        area_code="50",
        fiscal_year_be=2569,
        amount_satang=200,
        note="ปรับตามมติ",
        by=officer,
        seen=first.pk,
    )

    assert target_of("50", 2569) == second
    assert [(one.amount_satang, one.set_by) for one in history_of("50", 2569)] == [
        (200, officer),
        (100, officer),
    ]
    entry = AuditEntry.objects.filter(act="target.set").latest("pk")
    assert entry.details == {"year": 2569, "satang": 200, "before": 100}


def test_the_same_target_twice_is_one_act(sold):
    first = set_target(area_code="50", fiscal_year_be=2569, amount_satang=100, by=None)

    again = set_target(area_code="50", fiscal_year_be=2569, amount_satang=100, by=None)

    assert again == first
    assert IncomeTarget.objects.count() == 1


def test_whoever_did_not_see_the_target_in_force_does_not_overwrite_it(sold):
    set_target(area_code="50", fiscal_year_be=2569, amount_satang=100, by=None)

    with pytest.raises(errors.ChangedMeanwhile):
        set_target(area_code="50", fiscal_year_be=2569, amount_satang=300, by=None)

    assert target_of("50", 2569).amount_satang == 100


def test_a_year_that_is_none_is_refused(sold):
    with pytest.raises(errors.UnknownYear):
        set_target(area_code="50", fiscal_year_be=2026, amount_satang=1, by=None)

    assert IncomeTarget.objects.count() == 0


def test_the_database_refuses_to_change_a_target(sold):
    set_target(area_code="50", fiscal_year_be=2569, amount_satang=100, by=None)

    for act in (
        lambda: IncomeTarget.objects.update(amount_satang=1),
        lambda: IncomeTarget.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert target_of("50", 2569).amount_satang == 100
    assert guards.missing() == []


def test_attainment_holds_income_against_the_target(sold):
    set_target(area_code="50", fiscal_year_be=2569, amount_satang=100_000, by=None)

    found = attainment("50", 2569)

    assert (found.income_satang, found.reached_ppm, found.lacking_satang) == (
        35_000,
        350_000,
        65_000,
    )
    assert attainment("34", 2569).reached_ppm is None


def test_growth_is_of_villages_that_have_both(sold):
    baseline(PUI, 10_000, channel="fair")
    baseline(PUI, 10_000, channel="hotel", confidence="high")
    baseline(UBON, 7_000)  # sold nothing here
    baseline("5002", 900)  # a whole amphoe
    baseline(PUI, 1, year=2567)
    baseline(MAE, 1, status="preview")
    baseline(MAE, 1, status="undone")

    found = attainment("", 2569)

    assert (found.villages_with_both, found.both_before_satang) == (1, 20_000)
    assert (found.both_income_satang, found.growth_ppm) == (30_000, 500_000)
    assert (found.villages, found.villages_missing) == (3, 1)
    assert {(one.confidence, one.of_villages): one.amount_satang for one in found.baselines} == {
        ("low", True): 17_000,
        ("high", True): 10_000,
        ("low", False): 900,
    }
    assert found.baseline_satang == 27_900
    assert found.income_satang == 35_000  # nothing of it in the income


@pytest.mark.parametrize(
    ("code", "baseline_satang", "income_satang"),
    [("50", 20_900, 35_000), ("5001", 20_000, 35_000), (PUI, 20_000, 30_000), ("34", 0, 0)],
)
def test_each_area_has_the_baselines_inside_it(sold, code, baseline_satang, income_satang):
    baseline(PUI, 20_000)
    baseline("5002", 900)

    found = attainment(code, 2569)

    assert (found.baseline_satang, found.income_satang) == (baseline_satang, income_satang)


def test_an_area_that_is_none_is_refused(sold):
    for code in ("99", "5", "x" * 8):
        with pytest.raises(UnknownArea):
            attainment(code, 2569)


def test_statements_do_not_grow(sold):
    for number in range(20):
        baseline(f"5001{number:04}", 10, source=f"s{number}")

    with CaptureQueriesContext(connection) as captured:
        attainment("", 2569)

    assert len(captured) <= 9
