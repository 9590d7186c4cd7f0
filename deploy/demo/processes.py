"""Processes of `make demo`: started together, watched, and all gone a moment after Ctrl-C.

Each leads a session of its own. Ctrl-C, which a terminal sends to everybody at once, so reaches
us alone, and what a process has started itself ends with it.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
END_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GRACE_SECONDS = 3  # from asking processes to end until they are ended
LOOK_SECONDS = 0.05
LOW_PRIORITY = 10


class Stopped(Exception):
    """Somebody asked us to stop."""


class Failed(Exception):
    """A process ended that we counted on; the message is for people."""


class Processes:
    """A context: processes started in it have ended when it is left, however it is left.

    A signal only leaves a note, and `Stopped` is raised where somebody waits: so that no process
    is forgotten between its start and its name here, and nothing disturbs the ending.
    """

    def __init__(self) -> None:
        self._running: dict[str, subprocess.Popen] = {}
        self._is_stopped = False

    def __enter__(self) -> "Processes":
        for number in END_SIGNALS:
            signal.signal(number, self._note)
        return self

    def __exit__(self, *_exception) -> None:
        self._end_all()

    def _note(self, *_signal) -> None:
        self._is_stopped = True

    def start(
        self, name: str, *arguments: str, environment: dict[str, str], is_patient: bool = False
    ) -> None:
        """Start Python with these arguments; a patient process lets the others go first."""
        self.demand_going()
        self._running[name] = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=(lambda: os.nice(LOW_PRIORITY)) if is_patient else None,
        )

    def finish(self, *names: str) -> None:
        """Wait until these have done their work. Raises Stopped, and Failed when one cannot."""
        for name in names:
            while self._running[name].poll() is None:
                self.pause()
            if self._running.pop(name).returncode:
                raise Failed(f"{name} failed; what it said stands above.")

    def pause(self) -> None:
        """Let a moment pass. Raises Stopped."""
        time.sleep(LOOK_SECONDS)
        self.demand_going()

    def demand_going(self) -> None:
        if self._is_stopped:
            raise Stopped

    def demand_all_running(self) -> None:
        """Raises Failed when one that is to run for ever has ended."""
        for name, process in self._running.items():
            if process.poll() is not None:
                raise Failed(f"{name} stopped unexpectedly, and so does the rest.")

    def _end_all(self) -> None:
        until = time.monotonic() + GRACE_SECONDS
        self._tell_all(signal.SIGTERM)
        while time.monotonic() < until and any(p.poll() is None for p in self._running.values()):
            time.sleep(LOOK_SECONDS)
        self._tell_all(signal.SIGKILL)  # also to what a process left behind
        for process in self._running.values():
            process.wait()

    def _tell_all(self, number: signal.Signals) -> None:
        for process in self._running.values():
            try:
                os.killpg(process.pid, number)
            except ProcessLookupError:
                continue
