"""Faults on purpose: time-outs, server errors, dropped connections, for chosen addresses and a
number of times.
"""

from __future__ import annotations

import fnmatch
import threading
from dataclasses import asdict, dataclass
from typing import Any

from deploy.demo.stripe_standin.wire import Answer, ConnectionCut, json_answer, text_answer

KINDS = ("timeout", "drop", "slow", "500", "502", "429", "401")
BAD_GATEWAY = (
    "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
)


@dataclass
class Fault:
    """One fault. `route` is a pattern such as `POST /v1/refunds` or `*
    /v1/payment_intents/*/confirm`.

    `when` says whether it strikes before the request takes effect or after it did. A time-out stays
    silent for `seconds` and then hangs up; `slow` waits as long while the request runs, then
    answers.
    """

    kind: str
    route: str = "*"
    times: int = 1
    when: str = "before"
    seconds: float = 30.0

    def __post_init__(self) -> None:
        if self.kind not in KINDS or self.when not in ("before", "after"):
            raise ValueError(
                f"no such fault: {self.kind} {self.when}; kinds are {', '.join(KINDS)}"
            )
        if self.kind == "slow":
            self.when = "during"


class FaultAnswer(Exception):
    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


class Faults:
    def __init__(self, closing: threading.Event) -> None:
        self._closing = closing
        self._lock = threading.Lock()
        self._faults: list[Fault] = []

    def add(
        self,
        kind: str,
        route: str = "*",
        *,
        times: int = 1,
        when: str = "before",
        seconds: float = 30.0,
    ) -> None:
        with self._lock:
            self._faults.append(Fault(str(kind), route, times, when, seconds))

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()

    def waiting(self) -> list[dict[str, Any]]:
        with self._lock:
            return [asdict(fault) for fault in self._faults]

    def strike(self, route: str, when: str) -> None:
        """Do what the next fitting fault says, if there is one. Raises ConnectionCut or
        FaultAnswer.
        """
        fault = self._take(route, when)
        if fault is None:
            return
        if fault.kind in ("timeout", "slow"):
            self._closing.wait(fault.seconds)
        if fault.kind in ("timeout", "drop"):
            raise ConnectionCut
        if fault.kind != "slow":
            raise FaultAnswer(_answer(fault.kind))

    def _take(self, route: str, when: str) -> Fault | None:
        with self._lock:
            for fault in self._faults:
                if fault.when == when and fnmatch.fnmatchcase(route, fault.route):
                    fault.times -= 1
                    self._faults = [each for each in self._faults if each.times > 0]
                    return fault
        return None


def _answer(kind: str) -> Answer:
    if kind == "502":
        return text_answer(BAD_GATEWAY, 502, "text/html")
    said = {
        "500": ("api_error", "An unknown error occurred.", None),
        "429": (
            "invalid_request_error",
            "Too many requests hit the API too quickly.",
            "rate_limit",
        ),
        "401": ("invalid_request_error", "Invalid API Key provided: it was revoked.", None),
    }[kind]
    error = {"type": said[0], "message": said[1]} | ({"code": said[2]} if said[2] else {})
    return json_answer({"error": error}, int(kind))
