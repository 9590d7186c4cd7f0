"""What the stand-in remembers: objects by id, in the order they were made, optionally kept in a
JSON file.

Callers hold `lock` while they read and change. Card numbers are never kept, only what the card is
to do.
"""

from __future__ import annotations

import copy
import json
import secrets
import string
import threading
import time
from pathlib import Path
from typing import Any

from deploy.demo.stripe_standin.errors import missing

LETTERS = string.ascii_letters + string.digits


def new_id(prefix: str, length: int = 24) -> str:
    return f"{prefix}_{''.join(secrets.choice(LETTERS) for _ in range(length))}"


class Store:
    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.lock = threading.RLock()
        self.objects: dict[str, dict[str, Any]] = {}
        self.cards: dict[str, dict[str, Any]] = {}
        self.paid_out: dict[str, str] = {}  # balance transactions, by the payout that sent them
        self.saved_answers: dict[str, dict[str, Any]] = {}
        self.clock_offset_seconds = 0
        self._load()

    def now(self) -> int:
        """Seconds since the epoch on the stand-in's own clock, which a test may move forward."""
        return int(time.time()) + self.clock_offset_seconds

    def add(self, thing: dict[str, Any]) -> dict[str, Any]:
        self.objects[thing["id"]] = thing
        return thing

    def find(
        self, kind: str, object_id: str, param: str = "id", *, status: int = 404
    ) -> dict[str, Any]:
        """The object itself, not a copy. Raises ApiError `resource_missing`."""
        found = self.objects.get(object_id)
        if found is None or found["object"] != kind:
            raise missing(kind, object_id, param, status=status)
        return found

    def newest_first(self, kind: str) -> list[dict[str, Any]]:
        return [thing for thing in reversed(list(self.objects.values())) if thing["object"] == kind]

    def copy_of(self, object_id: str) -> dict[str, Any]:
        with self.lock:
            return copy.deepcopy(self.objects[object_id])

    def save(self) -> None:
        """Write the file in one step, so that a crash leaves the old state or the new one, never
        half of it.
        """
        if self.path is None:
            return
        with self.lock:
            text = json.dumps(self._state(), ensure_ascii=False)
            beside = self.path.with_name(f"{self.path.name}.new")
            beside.write_text(text, encoding="utf-8")
            beside.chmod(0o600)
            beside.replace(self.path)

    def _state(self) -> dict[str, Any]:
        return {
            "objects": list(self.objects.values()),
            "cards": self.cards,
            "paid_out": self.paid_out,
            "saved_answers": self.saved_answers,
            "clock_offset_seconds": self.clock_offset_seconds,
        }

    def _load(self) -> None:
        if self.path is None or not self.path.exists():
            return
        state = json.loads(self.path.read_text(encoding="utf-8"))
        self.objects = {thing["id"]: thing for thing in state["objects"]}
        self.cards = state["cards"]
        self.paid_out = state.get("paid_out", {})
        self.saved_answers = state["saved_answers"]
        self.clock_offset_seconds = state["clock_offset_seconds"]
