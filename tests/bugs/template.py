"""The template database of a broken tree: the whole one, with the guards that the bug makes.

A tenth of the time that migrating takes. Run in the copy of the tree by `tests.bugs`:

    python -m tests.bugs.template
"""

import os
import shutil
from pathlib import Path

import django
from django.db import connection

from deploy.template_keys import template_key

WHOLE = "whole.sqlite3"


def main() -> None:
    """Make it, if the guards are not those of a template that is there."""
    folder = Path(os.environ["VAR_DIR"]) / "templates"
    wanted, unfinished = folder / f"{template_key()}.sqlite3", folder / "unfinished.sqlite3"
    if wanted.exists():
        return
    shutil.copy(folder / WHOLE, unfinished)
    django.setup()
    connection.settings_dict["NAME"] = str(unfinished)
    _make_guards_anew()
    connection.close()
    unfinished.rename(wanted)


def _make_guards_anew() -> None:
    from marketplace.ledger import guards  # noqa: PLC0415  needs the models

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'ledger_%'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
        guards.install(connection)
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.test")
    main()
