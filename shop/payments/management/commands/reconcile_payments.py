from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError

from shop.payments.services import expire_unpaid_orders, look_through_account, reconcile


class Command(BaseCommand):
    help = (
        "Ask Stripe about payments, refunds, fees and events that have waited, and about disputes"
        " and transfers of which no event told us; give up unpaid orders"
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--waiting-minutes", type=int, default=3, help="only what waited so long (default 3)"
        )

    def handle(self, *args, waiting_minutes, **options):
        done = reconcile(waiting=timedelta(minutes=waiting_minutes))
        self.stdout.write(
            f"{done.payments} payments asked about, {done.paid} found paid,"
            f" {done.refunds} refunds, {done.fees} fees, {done.events} events"
        )
        self.stdout.write(f"{expire_unpaid_orders()} unpaid orders given up")
        if not (done.is_complete and look_through_account()):
            raise CommandError("Stripe did not answer; the rest is tried again later.")
