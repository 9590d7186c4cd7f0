"""The year happens once for all tests of this folder, in a database of its own."""

import os
from dataclasses import dataclass
from datetime import date
from random import Random

import pytest
from django.conf import settings
from django.db import connection, connections

from deploy.demo.stripe_standin import running_standin
from deploy.demo.stripe_standin.settings import SECRET_KEY
from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from marketplace.ledger.public_totals import count_public_totals
from marketplace.ledger.services import publish_roots
from tests.conftest import FreshDatabase
from tests.people import staff
from tests.shop.reports.year import cast, plot
from tests.shop.reports.year.asked import Answers
from tests.shop.reports.year.counted import Books, books_of
from tests.shop.reports.year.living import living
from tests.shop.reports.year.story import Story

SEED = 2569


@dataclass
class Year:
    """The story, the books that were kept of it, and the database in which the shop kept its."""

    story: Story
    books: Books
    answers: Answers
    database: FreshDatabase


@pytest.fixture(scope="session")
def lived(request, django_db_setup, django_db_blocker):
    """Everything that happens from August 2025 to November 2026."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    with django_db_blocker.unblock():
        database = FreshDatabase(f"test_year_{worker}_{os.getpid()}")
        usual = database.usual
        database.use()
        story = _live()
        with pytest.MonkeyPatch.context() as today:
            today.setattr(thai, "today", lambda: cast.TODAY)
            count_public_totals()
            publish_roots()
        books = books_of(story.told, cast.RULES)
        register = {code: story.gone.get(code, date.max) for code in cast.REGISTER}
        answers = Answers(books.facts, cast.REGIONS, register, cast.TODAY)
        _leave(usual)
        yield Year(story, books, answers, database)
        database.drop()


def _live() -> Story:
    with running_standin() as standin, pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "STRIPE_API_URL", standin.base_url)
        patch.setattr(settings, "STRIPE_SECRET_KEY", SECRET_KEY)
        story = Story(standin, (None, None))
        with living(story):
            story.clerks = (staff(StaffRole.FINANCE), staff(StaffRole.FINANCE))
            cast.begin(story)
            plot.everyday(story, Random(SEED))
            plot.special_days(story)
            story.live()
        assert standin.violations == []
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # nobody notes in this cluster how large tables have become
    return story


def _leave(usual: str) -> None:
    connections.close_all()
    connection.settings_dict["NAME"] = usual


@pytest.fixture
def year(lived, django_db_blocker, monkeypatch):
    """The year, seen on the 22nd of November 2026."""
    usual = connection.settings_dict["NAME"]
    monkeypatch.setattr(thai, "today", lambda: cast.TODAY)
    with django_db_blocker.unblock():
        lived.database.use()
        yield lived
        _leave(usual)


@pytest.fixture
def finance(year, client):
    """A browser of somebody who reads every area."""
    client.force_login(year.story.clerks[0])
    return client
