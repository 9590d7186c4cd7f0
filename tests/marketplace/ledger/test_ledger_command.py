"""`manage.py ledger` at a prompt: what goes wrong is one sentence and an exit that is not zero."""

from datetime import date

import pytest
from django.core.management import base

from marketplace.core import thai
from marketplace.ledger.management.commands.ledger import Command
from tests.marketplace.ledger import rig

PUI = "50010811"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_july(monkeypatch):
    monkeypatch.setattr(thai, "today", lambda: date(2026, 7, 3))
    # A command closes its connections when it ends; here the test goes on with them.
    monkeypatch.setattr(base.connections, "close_all", lambda: None)


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    """As manage.py does: exit code, what is said, and what is complained of."""
    code = 0
    try:
        # Not its look at the whole site before: that is manage.py's, and takes a second each.
        Command().run_from_argv(["manage.py", "ledger", "--skip-checks", *arguments])
    except SystemExit as end:
        code = end.code
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "arguments are required: act"),
        (("erase",), "invalid choice: 'erase'"),
        (("close",), "required: --month"),
        (("verify", "--month", "2026-13"), "write the month like 2026-05, not 2026-13"),
        (("verify", "--month", "2569-00"), "write the month like 2026-05, not 2569-00"),
        (("rebuild", "--month", ""), "write the month like 2026-05"),
        (("close", "--month", "พฤษภาคม"), "write the month like 2026-05"),
        (("close", "--month", "2026-05; DROP TABLE"), "write the month like 2026-05"),
        (("export",), "required: --to"),
        (("seal", "--month", "2026-05"), "unrecognized arguments: --month 2026-05"),
    ],
)
def test_what_cannot_be_asked_is_named(capsys, arguments, words):
    code, out, complaint = run(capsys, *arguments)

    assert (code, out) == (2, "")
    assert words in complaint and "Traceback" not in complaint


def test_an_export_never_writes_over_a_file_nor_where_it_cannot(capsys, tmp_path):
    kept = tmp_path / "ledger.jsonl"
    kept.write_text("mine")

    answers = [
        run(capsys, "export", "--to", str(path))
        for path in (kept, tmp_path / "nowhere" / "x", kept / "x")
    ]

    assert [code for code, _out, _complaint in answers] == [1, 1, 1]
    assert "is there already" in answers[0][2]
    assert all("cannot be written" in complaint for _code, _out, complaint in answers[1:])
    assert kept.read_text() == "mine"


def test_a_month_that_cannot_be_closed_says_why_and_stays(capsys):
    rig.sell_in({PUI: 100})
    before = rig.rows()

    code, out, complaint = run(capsys, "close", "--month", "2026-07")
    assert (code, out) == (1, "") and complaint.startswith("CommandError: ")
    assert len(complaint.split("\n")) == 2
    code, _out, complaint = run(capsys, "close", "--month", "2026-06")  # May is open
    assert code == 1 and complaint.startswith("CommandError: ")
    assert rig.rows() == before


def test_what_goes_well_says_so(capsys, tmp_path):
    rig.sell_in({PUI: 100})

    answers = [
        run(capsys, *arguments)
        for arguments in (
            ("verify",),
            ("verify", "--month", "2569-05"),
            ("rebuild", "--month", "2026-05"),
            ("close", "--month", "2026-05"),
            ("seal",),
            ("export", "--to", str(tmp_path / "ledger.jsonl")),
        )
    ]

    assert [(code, complaint) for code, _out, complaint in answers] == [(0, "")] * 6
    assert [out.split(":")[0].strip() for _code, out, _complaint in answers] == [
        "The ledger is whole",
        "The ledger is whole",
        "2026-05 is what its transfers come to; nothing was changed.",
        "2026-05 is closed",
        "1 events sealed.",
        "Check it with",
    ]
