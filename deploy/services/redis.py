"""A Redis of our own that keeps nothing on disk."""

import shutil
import socket
import subprocess
import time
from pathlib import Path

INSTALL = "apt-get install redis-server"
PORT = 56379
WAIT_SECONDS = 10


def is_listening() -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", PORT)) == 0


def start(var: Path) -> dict[str, str]:
    """Start the server; started already: says where it is."""
    if shutil.which("redis-server") is None:
        return {}
    if not is_listening():
        command = ["redis-server", "--port", str(PORT), "--bind", "127.0.0.1", "--save", ""]
        subprocess.run(
            [*command, "--daemonize", "yes", "--dir", str(var)], check=True, capture_output=True
        )
        _wait()
    return {"TEST_REDIS_URL": f"redis://127.0.0.1:{PORT}/0"}


def _wait() -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not is_listening():
        if time.monotonic() > deadline:
            raise SystemExit(f"redis-server did not listen on {PORT} within {WAIT_SECONDS} s")
        time.sleep(0.05)


def stop(var: Path) -> None:
    if is_listening():
        command = ["redis-cli", "-p", str(PORT), "shutdown", "nosave"]
        subprocess.run(command, check=False, capture_output=True)
