from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError

from marketplace.core import thai
from marketplace.core.errors import DomainError
from marketplace.ledger import sealing, services, verification, verifier

NO_RIGHT = "42501"  # PostgreSQL's word for it


def month(text: str) -> date:
    """Read 2026-05 or 2569-05 as the first day of that month."""
    try:
        return thai.parse_date(f"{text}-1")
    except DomainError as error:
        raise ArgumentTypeError(f"write the month like 2026-05, not {text}") from error


class Command(BaseCommand):
    help = "Prove the ledger (verify), make a month's roll-ups anew (rebuild), close a month."

    def add_arguments(self, parser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        verify = acts.add_parser("verify", help="add everything up again; fails on a difference")
        verify.add_argument("--month", type=month, help="2026-05; all time without it")
        rebuild = acts.add_parser("rebuild", help="make the roll-up of a month from transfers")
        rebuild.add_argument("--month", type=month, required=True, help="2026-05")
        close = acts.add_parser("close", help="close a month that is over: its figures stay")
        close.add_argument("--month", type=month, required=True, help="2026-05")
        acts.add_parser("seal", help="seal what was recorded, and publish the roots of past days")
        export = acts.add_parser("export", help="write the sealed ledger for verifier.py")
        export.add_argument("--to", type=Path, required=True, help="a file that is not there yet")

    def handle(self, *args, act: str, **options) -> None:
        try:
            getattr(self, act)(
                **{name: options[name] for name in ("month", "to") if name in options}
            )
        except DomainError as error:
            raise CommandError(error.message) from error

    def verify(self, month) -> None:
        wrong = 0
        for line in verification.verify(month):
            wrong += 1
            self.stdout.write(line)
        if wrong:
            raise CommandError(f"{wrong} differences.")
        looked_at = ", ".join(f"{n} {name}" for name, n in verification.counts(month).items())
        self.stdout.write(f"The ledger is whole: {looked_at}.")

    def rebuild(self, month) -> None:
        try:
            wrong = services.rebuild_month(month)
        except ProgrammingError as error:
            if getattr(error.__cause__, "sqlstate", "") != NO_RIGHT:
                raise
            raise CommandError(
                "Repairs are the owner's: let DATABASE_URL name the owner of the database."
            ) from error
        for line in wrong:
            self.stdout.write(line)
        if wrong:
            self.stdout.write(f"{month:%Y-%m} made anew; {len(wrong)} rows were wrong.")
        else:
            self.stdout.write(f"{month:%Y-%m} is what its transfers come to; nothing was changed.")

    def close(self, month) -> None:
        close = services.close_month(month)
        self.stdout.write(
            f"{month:%Y-%m} is closed: {close.event_count} events, totals {close.totals_hash}."
        )

    def seal(self) -> None:
        self.stdout.write(f"{services.seal_events()} events sealed.")

    def export(self, to) -> None:
        try:
            with to.open("x", encoding="utf-8") as file:
                for row in sealing.export_rows():
                    file.write(verifier.canonical(row).decode() + "\n")
        except FileExistsError as error:
            raise CommandError(f"{to} is there already: name a file that is not.") from error
        except OSError as error:
            raise CommandError(f"{to} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"Check it with: python3 {verifier.__file__} {to}")
