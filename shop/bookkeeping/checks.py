"""`check --database default` says when the database has lost what keeps decisions as they were."""

from django.core.checks import Tags, Warning, register

from marketplace.core.guard_checks import lost_triggers
from shop.bookkeeping import guards


@register(Tags.database)
def check_guards(databases=None, **_kwargs) -> list[Warning]:
    return lost_triggers(databases, guards.TABLES[-1], guards.missing, "bookkeeping.W001")
