"""Make the three roles of a deployment on PostgreSQL and give each what it needs.

    python -m deploy.roles make     as an administrator of the server, once: the roles, and the
                                    owner gets database, tables and functions; then as below
    python -m deploy.roles grant    as the owner, after every `migrate`: what the others may do

The owner migrates. The application is what site and worker connect as: it records facts of the
ledger and cannot change them. Reporting reads the ledger and nothing about people. What a
migration adds is open to neither until `grant` has run.

Both may be repeated, and say what they changed. They work on the database that DATABASE_URL
names, all of it or nothing. Names come from DB_OWNER, DB_APPLICATION and DB_REPORTING or the
options; `make` reads passwords from DB_OWNER_PASSWORD and so on; without one, a role keeps its own.
"""

import os
import re
import sys
from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import fields

import django

from deploy.roles import Refusal, Roles


def main(arguments: list[str]) -> None:
    options = _parser().parse_args(arguments)
    roles = Roles(options.owner, options.application, options.reporting)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.local")
    django.setup()
    from deploy.roles.acts import grant, make  # noqa: PLC0415  needs the models

    try:
        done = make(roles, _passwords(roles)) if options.act == "make" else grant(roles)
    except Refusal as refusal:
        sys.exit(str(refusal))
    print("\n".join(done) or "Nothing to change.")


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m deploy.roles", description=__doc__.partition("\n")[0])
    parser.add_argument("act", choices=("make", "grant"))
    for field in fields(Roles):
        usual = os.environ.get(f"DB_{field.name.upper()}") or field.default
        parser.add_argument(f"--{field.name}", type=_name, default=usual, help=usual)
    return parser


def _name(text: str) -> str:
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", text):
        raise ArgumentTypeError(f"{text} is not a name of small letters, digits and _")
    return text


def _passwords(roles: Roles) -> dict[str, str]:
    told = {
        getattr(roles, field.name): os.environ.get(f"DB_{field.name.upper()}_PASSWORD", "")
        for field in fields(roles)
    }
    return {role: password for role, password in told.items() if password}


if __name__ == "__main__":
    main(sys.argv[1:])
