"""`make demo`: build what is missing, then run site, worker and stand-in until Ctrl-C.

    python -m deploy.demo            first time: builds; again: starts at once with its data kept
    python -m deploy.demo --fresh    throws database, pictures and mail away first

The database is loaded under a passing name and renamed when whole: a stop costs only time.
"""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from deploy.database_template import template_key

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var")
DATABASE = VAR / "marketplace.sqlite3"
UNFINISHED = VAR / "marketplace-unfinished.sqlite3"
MEDIA = VAR / "media"
TABLES = VAR / "marketplace-tables.txt"  # which tables the database was last brought to
STANDIN_STATE = VAR / "stripe-standin.json"
WEBHOOK_SECRET = "whsec_standin"
STOP_SECONDS = 10


def main() -> int:
    options = _arguments()
    started = time.monotonic()
    if options.fresh:
        _throw_away()
    ports = _free_port(options.port), _free_port(12111)
    environment = _environment(*ports)
    if not DATABASE.exists():
        _build(environment)
        print(f"Built in {time.monotonic() - started:.0f} s.\n", flush=True)
    elif not TABLES.exists() or TABLES.read_text() != template_key():
        print("The code has newer tables; bringing the demo's data along …", flush=True)
        _run(environment, "manage.py", "migrate", "-v0")
    TABLES.write_text(template_key())
    return _serve(environment, *ports, started)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__.partition("\n")[0])
    parser.add_argument("--fresh", action="store_true", help="start over")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
    return parser.parse_args()


def _throw_away() -> None:
    for path in (DATABASE, UNFINISHED):
        for suffix in ("", "-wal", "-shm"):
            Path(f"{path}{suffix}").unlink(missing_ok=True)
    STANDIN_STATE.unlink(missing_ok=True)
    for folder in ("media", "mail", "cache"):
        shutil.rmtree(VAR / folder, ignore_errors=True)


def _free_port(first: int) -> int:
    """Return the first port from this one on that nobody listens on."""
    for port in range(first, first + 50):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise SystemExit(f"No free port between {first} and {first + 49}.")


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
    }


def _build(environment: dict[str, str]) -> None:
    """Draw pictures on one core while the other makes the tables; then load."""
    VAR.mkdir(parents=True, exist_ok=True)
    # No page is stored yet, so a cache on disk would only cost time.
    loading = environment | {"DATABASE_URL": f"sqlite:///{UNFINISHED}", "CACHE_URL": "memory://"}
    print("Building the demo: tables and pictures first (a minute or two, once).", flush=True)
    drawing = subprocess.Popen(
        [sys.executable, "-m", "deploy.demo.draw_pictures", str(MEDIA)], cwd=ROOT
    )
    try:
        _run(loading, "-m", "deploy.database_template", str(UNFINISHED))
        _run(loading, "manage.py", "make_fonts")
        if drawing.wait():
            raise SystemExit("The pictures could not be drawn.")
        _run(loading, "manage.py", "load_demo")
    finally:
        drawing.terminate()
    UNFINISHED.rename(DATABASE)


def _run(environment: dict[str, str], *arguments: str) -> None:
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, check=False)
    if done.returncode:
        raise SystemExit(done.returncode)


def _serve(environment: dict[str, str], port: int, standin_port: int, started: float) -> int:
    commands = {
        "site": [
            *("-m", "gunicorn", "marketplace.wsgi", "--bind", f"127.0.0.1:{port}"),
            *("--workers", "2", "--threads", "4", "--preload", "--log-level", "warning"),
        ],
        "worker": ["manage.py", "worker"],
        "stand-in": [
            *("-m", "deploy.demo.stripe_standin", "--port", str(standin_port)),
            *("--webhook", f"http://127.0.0.1:{port}/payments/webhook/"),
            *("--secret", WEBHOOK_SECRET, "--state", str(STANDIN_STATE)),
            *("--shop", f"http://127.0.0.1:{port}", "--shop", f"http://localhost:{port}"),
        ],
    }
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    children = {
        # A session of its own: Ctrl-C reaches us alone, and we end the others in order.
        name: subprocess.Popen(
            [sys.executable, *words], cwd=ROOT, env=environment, start_new_session=True
        )
        for name, words in commands.items()
    }
    try:
        _wait_until_answering(port, children)
        _run(environment, "manage.py", "demo_welcome")
        print(f"Ready after {time.monotonic() - started:.0f} s. Ctrl-C stops it.", flush=True)
        return _watch(children)
    except KeyboardInterrupt:
        print("\nStopping …", flush=True)
        return 0
    finally:
        _stop(children)


def _wait_until_answering(port: int, children: dict[str, subprocess.Popen]) -> None:
    while True:
        with socket.socket() as probe:
            if not probe.connect_ex(("127.0.0.1", port)):
                return
        if dead := _dead(children):
            raise SystemExit(f"The {dead} stopped while starting.")
        time.sleep(0.1)


def _dead(children: dict[str, subprocess.Popen]) -> str:
    return next((name for name, child in children.items() if child.poll() is not None), "")


def _watch(children: dict[str, subprocess.Popen]) -> int:
    while not (dead := _dead(children)):
        time.sleep(0.5)
    print(f"The {dead} stopped unexpectedly; stopping the rest.", flush=True)
    return 1


def _stop(children: dict[str, subprocess.Popen]) -> None:
    for child in children.values():
        child.terminate()
    for child in children.values():
        try:
            child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nStopped while building; `make demo` begins again.")
