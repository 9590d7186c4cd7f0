"""A whole marketplace for journeys: site, worker and stand-in for Stripe as processes of their own.

They share one fresh database with the test, which looks into it and acts for staff. Everybody else
comes in a real Chromium of a phone's size (`phone`, and `new_phone` for more of them) or of a
desk's (`new_page`); what they do there is in acts.py.
"""

import email
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from email import policy
from functools import partial
from pathlib import Path

import pytest
import requests
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from playwright.sync_api import expect, sync_playwright

from deploy.demo.stripe_standin import Standin, running_standin
from deploy.demo.stripe_standin.settings import PUBLISHABLE_KEY, SECRET_KEY, WEBHOOK_SECRET
from marketplace.settings.base import PASSWORD_HASHERS
from tests.conftest import FreshDatabase

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "locale": "th-TH",
    "has_touch": True,
    "is_mobile": True,
}
DESK = {"viewport": {"width": 1280, "height": 800}, "locale": "th-TH"}
START_SECONDS = 120
PATIENCE_MILLISECONDS = 30_000


@dataclass
class Site:
    """The running marketplace, as a test sees it."""

    url: str
    standin: Standin
    folder: Path
    log: Path

    def mails(self) -> list[email.message.EmailMessage]:
        """What the site has sent so far, oldest first."""
        files = sorted((self.folder / "mail").glob("*.log"))
        return [
            email.message_from_bytes(file.read_bytes(), policy=policy.default) for file in files
        ]


@pytest.fixture(scope="session")
def running_site(request, django_db_setup, django_db_blocker, tmp_path_factory):
    """Start everything once for all journeys of this process."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "assets").symlink_to(_made_assets(), target_is_directory=True)
    with django_db_blocker.unblock():
        database = FreshDatabase(f"test_{folder.name}_{os.getpid()}")
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    with running_standin(webhook_url=f"{url}/payments/webhook/") as standin:
        environment = _environment(url, standin, database, folder)
        log = folder / "site.log"
        processes = [
            _start(environment, log, *words)
            for words in (
                ("-m", "gunicorn", "marketplace.wsgi", "--bind", f"127.0.0.1:{port}")
                + ("--threads", "4", "--access-logfile", "-"),
                ("manage.py", "worker"),
            )
        ]
        try:
            _wait_until_answering(url, processes, log)
            yield Site(url, standin, folder, log), database
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(30)
    with django_db_blocker.unblock():
        database.drop()


@pytest.fixture
def site(running_site, django_db_blocker, settings):
    """The marketplace, with this test looking into its database; whole ledger at the end."""
    running, database = running_site
    usual = connection.settings_dict["NAME"]
    settings.STRIPE_API_URL = running.standin.base_url
    settings.STRIPE_SECRET_KEY = SECRET_KEY
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = running.folder / "mail"
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS
    with django_db_blocker.unblock():
        database.use()
        yield running
        call_command("ledger", "verify")
        connections.close_all()
        connection.settings_dict["NAME"] = usual
    assert running.standin.violations == []
    assert "Traceback" not in running.log.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def chromium():
    """The browser of all journeys of a file."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps a loop running in this thread; our queries are none of its business.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        expect.set_options(timeout=PATIENCE_MILLISECONDS)
        browser = playwright.chromium.launch(
            executable_path=os.environ["TEST_CHROMIUM"], args=CHROMIUM_ARGUMENTS
        )
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium):
    """Opens pages without a past, on a device; a mistake in a console fails the test."""
    pages = []

    def watch(page):
        page.set_default_timeout(PATIENCE_MILLISECONDS)
        page.problems = []
        page.expected_problems = ()
        page.on("pageerror", lambda error: page.problems.append(f"{page.url}: {error}"))
        page.on("console", lambda message: _note_problem(page, message))
        pages.append(page)

    def open_page(device: dict, **more):
        context = chromium.new_context(**device | more)
        context.on("page", watch)
        return context.new_page()

    yield open_page
    for page in pages:
        page.context.close()
    assert [problem for page in pages for problem in page.problems] == []


@pytest.fixture
def new_phone(new_page):
    """Opens pages without a past, as wide as a phone."""
    return partial(new_page, PHONE)


@pytest.fixture
def phone(new_phone):
    return new_phone()


def _note_problem(page, message) -> None:
    is_expected = any(words in message.text for words in page.expected_problems)
    if message.type == "error" and not is_expected:
        page.problems.append(f"{page.url}: {message.text}")


def _made_assets() -> Path:
    settings.ASSETS_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("make_fonts", verbosity=0)
    return settings.ASSETS_ROOT


def _environment(url: str, standin: Standin, database: FreshDatabase, folder: Path) -> dict:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.local",
        "DEMO": "1",
        "VAR_DIR": str(folder),
        "DATABASE_URL": _database_url(database),
        "CACHE_URL": f"file://{folder}/cache",
        "PAGE_CACHE_SECONDS": "0",
        "SITE_URL": url,
        "ALLOWED_HOSTS": "127.0.0.1",
        "FIELD_KEYS": ",".join(settings.FIELD_KEYS),
        "STRIPE_SECRET_KEY": SECRET_KEY,
        "STRIPE_PUBLISHABLE_KEY": PUBLISHABLE_KEY,
        "STRIPE_WEBHOOK_SECRETS": WEBHOOK_SECRET,
        "STRIPE_API_URL": standin.base_url,
        "STRIPE_JS_URL": standin.js_url,
        "LOG_LEVEL": "INFO",
    }


def _database_url(database: FreshDatabase) -> str:
    if database.is_file:
        return f"sqlite:///{database.name}"
    at = settings.DATABASES["default"]
    return f"postgresql://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{database.name}"


def _start(environment: dict, log: Path, *words: str) -> subprocess.Popen:
    with log.open("a") as handle:
        return subprocess.Popen(
            [sys.executable, *words], cwd=ROOT, env=environment, stdout=handle, stderr=handle
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_answering(url: str, processes: list[subprocess.Popen], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        assert all(process.poll() is None for process in processes), log.read_text("utf-8")
        try:
            requests.get(f"{url}/robots.txt", timeout=START_SECONDS)
            return
        except requests.ConnectionError:
            assert time.monotonic() < until, log.read_text(encoding="utf-8")
            time.sleep(0.2)


def wait_for(condition, seconds: float = 60) -> None:
    """Wait until something is true that other processes bring about."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.1)
