"""The year's database beside one that was restored from its dump by PostgreSQL's tools."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple
from urllib.parse import quote

from django.db import connection, connections

from deploy.roles import Roles
from deploy.services.postgres import binary


class Restored:
    """The two databases, and the roles that the restored one is made over to."""

    def __init__(self, year) -> None:
        self.first, self.name = year.database.name, f"{year.database.name}_restored"
        self.clerk = year.story.clerks[0]
        self.administrator = connection.settings_dict["USER"], connection.settings_dict["PASSWORD"]
        names = (f"{self.name}_{whose}" for whose in ("owner", "application", "reporting"))
        self.roles = Roles(*names)

    @contextmanager
    def opened(self, name: str, role: str = "") -> Iterator[None]:
        settings = connection.settings_dict
        before = settings["NAME"]
        connections.close_all()
        settings["NAME"] = name
        settings["USER"], settings["PASSWORD"] = (role, "x") if role else self.administrator
        try:
            yield
        finally:
            connections.close_all()
            settings["NAME"] = before
            settings["USER"], settings["PASSWORD"] = self.administrator

    def url(self, name: str) -> str:
        at = connection.settings_dict
        user = ":".join(quote(one) for one in self.administrator if one)
        return f"postgresql://{user}@{at['HOST']}:{at['PORT']}/{name}"

    def run(self, *statements: str) -> None:
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def drop(self) -> None:
        self.run(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
        self.run(*(f"DROP ROLE IF EXISTS {role}" for role in astuple(self.roles)))


def tool(name: str, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([binary(name), *arguments], capture_output=True, text=True, check=False)
