"""`check --database default` says when numbers of orders could be changed."""

from django.core.checks import Tags, Warning, register

from marketplace.core.guard_checks import lost_triggers
from shop.placing import guards


@register(Tags.database)
def check_guards(databases=None, **_kwargs) -> list[Warning]:
    return lost_triggers(databases, guards.TABLE, guards.missing, "placing.W001")
