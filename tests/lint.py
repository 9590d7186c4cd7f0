"""`make lint`: everything that can be said about the code without running it as a shop.

python -m tests.lint             check; exits 1 when anything is wrong
python -m tests.lint messages    collect the words to translate into the catalogue
"""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

# What a public site would set; nothing here is secret or reaches anything.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "marketplace.settings.production",
    "SECRET_KEY": "lint-0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "FIELD_KEYS": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    "SITE_URL": "https://otop.example",
    "DATABASE_URL": "postgresql://app@127.0.0.1/otop",
    "STRIPE_SECRET_KEY": "sk_live_lint",
    "STRIPE_PUBLISHABLE_KEY": "pk_live_lint",
    "STRIPE_WEBHOOK_SECRETS": "whsec_lint",
    "DEMO": "0",
}


def run(title: str, *command: str, **environment: str) -> bool:
    """Run one check; print its output only when it fails."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    told = "" if done.returncode == 0 else f"\n{done.stdout}{done.stderr}"
    print(f"{'FAIL' if told else 'ok  '} {title}{told}", flush=True)
    return done.returncode == 0


def manage(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "manage.py", *arguments)


def check() -> bool:
    """Run all checks, one on each core; whether every one of them passed."""
    checks = [
        partial(run, "templates compile and nothing is untranslated", *words("check"), DEMO="1"),
        partial(
            run,
            "a public site would start without a warning",
            *manage("check", "--deploy", "--fail-level", "WARNING"),
            **PRODUCTION,
        ),
        partial(
            run,
            "no migration is missing",
            *manage("makemigrations", "--check", "--dry-run"),
            DEMO="1",
        ),
        partial(run, "imports point one way", str(BIN / "lint-imports")),
        partial(run, "format", sys.executable, "-m", "ruff", "format", "--check", "."),
        partial(run, "rules", sys.executable, "-m", "ruff", "check", "."),
    ]
    with ThreadPoolExecutor(os.cpu_count()) as cores:
        return all(list(cores.map(lambda one: one(), checks)))


def words(act: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "tests.translations", act)


if __name__ == "__main__":
    if sys.argv[1:] == ["messages"]:
        sys.exit(subprocess.run(words("collect"), cwd=ROOT, check=False).returncode)
    sys.exit(0 if check() else 1)
