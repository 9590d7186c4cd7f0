"""Put bugs into the code that counts money, one at a time, and see who notices: `make bugs`.

Each bug (`of_sales.py`, `of_books.py`) meets the state machine of the ledger and the test files
that ought to see it; if none does, all that stand beside them and the whole suite of the ledger. It
works on a copy of the tree under `var/bugs/`, on SQLite: nothing of ours is ever left broken,
whenever it is stopped.

    python -m tests.bugs            all
    python -m tests.bugs 3 17       these
"""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from tests.bugs.bug import Bug, Change
from tests.bugs.of_books import OF_BOOKS
from tests.bugs.of_sales import OF_SALES
from tests.bugs.template import WHOLE

BUGS = (*OF_SALES, *OF_BOOKS)
ROOT = Path(__file__).resolve().parent.parent.parent
COPY = ROOT / "var" / "bugs" / "tree"
LEFT_OUT = shutil.ignore_patterns("var", ".venv", ".git", "*.pyc", "__pycache__", ".*_cache")
MACHINE = "tests/marketplace/ledger/test_invariants.py"
WALK = "test_the_invariants_hold_after_every_step"
SUITE = "tests/marketplace/ledger"
MOST_UNSEEN_IN_TWENTY = 1


class Seen(NamedTuple):
    """`invariant` is what the machine found broken, `test` the first other test that failed."""

    invariant: str
    test: str
    seconds: float

    def __bool__(self) -> bool:
        return bool(self.invariant or self.test)


def main(numbers: list[int]) -> int:
    """Print a line for each bug, and a table; 1 when more than one in twenty went unseen."""
    bugs = {number: bug for number, bug in enumerate(BUGS, start=1)}
    bugs = {number: bugs[number] for number in numbers or bugs}
    _make_copy()
    try:
        seen = {number: _look_at(number, bug) for number, bug in bugs.items()}
    finally:
        shutil.rmtree(COPY)
    print(_table(bugs, seen))
    unseen = sum(not one for one in seen.values())
    print(f"{len(seen) - unseen} of {len(seen)} seeded bugs were seen.")
    return int(unseen > len(seen) * MOST_UNSEEN_IN_TWENTY // 20)


def _make_copy() -> None:
    """The tree, with a template database of its own."""
    shutil.rmtree(COPY, ignore_errors=True)
    shutil.copytree(ROOT, COPY, ignore=LEFT_OUT)
    _python("-m", "deploy.database_template", str(COPY / "var" / "templates" / WHOLE), cwd=ROOT)


def _look_at(number: int, bug: Bug) -> Seen:
    print(f"{number:2} {bug.name} …", end=" ", flush=True)
    began = time.monotonic()
    right = {change.file: (COPY / change.file).read_text("utf-8") for change in bug.changes}
    try:
        for change in bug.changes:
            _break(number, change)
        _python("-m", "tests.bugs.template")
        invariant, test = _run(MACHINE, *bug.tests)
        if not (invariant or test):
            invariant, test = _run(SUITE, *(str(Path(one).parent) for one in bug.tests))
    finally:
        for file, text in right.items():
            (COPY / file).write_text(text, "utf-8")
    seen = Seen(invariant, test, time.monotonic() - began)
    print(f"{seen.invariant or seen.test or 'UNSEEN'} ({seen.seconds:.0f} s)", flush=True)
    return seen


def _break(number: int, change: Change) -> None:
    file = COPY / change.file
    text = file.read_text("utf-8")
    if text.count(change.right) != 1:
        sys.exit(f"\nBug {number} no longer fits {change.file}.")
    file.write_text(text.replace(change.right, change.wrong), "utf-8")


def _run(*tests: str) -> tuple[str, str]:
    """What the machine found, and the first other test that failed."""
    run = _python(
        *("-m", "pytest", *dict.fromkeys(tests), "-n0", "--maxfail=2"),
        *("--tb=short", "-rf", "-p", "no:cacheprovider"),
    )
    failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", run.stdout, re.MULTILINE)
    others = [name for name in failed if not name.endswith(f"::{WALK}")]
    found = _found_by_machine(run.stdout) if len(others) < len(failed) else ""
    return found, others[0].split("/")[-1] if others else ""


def _python(*arguments: str, cwd: Path = COPY) -> subprocess.CompletedProcess:
    """Run it in the copy; 1 of pytest says that a test failed, more that it could not run."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    run = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=environment
        | {"PYTHONDONTWRITEBYTECODE": "1", "LEDGER_SHRINK": "0", "VAR_DIR": str(cwd / "var")},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode > ("pytest" in arguments):
        sys.exit(f"\n{arguments} could not run:\n{run.stdout[-3000:]}{run.stderr[-3000:]}")
    return run


def _found_by_machine(output: str) -> str:
    """The invariant that did not hold, or the act that went wrong."""
    machine = output.partition(WALK)[2]
    named = re.findall(r"in (invariant_\w+|declared_money\w+)$", machine, re.MULTILINE)
    acts = re.findall(r"^tests/marketplace/ledger/machine/\w+\.py:\d+: in (\w+)$", machine, re.M)
    return named[0] if named else f"act: {acts[0]}" if acts else "the machine"


def _table(bugs: dict[int, Bug], seen: dict[int, Seen]) -> str:
    lines = [
        f"| {number} | {bug.name} | {seen[number].invariant or '-'} | {seen[number].test or '-'}"
        f" | {seen[number].seconds:.0f} |"
        for number, bug in bugs.items()
    ]
    head = "\n| | bug | the machine found | first of the other tests | seconds |\n|-|-|-|-|-|\n"
    return head + "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main([int(number) for number in sys.argv[1:]]))
