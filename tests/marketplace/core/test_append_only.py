import pytest
from django.db import IntegrityError, connection, transaction

from marketplace.core import append_only

TABLE = "append_only_trial"


@pytest.fixture
def table(db):
    run(
        f"CREATE TABLE {TABLE} (id integer PRIMARY KEY, code varchar(9) UNIQUE,"
        " reverses integer NULL, state varchar(9))"
    )
    run(f"CREATE UNIQUE INDEX once ON {TABLE} (reverses) WHERE state = 'open'")
    append_only.install(connection, TABLE)
    run(f"INSERT INTO {TABLE} VALUES (1, 'a', 7, 'open')")
    return TABLE


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


def rows():
    return run(f"SELECT * FROM {TABLE} ORDER BY id")


def refused(sql):
    with pytest.raises(IntegrityError), transaction.atomic():
        run(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE {} SET code = 'b'",
        "DELETE FROM {}",
        "INSERT INTO {} VALUES (1, 'b', NULL, 'open')",
        "INSERT INTO {} VALUES (2, 'a', NULL, 'open')",
        "INSERT INTO {} VALUES (2, 'b', 7, 'open')",
    ],
)
def test_a_row_stays_as_it_was_written(table, sql):
    refused(sql.format(TABLE))

    assert rows() == [(1, "a", 7, "open")]


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    "values", ["(1, 'b', NULL, 'open')", "(2, 'a', NULL, 'x')", "(2, 'b', 7, 'open')"]
)
def test_insert_or_replace_overwrites_nothing(table, values):
    refused(f"INSERT OR REPLACE INTO {TABLE} VALUES {values}")

    assert rows() == [(1, "a", 7, "open")]


def test_new_rows_and_those_outside_a_partial_key_are_taken(table):
    run(f"INSERT INTO {TABLE} VALUES (2, 'b', 7, 'closed')")
    run(f"INSERT INTO {TABLE} VALUES (3, 'c', NULL, 'open')")

    assert [row[0] for row in rows()] == [1, 2, 3]


@pytest.mark.only_on("postgresql")
def test_truncate_is_refused(table):
    refused(f"TRUNCATE {TABLE}")

    assert len(rows()) == 1


def test_a_frozen_table_takes_no_row_at_all(table):
    append_only.install(connection, TABLE, allow_insert=False)

    refused(f"INSERT INTO {TABLE} VALUES (2, 'b', NULL, 'open')")

    assert append_only.missing(connection, [TABLE], allow_insert=False) == []


def test_what_is_missing_is_named_and_brought_back(table):
    on_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    run(f"DROP TRIGGER {TABLE}_no_delete{on_table}")

    assert append_only.missing(connection, [TABLE]) == [f"{TABLE}_no_delete"]

    append_only.install(connection, TABLE)
    append_only.install(connection, TABLE)
    assert append_only.missing(connection, [TABLE]) == []
    refused(f"DELETE FROM {TABLE}")


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize(
    "definition",
    [
        "BEFORE DELETE ON {} FOR EACH ROW WHEN (OLD.id > 9)",
        "AFTER DELETE ON {} FOR EACH ROW",
        "BEFORE DELETE ON {} FOR EACH STATEMENT",
        "BEFORE TRUNCATE ON {} FOR EACH STATEMENT",
    ],
)
def test_a_trigger_that_fires_at_another_time_counts_as_missing(table, definition):
    name = f"{TABLE}_no_delete"
    run(f"DROP TRIGGER {name} ON {TABLE}")
    run(f"CREATE TRIGGER {name} {definition.format(TABLE)} EXECUTE FUNCTION core_refuse_change()")

    assert append_only.missing(connection, [TABLE]) == [name]

    append_only.install(connection, TABLE)
    assert append_only.missing(connection, [TABLE]) == []
    refused(f"DELETE FROM {TABLE}")


@pytest.mark.only_on("postgresql")
def test_a_function_with_another_body_is_named_and_made_anew(table):
    run(
        "CREATE OR REPLACE FUNCTION core_refuse_change() RETURNS trigger"
        " LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
    )

    assert append_only.missing(connection, [TABLE]) == ["core_refuse_change"]

    append_only.install(connection, TABLE)
    assert append_only.missing(connection, [TABLE]) == []
    refused(f"DELETE FROM {TABLE}")


def test_a_trigger_that_says_something_else_counts_as_missing(table):
    name = f"{TABLE}_no_delete"
    if connection.vendor == "postgresql":
        run(f"ALTER TABLE {TABLE} DISABLE TRIGGER {name}")
    else:
        run(f"DROP TRIGGER {name}")
        run(f"CREATE TRIGGER {name} BEFORE DELETE ON {TABLE} BEGIN SELECT 1; END")

    assert append_only.missing(connection, [TABLE]) == [name]


@pytest.mark.only_on("postgresql")
def test_what_is_left_of_each_table_is_told(table):
    assert append_only.acts_left(connection)[TABLE] == {("INSERT", "")}

    append_only.install(connection, TABLE, frozen=("id", "code"))
    left = append_only.acts_left(connection)[TABLE]
    assert left == {("INSERT", ""), ("UPDATE", "reverses"), ("UPDATE", "state")}

    append_only.install(connection, TABLE, allow_insert=False)
    assert append_only.acts_left(connection)[TABLE] == set()
    assert "accounts_user" not in append_only.acts_left(connection)
