from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from oscar.apps.order.models import Order

from marketplace.core import money
from marketplace.core.errors import DomainError
from shop.payments.services import refund_lines, refundable


class Command(BaseCommand):
    help = "Give money of an order back; without --line, --delivery or --all show what can be"

    def add_arguments(self, parser):
        parser.add_argument("order_number")
        parser.add_argument("--by", help="e-mail of the member of staff who decides")
        parser.add_argument("--reason", default="")
        parser.add_argument("--all", action="store_true", help="everything that is left")
        parser.add_argument(
            "--line", action="append", default=[], metavar="LINE[:SATANG]", help="of an order line"
        )
        parser.add_argument(
            "--delivery",
            action="append",
            default=[],
            metavar="PRODUCER[:SATANG]",
            help="of the delivery of a producer's parcel",
        )

    def handle(self, *args, order_number, line, delivery, reason, by, **options):
        order = Order.objects.filter(number=order_number).first()
        if order is None:
            raise CommandError(f"There is no order {order_number}.")
        left = refundable(order)
        lines, sending = self._asked(line, left.lines), self._asked(delivery, left.delivery)
        if options["all"]:
            lines, sending = left.lines, left.delivery
        if not (lines or sending):
            self._show(left)
            return
        try:
            refund = refund_lines(
                order, lines=lines, delivery=sending, by=self._staff(by), reason=reason
            )
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{refund}: {money.format_baht(refund.amount_satang)}")

    def _asked(self, words: list[str], left: dict[int, int]) -> dict[int, int]:
        """Read `12` (all that is left of it) and `12:500`."""
        asked = {}
        for word in words:
            key, _, amount = word.partition(":")
            if not key.isdigit() or (amount and not amount.isdigit()):
                raise CommandError(f"{word}: write an id, or an id, a colon and satang.")
            asked[int(key)] = int(amount) if amount else left.get(int(key), 0)
        return asked

    def _staff(self, email: str | None):
        person = get_user_model().objects.filter(email=email, is_staff=True, is_active=True).first()
        if person is None:
            raise CommandError("--by must be the e-mail of an active member of staff.")
        return person

    def _show(self, left) -> None:
        for line_id, amount in left.lines.items():
            self.stdout.write(f"line {line_id}: {money.format_baht(amount)}")
        for producer_id, amount in left.delivery.items():
            self.stdout.write(f"delivery {producer_id}: {money.format_baht(amount)}")
