"""A PostgreSQL cluster of our own. It refuses to run as root, so root lends it another user."""

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

from deploy.services.ports import first_free

INSTALL = "apt-get install postgresql"
FIRST_PORT = 55432
USER = "marketplace"
BINARIES = Path("/usr/lib/postgresql")
# Tests only: a power cut may lose everything, so nothing waits for the disk. And nobody notes down
# between two tests that the tables are empty: the plans made of that would last minutes once a test
# has filled them in its one transaction.
OPTIONS = (
    "-c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off "
    "-c full_page_writes=off -c autovacuum=off -c max_connections=200 -c shared_buffers=256MB"
)


def binary(name: str) -> Path | None:
    """A program of the newest PostgreSQL that is installed; None where there is none."""
    return max(BINARIES.glob(f"*/bin/{name}"), default=None, key=lambda path: int(path.parts[-3]))


def _lender() -> str:
    """The user that runs the cluster: we ourselves, or one without rights when we are root."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _as_lender(*command: str | Path) -> list[str]:
    words = [str(word) for word in command]
    return ["runuser", "-u", _lender(), "--", *words] if os.geteuid() == 0 else words


def _folder(var: Path) -> Path:
    """`var/postgres`, or a folder the lent user can reach where ours is closed to it."""
    reachable = subprocess.run(_as_lender("test", "-x", var), capture_output=True, check=False)
    if reachable.returncode == 0:
        return var / "postgres"
    mark = hashlib.sha256(str(var).encode()).hexdigest()[:8]
    return Path(tempfile.gettempdir()) / f"marketplace-postgres-{mark}"


def _run(*command: str | Path) -> None:
    subprocess.run(_as_lender(*command), check=True, capture_output=True, text=True, cwd="/")


def _is_running(folder: Path) -> bool:
    status = _as_lender(binary("pg_ctl"), "status", "-D", folder)
    return subprocess.run(status, capture_output=True, check=False, cwd="/").returncode == 0


def _port(folder: Path) -> int:
    """Return the port of the running cluster: the fourth line of its pid file."""
    return int((folder / "postmaster.pid").read_text(encoding="utf-8").splitlines()[3])


def _create(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    shutil.chown(folder, _lender())
    _run(
        binary("initdb"), "-D", folder, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"
    )


def start(var: Path, options: str = OPTIONS) -> dict[str, str]:
    """Start the cluster, making it first; started already: says where it is."""
    if binary("initdb") is None:
        return {}
    folder = _folder(var)
    if not (folder / "PG_VERSION").exists():
        _create(folder)
    if not _is_running(folder):
        options = f"-p {first_free(FIRST_PORT)} {options} -k {folder}"
        _run(binary("pg_ctl"), "start", "-w", "-D", folder, "-o", options, "-l", folder / "log")
    return {"TEST_POSTGRES_URL": f"postgresql://{USER}@127.0.0.1:{_port(folder)}/postgres"}


def stop(var: Path) -> None:
    if binary("pg_ctl") and _is_running(_folder(var)):
        _run(binary("pg_ctl"), "stop", "-m", "fast", "-D", _folder(var))
