"""Delivers events from the background, tries again with back-off, and misbehaves on request.

Switches: `hold` keeps events until `release`, `drop` loses them, `duplicate` sends each several
times, `reorder` sends the events of one act last first. `resend` sends one event again whatever the
switches say.
"""

from __future__ import annotations

import fnmatch
import heapq
import itertools
import threading
import time
from dataclasses import dataclass
from typing import Any

from deploy.demo.stripe_standin.delivery import send
from deploy.demo.stripe_standin.settings import Settings
from deploy.demo.stripe_standin.store import Store

RETRY_DELAYS_SECONDS = (1.0, 5.0, 30.0, 120.0, 600.0)


@dataclass(frozen=True)
class Attempt:
    """One delivery that was tried. `result` is the shop's status, or the name of a failure."""

    event_id: str
    type: str
    number: int
    result: str

    @property
    def succeeded(self) -> bool:
        return self.result.startswith("2")


class Webhooks:
    def __init__(
        self, store: Store, settings: Settings, retry_delays_seconds: tuple[float, ...]
    ) -> None:
        self.store = store
        self.settings = settings
        self.retry_delays_seconds = retry_delays_seconds
        self.held = False
        self.copies = 1
        self.reordered = False
        self.to_lose = 0
        self.attempts: list[Attempt] = []
        self.waiting: list[str] = []
        self._queue: list[tuple[float, int, str, int]] = []
        self._numbers = itertools.count()
        self._busy = 0
        self._changed = threading.Condition()
        self._closing = False
        self._threads: list[threading.Thread] = []

    # Switches

    def hold(self) -> None:
        """Keep every event from now on until `release`."""
        self.held = True

    def release(self, order: list[str] | str | None = None) -> None:
        """Deliver what was held: in order, `reversed`, or by the given list of event ids."""
        with self._changed:
            self.held = False
            waiting, self.waiting = self.waiting, []
        if order == "reversed" or (order is None and self.reordered):
            waiting.reverse()
        elif isinstance(order, list):
            waiting.sort(
                key=lambda event_id: order.index(event_id) if event_id in order else len(order)
            )
        self._enqueue(waiting)

    def drop(self, times: int = 1) -> None:
        """Lose the next events for good, as if they had never been sent."""
        self.to_lose = times

    def duplicate(self, times: int) -> None:
        """Send every event this many times; 1 is the usual."""
        self.copies = max(1, times)

    def reorder(self, on: bool = True) -> None:
        self.reordered = on

    def resend(self, event_id: str, times: int = 1) -> None:
        """Send an event again now. Raises ApiError when there is no such event."""
        self.store.find("event", event_id)
        self._enqueue([event_id] * times, copies=1)

    def put(self, event_ids: list[str]) -> None:
        """Take the events of one act and deliver, keep or lose them as the switches say."""
        if not self.settings.webhook_url:
            return
        kept = [
            event_id for event_id in event_ids if self._is_wanted(event_id) and not self._is_lost()
        ]
        with self._changed:
            if self.held:
                self.waiting += kept
            else:
                self._enqueue(kept[::-1] if self.reordered else kept)

    def _is_wanted(self, event_id: str) -> bool:
        kind = self.store.objects[event_id]["type"]
        return any(fnmatch.fnmatchcase(kind, pattern) for pattern in self.settings.enabled_events)

    def _is_lost(self) -> bool:
        lost = self.to_lose > 0
        self.to_lose -= lost
        return lost

    # The background

    def start(self, workers: int = 1) -> None:
        for _ in range(workers):
            thread = threading.Thread(
                target=self._work, daemon=True, name="stripe-standin-webhooks"
            )
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(timeout=2)

    def put_undelivered(self) -> None:
        """After a restart: deliver what an earlier run had not."""
        events = reversed(self.store.newest_first("event"))
        self.put([event["id"] for event in events if event["pending_webhooks"]])

    def settle(self, timeout_seconds: float = 5.0) -> bool:
        """Wait until nothing is being sent or due again; False when that takes too long."""
        with self._changed:
            return self._changed.wait_for(
                lambda: not self._queue and not self._busy, timeout_seconds
            )

    def _enqueue(self, event_ids: list[str], copies: int | None = None) -> None:
        for event_id in event_ids:
            for _ in range(copies or self.copies):
                self._push(event_id, 1, 0.0)

    def _push(self, event_id: str, number: int, delay_seconds: float) -> None:
        with self._changed:
            due_at = time.monotonic() + delay_seconds
            heapq.heappush(self._queue, (due_at, next(self._numbers), event_id, number))
            self._changed.notify_all()

    def _work(self) -> None:
        while True:
            entry = self._next()
            if entry is None:
                return
            try:
                self._deliver(*entry)
            finally:
                with self._changed:
                    self._busy -= 1
                    self._changed.notify_all()

    def _next(self) -> tuple[str, int] | None:
        with self._changed:
            while not self._closing:
                wait_seconds = self._queue[0][0] - time.monotonic() if self._queue else None
                if wait_seconds is not None and wait_seconds <= 0:
                    _, _, event_id, number = heapq.heappop(self._queue)
                    self._busy += 1
                    return event_id, number
                self._changed.wait(wait_seconds)
        return None

    def _deliver(self, event_id: str, number: int) -> None:
        event = self.store.copy_of(event_id)
        result = send(str(self.settings.webhook_url), event, list(self.settings.webhook_secrets))
        attempt = Attempt(event_id, event["type"], number, result)
        self.attempts.append(attempt)
        if attempt.succeeded:
            self._mark_delivered(event_id)
        elif number <= len(self.retry_delays_seconds):
            self._push(event_id, number + 1, self.retry_delays_seconds[number - 1])

    def _mark_delivered(self, event_id: str) -> None:
        with self.store.lock:
            self.store.objects[event_id]["pending_webhooks"] = 0
        self.store.save()

    def describe(self) -> dict[str, Any]:
        return {
            "url": self.settings.webhook_url,
            "held": self.held,
            "waiting": list(self.waiting),
            "copies": self.copies,
            "reordered": self.reordered,
            "to_lose": self.to_lose,
        }
