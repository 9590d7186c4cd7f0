import os
import subprocess
import sys

import pytest

from marketplace.settings import env
from tests.lint import PRODUCTION

TEST_KEYS = {"STRIPE_SECRET_KEY": "sk_test_1", "STRIPE_PUBLISHABLE_KEY": "pk_test_1"}


def test_a_missing_required_value_names_the_variable(monkeypatch):
    monkeypatch.delenv("SHOP_COLOUR", raising=False)

    with pytest.raises(SystemExit, match="SHOP_COLOUR is required"):
        env.text("SHOP_COLOUR")


@pytest.mark.parametrize("word", ["-1", "1.5", "ten", "๑๐"])
def test_what_is_no_whole_number_is_refused(monkeypatch, word):
    monkeypatch.setenv("SHOP_MINUTES", word)

    with pytest.raises(SystemExit, match="SHOP_MINUTES must be a whole number of at least 1"):
        env.whole_number("SHOP_MINUTES", 30, minimum=1)


def test_a_flag_is_one_or_nought(monkeypatch):
    monkeypatch.setenv("SHOP_OPEN", "maybe")

    with pytest.raises(SystemExit, match="SHOP_OPEN must be 1 or 0, not 'maybe'"):
        env.flag("SHOP_OPEN", default=True)


def test_a_postgresql_url_becomes_a_database(monkeypatch):
    monkeypatch.setenv("DB", "postgresql://app:secret@db.example:5433/otop")

    database = env.database("DB")

    assert (database["NAME"], database["USER"], database["HOST"], database["PORT"]) == (
        "otop",
        "app",
        "db.example",
        "5433",
    )


@pytest.mark.parametrize("value", ["mysql://x/y", "postgresql://db.example", "otop"])
def test_another_database_is_refused(monkeypatch, value):
    monkeypatch.setenv("DB", value)

    with pytest.raises(SystemExit, match="Configuration: DB "):
        env.database("DB")


def test_a_cache_of_an_unknown_kind_is_refused(monkeypatch):
    monkeypatch.setenv("CACHE_URL", "memcached://x")

    with pytest.raises(
        SystemExit, match="CACHE_URL must start with file://, redis:// or memory://"
    ):
        env.cache("CACHE_URL", "memory://")


@pytest.mark.parametrize(
    ("changes", "variable"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is required"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY must be at least 50 random characters"),
        ({"SITE_URL": "http://otop.example"}, "SITE_URL must start with https://"),
        ({"DEMO": "1"} | TEST_KEYS, "DEMO must not be 1"),
        ({"DATABASE_URL": ""}, "DATABASE_URL is required"),
        ({"STRIPE_WEBHOOK_SECRETS": ""}, "STRIPE_WEBHOOK_SECRETS is required"),
        ({"STRIPE_API_URL": "http://127.0.0.1:12111"}, "STRIPE_API_URL must be"),
        ({"UNPAID_ORDER_MINUTES": "soon"}, "UNPAID_ORDER_MINUTES must be a whole number"),
    ],
)
def test_bad_configuration_stops_a_public_site_with_one_sentence(changes, variable):

    started = subprocess.run(
        [sys.executable, "-c", "import marketplace.settings.production"],
        env=os.environ | PRODUCTION | changes,
        capture_output=True,
        text=True,
        check=False,
    )

    assert started.returncode == 1
    assert started.stderr.strip().startswith(f"Configuration: {variable}")
    assert started.stderr.count("\n") == 1
