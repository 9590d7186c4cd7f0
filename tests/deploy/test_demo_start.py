"""What `make demo` takes for a demo that is built."""

import sqlite3
from contextlib import closing

from deploy.demo.__main__ import has_tables


def test_an_empty_file_that_another_command_left_is_no_demo(tmp_path):
    """`manage.py check` and the like open the database, which makes the file."""
    database = tmp_path / "marketplace.sqlite3"
    assert not has_tables(database)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode = wal")
    assert database.exists()

    assert not has_tables(database)


def test_a_database_with_a_table_is_kept(tmp_path):
    database = tmp_path / "marketplace.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE people (name text)")

    assert has_tables(database)
