"""Find or start the servers that tests need, each on a port of its own, with its data under `var/`.

    python -m deploy.services start     start what is installed, write var/services.env
    python -m deploy.services stop      stop them and forget them

Needs nothing but the Debian packages postgresql, redis-server and chromium; what is missing is
named and left out, and the tests that need it say so when they are skipped.
"""

import sys
from pathlib import Path

from deploy.services import chromium, postgres, redis

VAR = Path(__file__).resolve().parent.parent.parent / "var"
ENV_FILE = VAR / "services.env"
SERVICES = (postgres, redis, chromium)


def start() -> None:
    VAR.mkdir(parents=True, exist_ok=True)
    found: dict[str, str] = {}
    for service in SERVICES:
        variables = service.start(VAR)
        state = " ".join(f"{n}={v}" for n, v in variables.items()) or f"missing: {service.INSTALL}"
        print(f"{service.__name__.rpartition('.')[2]:<10} {state}")
        found |= variables
    ENV_FILE.write_text("".join(f"{n}={v}\n" for n, v in found.items()), encoding="utf-8")


def stop() -> None:
    for service in SERVICES:
        service.stop(VAR)
    ENV_FILE.unlink(missing_ok=True)


if __name__ == "__main__":
    {"start": start, "stop": stop}[sys.argv[1] if len(sys.argv) > 1 else "start"]()
