"""`check --database default` says when numbers of orders could be changed."""

from django.core.checks import Tags, Warning, register
from django.db import connections

from shop.placing import guards


@register(Tags.database)
def check_guards(databases=None, **_kwargs) -> list[Warning]:
    """Warnings, not errors: `migrate` runs database checks first and brings triggers back."""
    return [
        Warning(
            f"The database has no trigger {name} as we made it.",
            hint="Run `manage.py migrate`, and find out who removed it.",
            id="placing.W001",
        )
        for using in databases or []
        if guards.TABLE in connections[using].introspection.table_names()
        for name in guards.missing(using)
    ]
