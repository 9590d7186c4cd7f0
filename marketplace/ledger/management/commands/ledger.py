from argparse import ArgumentTypeError
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from marketplace.core import thai
from marketplace.core.errors import DomainError
from marketplace.ledger import services, verification


def month(text: str) -> date:
    """Read 2026-05 or 2569-05 as the first day of that month."""
    try:
        return thai.parse_date(f"{text}-1")
    except DomainError as error:
        raise ArgumentTypeError(f"write the month like 2026-05, not {text}") from error


class Command(BaseCommand):
    help = "Prove the ledger (verify) or make a month's roll-up anew (rebuild)."

    def add_arguments(self, parser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        verify = acts.add_parser("verify", help="add everything up again; fails on a difference")
        verify.add_argument("--month", type=month, help="2026-05; all time without it")
        rebuild = acts.add_parser("rebuild", help="make the roll-up of a month from transfers")
        rebuild.add_argument("--month", type=month, required=True, help="2026-05")

    def handle(self, *args, act: str, month, **options) -> None:
        self.verify(month) if act == "verify" else self.rebuild(month)

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
        wrong = services.rebuild_month(month)
        for line in wrong:
            self.stdout.write(line)
        self.stdout.write(f"{month:%Y-%m} made anew; {len(wrong)} rows were wrong.")
