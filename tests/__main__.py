"""`make test`: every test on SQLite, and once more on PostgreSQL where `make services` found it.
Then SQLite runs what it answers in a way of its own (`ON_SQLITE_TOO` in conftest.py).

python -m tests            both
python -m tests sqlite     one of them
python -m tests postgres
"""

import os
import subprocess
import sys
from pathlib import Path

from tests import services

ROOT = Path(__file__).resolve().parent.parent
QUIETLY = {"DJANGO_SETTINGS_MODULE": "marketplace.settings.test", "LOG_LEVEL": "WARNING"}


def pytest(url: str, *arguments: str) -> int:
    """Run pytest on all cores against the database of this URL ("" is SQLite)."""
    workers = os.environ.get("TEST_WORKERS") or str(os.cpu_count() or 1)
    command = [sys.executable, "-m", "pytest", "-n", workers, "--no-loadscope-reorder", *arguments]
    return subprocess.run(command, cwd=ROOT, env=_environment(url), check=False).returncode


def make_templates(urls: list[str]) -> None:
    """Migrate for all databases at once: a run that makes its own lets one core wait a minute."""
    made = [
        subprocess.Popen(
            [sys.executable, "-m", "deploy.database_template"],
            cwd=ROOT,
            env=_environment(url) | QUIETLY,
            stdout=subprocess.DEVNULL,
        )
        for url in urls
    ]
    for process in made:
        process.wait()  # What went wrong here goes wrong again in the tests, and is told there.


def _environment(url: str) -> dict[str, str]:
    return os.environ | ({"DATABASE_URL": url} if url else {})


def on_sqlite(*arguments: str) -> int:
    print("== Tests on SQLite", flush=True)
    return pytest("", "--ignore=tests/bench", *arguments)


def on_postgres() -> int:
    url = os.environ.get("TEST_POSTGRES_URL")
    if not url:
        print("== Tests on PostgreSQL skipped: install it and run `make services`", flush=True)
        return int(services.are_required())
    print("== Tests on PostgreSQL", flush=True)
    return pytest(url, "--ignore=tests/bench")


def main(arguments: list[str]) -> int:
    services.load()
    postgres = os.environ.get("TEST_POSTGRES_URL")
    if arguments == ["sqlite"]:
        return on_sqlite()
    if arguments == ["postgres"]:
        return on_postgres()
    if not postgres:
        return max(on_sqlite(), on_postgres())
    make_templates(["", postgres])
    return max(on_sqlite("--postgres-follows"), on_postgres())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
