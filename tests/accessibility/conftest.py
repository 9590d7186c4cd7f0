"""The journeys' site and browser, with a full marketplace in it, looked at from the keyboard side.

One site and one browser for a file. Pages come from contexts that already hold somebody's session,
since typing a second factor for each of them would take longer than all the looking.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.test import override_settings
from django.utils import translation

from tests.accessibility.audit import AXE
from tests.accessibility.market import fill_market
from tests.journeys.conftest import chromium, running_site

__all__ = ["chromium", "looking_in", "market", "open_as", "path_of", "running_site", "site_url"]


@pytest.fixture(scope="session")
def looking_in(running_site, django_db_blocker) -> Callable:
    """Opens the database of the site to a test, with the site's own keys and folders."""
    site, database = running_site

    @contextmanager
    def look() -> Iterator[None]:
        usual = connection.settings_dict["NAME"]
        own = {
            "SECRET_KEY": (site.folder / "secret-key").read_text(encoding="ascii"),
            "MEDIA_ROOT": site.folder / "media",
        }
        with django_db_blocker.unblock(), override_settings(**own), translation.override("th"):
            database.use()
            try:
                yield
            finally:
                connections.close_all()
                connection.settings_dict["NAME"] = usual

    return look


@pytest.fixture(scope="session")
def site_url(running_site) -> str:
    return running_site[0].url


@pytest.fixture(scope="session")
def market(running_site, looking_in):
    with looking_in():
        made = fill_market()
    yield made
    with looking_in():
        call_command("ledger", "verify")
    assert "Traceback" not in running_site[0].log.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def path_of(market, looking_in) -> Callable:
    """Where a kind of page is, which only the database knows."""

    def path(kind) -> str:
        with looking_in():
            return kind.path(market)

    return path


@pytest.fixture(scope="module")
def open_as(chromium, market, site_url):
    """A page of somebody ("" is a visitor); asked again it is the same page, unless told `anew`."""
    pages = {}

    def open_page(person: str = "", *, anew: bool = False, **options):
        if anew or person not in pages:
            pages[person] = _page(chromium, site_url, market.sessions.get(person), options)
        return pages[person]

    yield open_page
    for page in pages.values():
        page.context.close()


def _page(chromium, url: str, session: str | None, options: dict):
    context = chromium.new_context(base_url=url, locale="th-TH", **options)
    context.set_default_timeout(20_000)
    context.add_init_script(AXE)
    context.on("page", _leave_out_pictures)
    if session:
        host = urlsplit(url).hostname
        context.add_cookies([{"name": "sessionid", "value": session, "domain": host, "path": "/"}])
    return context.new_page()


def _leave_out_pictures(page) -> None:
    """Photos say nothing here, their places are kept for them, and drawing them takes long."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setBlockedURLs", {"urls": ["*/media/*"]})
