from datetime import date

from django.core.management.base import BaseCommand, CommandError

from shop.payments.services import compare_books


class Command(BaseCommand):
    help = "List the payment provider's own book up to yesterday and compare it with the ledger"

    def add_arguments(self, parser):
        parser.add_argument(
            "--since",
            type=date.fromisoformat,
            help="list every day from this one on anew (YYYY-MM-DD, a day of Bangkok)",
        )

    def handle(self, *args, since, **options):
        done = compare_books(since=since)
        self.stdout.write(
            f"{done.days} days listed, {done.movements} movements compared,"
            f" {done.unmatched} do not match"
        )
        if not done.is_complete:
            raise CommandError("Stripe did not answer; the other days are listed later.")
