"""What Django drops when it remakes a table is brought back by `migrate`."""

from django.core.management import call_command
from django.db import connection

from shop.partner.guards import STOCK_NOT_BELOW_ZERO
from shop.placing import guards as number_guards


def test_every_rule_is_there_and_comes_back(fresh_database):
    assert STOCK_NOT_BELOW_ZERO.missing() == number_guards.missing() == []
    drop = "ALTER TABLE partner_stockrecord DROP CONSTRAINT stock_not_below_zero"
    if connection.vendor == "sqlite":
        drop = "DROP TRIGGER stock_not_below_zero_on_update"
    with connection.cursor() as cursor:
        cursor.execute(drop)
    assert len(STOCK_NOT_BELOW_ZERO.missing()) == 1

    call_command("migrate", verbosity=0)

    assert STOCK_NOT_BELOW_ZERO.missing() == []
