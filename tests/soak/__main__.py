"""The invariants of the ledger over a million random steps: `make soak`.

Every core walks other seeds until all together made SOAK_STEPS (1,000,000) steps. Seeds that were
walked are kept under `var/soak/`, a file for each state of the code they were walked over: stop it
at any moment and it goes on adding up. A failure prints its shortest reproduction and its seed:

    python -m tests.soak seed 17        walk that seed again
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.soak.kept import Kept

STEPS = int(os.environ.get("SOAK_STEPS", "1000000"))
WORKERS = int(os.environ.get("SOAK_WORKERS") or os.cpu_count() or 1)
ROOT = Path(__file__).resolve().parent.parent.parent
TOLD_EVERY_SECONDS = 10


def main() -> int:
    """Walk until the steps are made; 1 when an invariant did not hold."""
    kept = Kept()
    print(f"{kept.steps:,} of {STEPS:,} steps were walked before ({kept.path})", flush=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    workers = []
    if kept.steps < STEPS:
        workers = [_start(kept.next_seed() + number) for number in range(WORKERS)]
    try:
        if not _collect(workers, kept):
            print("An invariant did not hold, or a worker could not walk: see above.")
            return 1
    except KeyboardInterrupt:
        print("Stopped; the next run goes on from here.")
    finally:
        for worker in workers:
            worker.terminate()
            worker.wait()
    seen = ", ".join(f"{count:,} {kind}" for kind, count in kept.events.most_common())
    print(f"{kept.steps:,} steps of {kept.seeds:,} seeds, no violation. Events: {seen}")
    return int(kept.steps < STEPS)


def _start(first_seed: int) -> subprocess.Popen:
    command = [sys.executable, "-m", "tests.soak.worker", str(first_seed), str(WORKERS)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def _collect(workers: list[subprocess.Popen], kept: Kept) -> bool:
    """Keep what the workers have walked; False as soon as one of them fails."""
    began, before, told = time.monotonic(), kept.steps, 0.0
    with selectors.DefaultSelector() as selector:
        for worker in workers:
            selector.register(worker.stdout, selectors.EVENT_READ)
        while kept.steps < STEPS:
            for key, _events in selector.select():
                line = key.fileobj.readline()
                if not line:
                    return False
                kept.add(json.loads(line))
            seconds = time.monotonic() - began
            if seconds - told > TOLD_EVERY_SECONDS or kept.steps >= STEPS:
                told = seconds
                rate = (kept.steps - before) / seconds
                left = max(0, STEPS - kept.steps) / rate / 60
                print(f"{kept.steps:>9,} steps {rate:6.1f}/s {left:6.0f} min left", flush=True)
    return True


if __name__ == "__main__":
    if sys.argv[1:2] == ["seed"]:
        command = [sys.executable, "-m", "tests.soak.worker", sys.argv[2], "0"]
        sys.exit(subprocess.run(command, cwd=ROOT, check=False).returncode)
    sys.exit(main())
