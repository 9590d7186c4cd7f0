"""A database of PostgreSQL with its own three roles, as a deployment has them (deploy/roles)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple

from django.db import connection, connections

from deploy.roles import Roles, catalogue
from deploy.roles.acts import make
from tests.conftest import FreshDatabase

PASSWORD = "of tests only"


class Separated:
    """The database, its roles, and as whom the default connection is signed in."""

    def __init__(self, name: str) -> None:
        self.administrator = connection.settings_dict["USER"], connection.settings_dict["PASSWORD"]
        self.copy = FreshDatabase(name)
        # Names are of this process, since roles belong to the server, not to one database.
        self.roles = Roles(*(f"{name}_{whose}" for whose in ("owner", "application", "reporting")))
        self._forget_roles()  # a run that was killed may have left them

    def sign_in(self, role: str = "") -> None:
        """As that role by a real log-in; as the administrator without one."""
        connections.close_all()
        signed = (role, PASSWORD) if role else self.administrator
        connection.settings_dict["USER"], connection.settings_dict["PASSWORD"] = signed

    @contextmanager
    def signed_in(self, role: str = "") -> Iterator[None]:
        before = connection.settings_dict["USER"], connection.settings_dict["PASSWORD"]
        self.sign_in(role)
        yield
        connections.close_all()
        connection.settings_dict["USER"], connection.settings_dict["PASSWORD"] = before

    def make(self) -> list[str]:
        return make(self.roles, dict.fromkeys(astuple(self.roles), PASSWORD))

    def drop(self) -> None:
        self.sign_in()
        self.copy.drop()
        self._forget_roles()

    def _forget_roles(self) -> None:
        """They own nothing any more: their database is gone."""
        with connection._nodb_cursor() as cursor:
            for role in astuple(self.roles):
                cursor.execute(f"DROP ROLE IF EXISTS {role}")


@contextmanager
def separated(name: str) -> Iterator[Separated]:
    """A copy of the template, made over to three new roles; signed in as the administrator."""
    made = Separated(name)
    try:
        made.copy.use()
        made.make()
        yield made
    finally:
        made.drop()


def run(sql: str) -> list[tuple]:
    return catalogue.run(sql)
