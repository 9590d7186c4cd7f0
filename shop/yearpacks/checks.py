"""`check --database default` says when packs that were signed could be changed."""

from django.core.checks import Tags, Warning, register

from marketplace.core.guard_checks import lost_triggers
from shop.yearpacks import guards


@register(Tags.database)
def check_guards(databases=None, **_kwargs) -> list[Warning]:
    return lost_triggers(databases, guards.TABLE, guards.missing, "yearpacks.W001")
