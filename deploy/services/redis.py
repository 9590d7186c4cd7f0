"""A Redis of our own that keeps nothing on disk."""

import shutil
import subprocess
import time
from pathlib import Path

from deploy.services.ports import first_free, is_answering

INSTALL = "apt-get install redis-server"
FIRST_PORT = 56379
WAIT_SECONDS = 10


def _port(var: Path) -> int | None:
    """Return the port of our running server, None where there is none."""
    note = var / "redis.port"
    port = int(note.read_text(encoding="ascii")) if note.exists() else None
    return port if port and is_answering(port) else None


def start(var: Path) -> dict[str, str]:
    """Start the server; started already: says where it is."""
    if shutil.which("redis-server") is None:
        return {}
    port = _port(var)
    if port is None:
        port = first_free(FIRST_PORT)
        command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
        subprocess.run(
            [*command, "--daemonize", "yes", "--dir", str(var)], check=True, capture_output=True
        )
        _wait(port)
        (var / "redis.port").write_text(str(port), encoding="ascii")
    return {"TEST_REDIS_URL": f"redis://127.0.0.1:{port}/0"}


def _wait(port: int) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not is_answering(port):
        if time.monotonic() > deadline:
            raise SystemExit(f"redis-server did not listen on {port} within {WAIT_SECONDS} s")
        time.sleep(0.05)


def stop(var: Path) -> None:
    if port := _port(var):
        command = ["redis-cli", "-p", str(port), "shutdown", "nosave"]
        subprocess.run(command, check=False, capture_output=True)
