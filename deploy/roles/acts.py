"""Make the roles, hand everything to the owner, grant the others what they need."""

from collections import defaultdict
from dataclasses import astuple

from django.core import checks
from django.db import connection, transaction

from deploy.roles import Refusal, Roles, catalogue
from deploy.roles.rights import Right, Rights
from marketplace.ledger.guards import FACT_TABLES

_SAID_AS = {"VIEW": "TABLE"}  # in statements, and whichever kind of view it is


def make(roles: Roles, passwords: dict[str, str]) -> list[str]:
    """Make the roles, hand everything to the owner, then `grant`. Called twice: no change.

    `passwords` by role name; a role without one keeps its own. Raises Refusal.
    """
    _demand_postgresql()
    with transaction.atomic():
        _demand_signed_in_as()
        done = _create(roles) + _hand_over(roles.owner)
        for role, password in passwords.items():
            _set_password(role, password)
        return done + grant(roles)


def grant(roles: Roles) -> list[str]:
    """Give application and reporting what they need; take what is more, also from PUBLIC.

    Called twice: no change. Returns a line for each change. Raises Refusal.
    """
    _demand_postgresql()
    with transaction.atomic():
        _demand_plain_roles(roles)
        _demand_signed_in_as(roles.owner)
        _demand_everything_is_the_owners(roles.owner)
        _demand_guards()
        _close_what_comes(roles)
        rights, found = Rights(), catalogue.rights()
        done = []
        for thing in catalogue.things():
            wanted = {
                "PUBLIC": set(),
                roles.application: rights.of_application(*thing),
                roles.reporting: rights.of_reporting(*thing),
            }
            for role, right in wanted.items():
                if found[*thing, role] != right:
                    done.append(_grant(*thing, role, right))
        return done


def _create(roles: Roles) -> list[str]:
    new = [name for name in astuple(roles) if name not in catalogue.roles()]
    for name in new:
        catalogue.run(f"CREATE ROLE {name} LOGIN")
    return [f"role {name}: made" for name in new]


def _hand_over(owner: str) -> list[str]:
    others = catalogue.not_owned_by(owner)
    for kind, name in others:
        catalogue.run(f"ALTER {_SAID_AS.get(kind, kind)} {name} OWNER TO {owner}")
    return [f"{kind.lower()} {name}: owned by {owner}" for kind, name in others]


def _set_password(role: str, password: str) -> None:
    """Send it as a hash: the server may write statements to its log."""
    connection.ensure_connection()
    server = connection.connection.pgconn
    secret = server.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    catalogue.run(f"ALTER ROLE {role} PASSWORD '{secret.decode()}'")


def _close_what_comes(roles: Roles) -> None:
    """What the owner makes later is nobody else's to run or read, until granted."""
    ours = f"ALTER DEFAULT PRIVILEGES FOR ROLE {roles.owner} REVOKE ALL ON"
    for kind in ("FUNCTIONS", "TABLES", "SEQUENCES"):
        catalogue.run(f"{ours} {kind} FROM PUBLIC, {roles.application}, {roles.reporting}")


def _grant(kind: str, name: str, role: str, rights: set[Right]) -> str:
    """Leave the role exactly these rights; return a line that says so."""
    columns = defaultdict(list)
    for act, column in sorted(rights):
        columns[act] += [connection.ops.quote_name(column)] if column else []
    told = ", ".join(act + (f" ({', '.join(cs)})" if cs else "") for act, cs in columns.items())
    thing = f"{_SAID_AS.get(kind, kind)} {name}"
    catalogue.run(f"REVOKE ALL ON {thing} FROM {role}")
    if told:
        catalogue.run(f"GRANT {told} ON {thing} TO {role}")
    return f"{kind.lower()} {name}: {role} {told or 'nothing'}"


# --- What must be so before anything is granted --------------------------------------------------


def _demand_postgresql() -> None:
    if connection.vendor != "postgresql":
        raise Refusal("Only PostgreSQL has roles: set DATABASE_URL.")


def _demand_signed_in_as(*names: str) -> None:
    who, is_administrator = catalogue.who()
    if not is_administrator and who not in names:
        wanted = " or ".join([*names, "an administrator (a superuser)"])
        raise Refusal(f"{who} may not do this: let DATABASE_URL name {wanted}.")


def _demand_plain_roles(roles: Roles) -> None:
    """The owner too: what triggers do for the application is done with its rights."""
    names = astuple(roles)
    if len(set(names)) < len(names):
        raise Refusal("Three roles need three names.")
    known = catalogue.roles()
    for name in names:
        if name not in known:
            raise Refusal(f"There is no role {name}: run `make` as an administrator.")
        if not known[name]:
            raise Refusal(f"{name} must be a plain role that logs in, and a member of no other.")


def _demand_everything_is_the_owners(owner: str) -> None:
    for kind, name in catalogue.not_owned_by(owner):
        raise Refusal(f"{kind} {name} is not {owner}'s: run `make` as an administrator.")


def _demand_guards() -> None:
    """Append-only tables are known by their triggers, so all of these must be in place."""
    if not set(FACT_TABLES) & set(connection.introspection.table_names()):
        return  # nothing was migrated yet
    for wrong in checks.run_checks(tags=[checks.Tags.database], databases=["default"]):
        raise Refusal(f"{wrong.msg} Run `manage.py migrate` as the owner first.")
