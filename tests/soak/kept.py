"""What was walked so far, over the code as it is now: one line a seed."""

import hashlib
import json
import os
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
WALKED_OVER = (
    "marketplace/ledger",
    "marketplace/core/money.py",
    "marketplace/core/append_only.py",
    "marketplace/provenance/services/freezing.py",
    "shop/partner/services.py",
    "tests/marketplace/ledger/machine",
)
READS_ONLY = ("queries", "management", "disclosure.py", "public_totals.py")
"""Of the ledger what writes nothing and is not walked over."""


class Kept:
    """Steps, seeds and events by kind that were walked over this state of the code."""

    def __init__(self) -> None:
        var = Path(os.environ.get("VAR_DIR") or ROOT / "var")
        self.path = var / "soak" / f"{_state_of_the_code()}.jsonl"
        self.steps = 0
        self.events = Counter()
        self._seeds = set()
        if self.path.exists():
            for line in self.path.read_text().splitlines():
                self._count(json.loads(line))

    def add(self, walked: dict) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a") as file:
            file.write(json.dumps(walked) + "\n")
        self._count(walked)

    def next_seed(self) -> int:
        return max(self._seeds, default=-1) + 1

    @property
    def seeds(self) -> int:
        return len(self._seeds)

    def _count(self, walked: dict) -> None:
        if walked["seed"] not in self._seeds:  # two runs at once walk the same ones
            self._seeds.add(walked["seed"])
            self.steps += walked["steps"]
            self.events.update(walked["events"])


def _state_of_the_code() -> str:
    digest = hashlib.sha256()
    for path in sorted(path for name in WALKED_OVER for path in _files(ROOT / name)):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _files(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    return [path for path in place.rglob("*.py") if not set(path.parts) & set(READS_ONLY)]
