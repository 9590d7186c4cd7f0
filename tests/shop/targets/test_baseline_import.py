"""Figures from before this site: read from a file, looked at, put in force, undone."""

import io

import openpyxl
import pytest

from marketplace.core.spreadsheet import UnreadableTable
from shop.targets import errors
from shop.targets.importing import read_baselines
from shop.targets.models import Baseline, BaselineBatch
from shop.targets.queries import attainment
from shop.targets.services import put_in_force, undo
from tests.factories import make_user, make_village

PUI, MAE = "50010811", "50010812"
HEADER = "area_code,fiscal_year,channel,amount_baht,source,confidence"


@pytest.fixture
def villages(db):
    return [make_village(code, f"บ้าน {code}") for code in (PUI, MAE)]


def read(*lines, header=HEADER):
    content = "\n".join([header, *lines]).encode()
    return read_baselines(content, "before.csv", make_user(is_staff=True))


def problems(batch):
    return {row.line: row.problem_en for row in batch.rows.order_by("line")}


def test_nothing_counts_before_it_is_put_in_force_nor_after_it_is_undone(villages):
    batch = read(f'{PUI},2568,fair,"12,500.50",พช.,high', f"{MAE},๒๕๖๘,,฿๑๐๐,พช.,LOW")
    looked_at = attainment("", 2569).baseline_satang

    taken = put_in_force(batch=batch, by=None)
    in_force = attainment("", 2569).baseline_satang
    undone = undo(batch=batch, by=None), undo(batch=batch, by=None)

    assert (looked_at, taken, in_force) == (0, 2, 1_260_050)
    assert (undone, attainment("", 2569).baseline_satang) == ((True, False), 0)
    assert Baseline.objects.count() == 2


def test_each_bad_row_is_kept_with_its_reason_and_the_others_are_taken(villages):
    batch = read(
        f"{PUI},2568,,100,พช.,low",
        "99999999,2568,,100,พช.,low",
        "500108,2568,,100,พช.,low",
        f"{MAE},2025,,100,พช.,low",
        f"{MAE},2568,,-1,พช.,low",
        f"{MAE},2568,,1.005,พช.,low",
        f"{MAE},2568,,NaN,พช.,low",
        f"{MAE},2568,,100,,low",
        f"{MAE},2568,,100,พช.,sure",
        f"{MAE},2568,moon,100,พช.,low",
        f"{PUI},2568,,200,พช.,low",
        f"{PUI},2568,fair,200,พช.,low",
        "5001,2568,,900,พช.,low",
    )

    told = problems(batch)

    assert told.pop(2) == ""
    assert [text.split()[0] for text in told.values()] == [
        *("No", "No", "The", "The", "The", "The", "Write", "The", "This"),
        *("There", "This", "This"),
    ]
    assert batch.rows.get(line=3).cells["area_code"] == "99999999"
    assert put_in_force(batch=batch, by=None) == 1


def test_the_same_file_is_known_until_it_is_undone(villages):
    batch = read(f"{PUI},2568,,100,พช.,low")

    with pytest.raises(errors.KnownFile):
        read(f"{PUI},2568,,100,พช.,low")
    undo(batch=batch, by=None)
    again = read(f"{PUI},2568,,100,พช.,low")

    assert BaselineBatch.objects.count() == 2
    assert put_in_force(batch=again, by=None) == 1


def test_two_files_with_one_figure_do_not_both_count(villages):
    first = read(f"{PUI},2568,,100,พช.,low", f"{MAE},2568,,7,พช.,low")
    second = read(f"{PUI},2568,,300,อำเภอ,low")
    put_in_force(batch=first, by=None)

    with pytest.raises(errors.NothingToTake):
        put_in_force(batch=second, by=None)

    assert attainment("", 2569).baseline_satang == 10_700
    assert second.rows.get().problem_th == ""  # nothing was changed


def test_what_is_in_force_is_not_put_in_force_again(villages):
    batch = read(f"{PUI},2568,,100,พช.,low")
    put_in_force(batch=batch, by=None)

    with pytest.raises(errors.NotToLookAt):
        put_in_force(batch=batch, by=None)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", UnreadableTable),
        (b"PK\x03\x04broken", UnreadableTable),
        (HEADER.encode(), errors.NothingInFile),
        (b"a,b\n1,2\n", errors.MissingColumns),
    ],
)
def test_a_file_that_is_no_such_table_leaves_nothing(db, content, error):
    with pytest.raises(error):
        read_baselines(content, "x.csv", None)

    assert BaselineBatch.objects.count() == 0


def test_a_workbook_is_read_too(villages):
    book = openpyxl.Workbook()
    book.active.append(HEADER.split(","))
    book.active.append([PUI, 2568, "", 100.25, "=1+1", "medium"])
    content = io.BytesIO()
    book.save(content)

    batch = read_baselines(content.getvalue(), "x.xlsx", None)

    row = batch.rows.get()
    assert row.problem_en == "" or row.problem_en.startswith("Write where")


def test_a_hostile_cell_is_text(villages):
    batch = read(f"{PUI},2568,,100,'=cmd|' /C calc'!A0,low")

    assert put_in_force(batch=batch, by=None) == 1
    assert attainment("", 2569).baselines[0].source.startswith("'=cmd")
