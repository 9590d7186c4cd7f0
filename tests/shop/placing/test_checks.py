from django.db import connection

from shop.placing import checks, guards


def test_a_trigger_that_is_gone_is_named_by_the_check(db):
    assert checks.check_guards(databases=["default"]) == []
    table = f" ON {guards.TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {guards.TABLE}_no_update{table}")

    (found,) = checks.check_guards(databases=["default"])

    assert (found.id, guards.TABLE in found.msg) == ("placing.W001", True)


def test_an_empty_database_is_no_fault():
    assert checks.check_guards(databases=None) == []
