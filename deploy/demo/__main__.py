"""`make demo`: build what is missing, then run site, worker and stand-in until Ctrl-C.

    python -m deploy.demo            first time: builds; again: starts at once with its data kept
    python -m deploy.demo --fresh    throws database, pictures, packs and mail away first

The database is loaded under a passing name and renamed when whole: a stop costs only time.
"""

import argparse
import os
import shutil
import socket
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

from deploy.demo.processes import ROOT, Failed, Processes, Stopped
from deploy.demo.welcome import welcome
from deploy.template_keys import template_key

VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var")
DATABASE = VAR / "marketplace.sqlite3"
UNFINISHED = VAR / "marketplace-unfinished.sqlite3"
MEDIA = VAR / "media"
TABLES = VAR / "marketplace-tables.txt"  # which tables the database was last brought to
STANDIN_STATE = VAR / "stripe-standin.json"
WEBHOOK_SECRET = "whsec_standin"
INTERRUPTED = 130  # what a shell says of Ctrl-C


def main() -> int:
    options = _arguments()
    started = time.monotonic()
    is_whole = False
    try:
        with Processes() as processes:
            ports = _free_port(options.port), _free_port(12111)
            environment = _environment(*ports)
            _make_ready(processes, environment, is_fresh=options.fresh)
            is_whole = True
            _serve(processes, environment, *ports, started)
    except Stopped:
        print("\nStopped. `make demo` goes on from here.", flush=True)
        return 0 if is_whole else INTERRUPTED
    except Failed as failure:
        print(f"\n{failure}", flush=True)
        return 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__.partition("\n")[0])
    parser.add_argument("--fresh", action="store_true", help="start over")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
    return parser.parse_args()


def _free_port(first: int) -> int:
    """Return the first port from this one on that nobody listens on."""
    for port in range(first, first + 50):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise Failed(f"No free port between {first} and {first + 49}.")


def _environment(port: int, standin_port: int) -> dict[str, str]:
    """Settings of the demo. Only keys of a stand-in are used, whatever the environment holds."""
    standin = f"http://127.0.0.1:{standin_port}"
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.local",
        "DEMO": "1",
        "DATABASE_URL": f"sqlite:///{DATABASE}",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "STRIPE_SECRET_KEY": "sk_test_standin",
        "STRIPE_PUBLISHABLE_KEY": "pk_test_standin",
        "STRIPE_WEBHOOK_SECRETS": WEBHOOK_SECRET,
        "STRIPE_API_URL": standin,
        "STRIPE_JS_URL": f"{standin}/endive/stripe.js",
        "LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING"),
        # Compiled code is kept, even where it is not to lie beside the sources: without it every
        # start compiles 1,400 files, which takes longer than all else of it.
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(VAR / "pycache"),
    }


def _make_ready(processes: Processes, environment: dict[str, str], *, is_fresh: bool) -> None:
    """Build the database if there is none, else bring it to the tables of today."""
    if is_fresh:
        _throw_away()
    if not has_tables(DATABASE):
        _remove(DATABASE)
        started = time.monotonic()
        _build(processes, environment)
        print(f"Built in {time.monotonic() - started:.0f} s.", flush=True)
    elif not TABLES.exists() or TABLES.read_text() != template_key():
        print("The code has newer tables; bringing the demo's data along …", flush=True)
        processes.start("Migrating", "manage.py", "migrate", "-v0", environment=environment)
        processes.finish("Migrating")
    TABLES.write_text(template_key())


def has_tables(database: Path) -> bool:
    """Whether there is anything in a database: commands that only look leave an empty file."""
    if not database.exists():
        return False
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None


def _remove(database: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{database}{suffix}").unlink(missing_ok=True)


def _throw_away() -> None:
    for path in (DATABASE, UNFINISHED):
        _remove(path)
    STANDIN_STATE.unlink(missing_ok=True)
    for folder in ("media", "mail", "cache", "private"):
        shutil.rmtree(VAR / folder, ignore_errors=True)


def _build(processes: Processes, environment: dict[str, str]) -> None:
    """Draw on one core while the other makes the tables; load on one while fonts are made."""
    VAR.mkdir(parents=True, exist_ok=True)
    # No page is stored yet, so a cache on disk would only cost time.
    loading = environment | {"DATABASE_URL": f"sqlite:///{UNFINISHED}", "CACHE_URL": "memory://"}
    print("Building the demo: tables and pictures first (a minute or two, once).", flush=True)
    template = ("-m", "deploy.database_template", str(UNFINISHED))
    drawing = ("-m", "deploy.demo.draw_pictures", str(MEDIA))
    processes.start("Making tables", *template, environment=loading)
    processes.start("Drawing", *drawing, environment=loading, is_patient=True)
    processes.finish("Making tables", "Drawing")
    processes.start("Loading", "manage.py", "load_demo", environment=loading)
    processes.start("Making fonts", "manage.py", "make_fonts", environment=loading, is_patient=True)
    processes.finish("Making fonts", "Loading")
    UNFINISHED.rename(DATABASE)


def _serve(
    processes: Processes, environment: dict[str, str], port: int, standin_port: int, started: float
) -> None:
    commands = {
        "The site": [
            *("-m", "gunicorn", "marketplace.wsgi", "--bind", f"127.0.0.1:{port}"),
            *("--workers", "2", "--threads", "4", "--preload", "--log-level", "warning"),
        ],
        "The worker": ["manage.py", "worker"],
        "The stand-in": [
            *("-m", "deploy.demo.stripe_standin", "--port", str(standin_port)),
            *("--webhook", f"http://127.0.0.1:{port}/payments/webhook/"),
            *("--secret", WEBHOOK_SECRET, "--state", str(STANDIN_STATE)),
            *("--shop", f"http://127.0.0.1:{port}", "--shop", f"http://localhost:{port}"),
        ],
    }
    for name, words in commands.items():
        processes.start(name, *words, environment=environment)
    while not _is_answering(port):
        processes.demand_all_running()
        processes.pause()
    print(welcome(environment["SITE_URL"]))
    print(f"Ready after {time.monotonic() - started:.0f} s. Ctrl-C stops it.", flush=True)
    while True:
        processes.demand_all_running()
        processes.pause()


def _is_answering(port: int) -> bool:
    with socket.socket() as probe:
        return not probe.connect_ex(("127.0.0.1", port))


if __name__ == "__main__":
    sys.exit(main())
