"""Put bugs into the ledger, one at a time, and see whether its tests notice: `make bugs`.

Works on a copy of the tree, so that nothing of ours is ever left broken.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
LEDGER = Path("marketplace/ledger")
TESTS = ("tests/marketplace/ledger", "-q", "-x", "-n0", "-p", "no:cacheprovider")


class Bug(NamedTuple):
    name: str
    file: str
    right: str
    wrong: str


BUGS = (
    Bug(
        "a refund is split over what was sold, not over what is left",
        "services/posting.py",
        "(transfer, transfer.amount_satang - transfer.reversed)",
        "(transfer, transfer.amount_satang)",
    ),
    Bug(
        "the platform's discount lowers village income",
        "services/facts.py",
        "return self.amount_satang + self.producer_discount_satang",
        "return self.amount_satang - self.platform_discount_satang",
    ),
    Bug(
        "discounts stay behind when a line is given back whole",
        "services/giving_back.py",
        "if amount_satang == paid:",
        "if False:",
    ),
    Bug(
        "fees are not given back",
        "services/giving_back.py",
        "OF_A_SALE = (*PRICES, *DISCOUNTS, T.FEE, T.FEE_VAT, T.DELIVERY)",
        "OF_A_SALE = (*PRICES, *DISCOUNTS, T.FEE_VAT, T.DELIVERY)",
    ),
    Bug(
        "a price makes up for the platform's discount only",
        "services/giving_back.py",
        "DISCOUNTS = (T.DISCOUNT, T.DISCOUNT_MOVED_IN, T.PLATFORM_DISCOUNT)",
        "DISCOUNTS = (T.PLATFORM_DISCOUNT,)",
    ),
    Bug(
        "the same reference with other money is taken for the same",
        "services/posting.py",
        "if recorded and recorded.input_hash != draft.input_hash:",
        "if False:",
    ),
    Bug(
        "an order may be sold twice under two payments",
        "services/posting.py",
        "if by_key and not recorded:",
        "if False:",
    ),
    Bug(
        "days are those of UTC",
        "services/posting.py",
        "day = thai.bangkok_day(occurred_at)",
        "day = occurred_at.date()",
    ),
    Bug(
        "late news counts in the closed month",
        "services/posting.py",
        "return max(day, next_month(latest.month)) if latest else day",
        "return day",
    ),
    Bug(
        "late news counts a month too late",
        "services/posting.py",
        "next_month(latest.month)) if",
        "next_month(next_month(latest.month))) if",
    ),
    Bug(
        "a running month may be closed",
        "services/closing.py",
        "if month >= rollup.first_of_month(thai.today()):",
        "if month > rollup.first_of_month(thai.today()):",
    ),
    Bug(
        "more is paid out than is owed",
        "services/payouts.py",
        "if satang > balance_of(accounts[whose]):",
        "if satang > balance_of(accounts[whose]) + 1:",
    ),
    Bug(
        "a payout comes back twice",
        "services/payouts.py",
        "if transfer.producer_id == back.producer_id and left",
        "if transfer.producer_id == back.producer_id",
    ),
    Bug(
        "a lost dispute is nobody's loss",
        "services/disputes.py",
        "(Transfer.Kind.DISPUTE_LOST, LOSSES, amount - borne),",
        "(Transfer.Kind.DISPUTE_LOST, LOSSES, 0),",
    ),
    Bug(
        "every producer bears a lost dispute",
        "services/disputes.py",
        "if producer in producers:",
        "if producers:",
    ),
    Bug(
        "a change of place moves what was given back, too",
        "services/posting.py",
        "found = transfers.filter(kind__in=kinds or REVERSED_BY, reverses=None)",
        "found = transfers.filter(kind__in=kinds or REVERSED_BY)",
    ),
    Bug(
        "moved income keeps the word of a sale",
        "kinds.py",
        "MOVED_IN_AS = {T.SALE: T.MOVED_IN, T.DISCOUNT: T.DISCOUNT_MOVED_IN}",
        "MOVED_IN_AS = {T.SALE: T.MOVED_IN}",
    ),
    Bug(
        "an order of two villages is two orders of their province",
        "order_counts.py",
        "places = set(_places(transfer, regions)) - seen",
        "places = set(_places(transfer, regions))",
    ),
    Bug(
        "refunds do not reach the roll-ups",
        "rollup.py",
        '"refunded_satang": {T.REFUND: 1, T.DISCOUNT_BACK: -1},',
        '"refunded_satang": {T.REFUND: 1},',
    ),
    Bug(
        "a declared sale counts as income",
        "queries/figures.py",
        "+ self.moved_satang",
        "+ self.moved_satang + self.declared_satang",
    ),
    Bug(
        "one person may correct alone",
        "services/corrections.py",
        "if fact.proposed_by_id == fact.approved_by_id or not fact.reason:",
        "if not fact.reason:",
    ),
    Bug(
        "the chain forgets what came before",
        "verifier.py",
        'return digest(b"link\\n", before.encode(), leaf.encode(), sealed_at.encode())',
        'return digest(b"link\\n", leaf.encode(), sealed_at.encode())',
    ),
)


def main() -> int:
    """Print a line for each bug, and the count; 1 when more than one went unseen."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        skipped = shutil.ignore_patterns("var", ".venv", ".git", "*.pyc", "__pycache__")
        shutil.copytree(ROOT, copy, ignore=skipped)
        (copy / "var").symlink_to(ROOT / "var")
        seen = [_is_seen(copy, bug) for bug in BUGS]
    print(f"{sum(seen)} of {len(BUGS)} seeded bugs were seen.")
    return int(len(BUGS) - sum(seen) > 1)


def _is_seen(copy: Path, bug: Bug) -> bool:
    file = copy / LEDGER / bug.file
    right = file.read_text(encoding="utf-8")
    if right.count(bug.right) != 1:
        sys.exit(f"This bug no longer fits the code: {bug.name}")
    file.write_text(right.replace(bug.right, bug.wrong), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *TESTS],
        cwd=copy,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    file.write_text(right, encoding="utf-8")
    first = next((line for line in run.stdout.splitlines() if line.startswith("FAILED")), "")
    print(f"{'seen  ' if run.returncode else 'UNSEEN'} {bug.name} {first}", flush=True)
    return run.returncode == 1


if __name__ == "__main__":
    sys.exit(main())
