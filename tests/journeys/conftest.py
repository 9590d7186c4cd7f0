"""A whole marketplace for journeys: site, worker and stand-in for Stripe as processes of their own.

They share one fresh database with the test, which looks into it and plays staff. Shoppers come
over HTTP (`Shopper`) or in a real Chromium of a phone's size (`phone`).
"""

import email
import os
import re
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from email import policy
from pathlib import Path

import pytest
import requests
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from playwright.sync_api import sync_playwright

from deploy.demo.stripe_standin import Standin, running_standin
from deploy.demo.stripe_standin.settings import PUBLISHABLE_KEY, SECRET_KEY, WEBHOOK_SECRET
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
PHONE = {"width": 390, "height": 844}
START_SECONDS = 120


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
        database = FreshDatabase(f"test_journeys_{os.getpid()}")
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
    with django_db_blocker.unblock():
        database.use()
        yield running
        call_command("ledger", "verify")
        connections.close_all()
        connection.settings_dict["NAME"] = usual
    assert running.standin.violations == []
    assert "Traceback" not in running.log.read_text(encoding="utf-8")


@pytest.fixture
def phone(monkeypatch):
    """A page of a real browser, as wide as a phone; a mistake in its console fails the test."""
    # Playwright keeps a loop running in this thread; our queries are none of its business.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["TEST_CHROMIUM"], args=CHROMIUM_ARGUMENTS
        )
        page = browser.new_page(viewport=PHONE, locale="th-TH", has_touch=True, is_mobile=True)
        page.set_default_timeout(30_000)
        page.problems = []
        page.expected_problems = ()
        page.on("pageerror", lambda error: page.problems.append(f"{page.url}: {error}"))
        page.on("console", lambda message: _note_problem(page, message))
        yield page
        browser.close()
    assert page.problems == []


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


class Shopper:
    """A guest who orders over plain HTTP, with the forms the pages hold."""

    def __init__(self, site: Site, prefix: str = "") -> None:
        self.site = site
        self.prefix = prefix
        self.session = requests.Session()

    def get(self, path: str) -> requests.Response:
        return self.session.get(f"{self.site.url}{path}", timeout=30)

    def put_into_basket(self, product, quantity: int = 1) -> requests.Response:
        return self.session.post(
            f"{self.site.url}{self.prefix}/basket/add/{product.pk}/",
            data={"quantity": quantity},
            headers={"Origin": self.site.url},
            timeout=30,
        )

    def order(self, area: str = "50300") -> str:
        """Go through the first two steps; returns the order's token."""
        person = {"email": "malee@example.com", "name": "มาลี ใจดี", "phone": "081-234-5678"}
        where = {"line": "99 หมู่ 1", "area": area, "place": "", "note": ""}
        delivery = self._send("/checkout/", person | where)
        assert delivery.url.endswith("/checkout/delivery/"), delivery.text
        hidden = dict(re.findall(r'name="([\w-]+)" value="([^"]*)"', delivery.text))
        page = self._send("/checkout/delivery/", hidden)
        return re.search(r"/checkout/pay/([^/]+)/", page.url)[1]

    def _send(self, path: str, form: dict) -> requests.Response:
        page = self.get(f"{self.prefix}{path}")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
        form = form | {"csrfmiddlewaretoken": token}
        headers = {"Referer": page.url}
        return self.session.post(page.url, data=form, headers=headers, timeout=30)

    def client_secret(self, token: str) -> str:
        """What the payment page gives to the card frame."""
        page = self.get(f"{self.prefix}/checkout/pay/{token}/")
        return re.search(r'"clientSecret": "([^"]+)"', page.text)[1]
