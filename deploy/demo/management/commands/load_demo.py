"""Fill an empty, migrated database with the demo's villages, products, stories and sales."""

import time

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from deploy.demo.loading import (
    communities,
    content,
    desks,
    fees,
    makers,
    orders,
    people,
    shelves,
    year_packs,
)
from deploy.demo.vocabulary.desks import DESKS
from marketplace.core import thai
from marketplace.ledger.public_totals import count_public_totals
from marketplace.villages.models import Village

# Sales go back fourteen months; everything else was there the day before the first.
MONTHS_OF_SALES = 14


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options) -> None:
        if Village.objects.exists():
            raise CommandError("This database has villages already; start over with --fresh.")
        self.started = time.monotonic()
        first_day = orders.first_day(thai.today(), MONTHS_OF_SALES)
        call_command("import_places", verbosity=0)
        self._say("77 provinces, 928 amphoe, 7,436 tambon")
        communities.load_programmes()
        villages = communities.load_villages()
        routes = communities.load_routes(villages, since=first_day)
        self._say(f"{len(villages)} villages, {len(routes)} routes")
        producers = makers.load_producers(villages, since=first_day)
        staff = people.load_people(producers)
        self._say(f"{len(producers)} producers, their members, and staff")
        days = orders.spread_days(first_day)
        products = shelves.load_products(producers, days, staff.curator)
        self._say(f"{len(products)} products")
        stories = content.load_content(villages, producers)
        self._say(f"{stories} stories, home page, routes")
        fees.load_fee_rules(since=first_day)
        paid, refunded = orders.load_orders(products, first_day)
        to_pack = sum(
            orders.load_orders_to_pack(producers[desk.producer_key], desk.orders) for desk in DESKS
        )
        count_public_totals()
        self._say(
            f"{paid} paid orders, {refunded} of them partly refunded; {to_pack} more to be packed"
        )
        pack = year_packs.load_year_pack(made_by=staff.finance, signed_by=staff.administrator)
        self._say(f"fiscal year {pack.fiscal_year_be}: months closed, pack made and signed")
        waiting = desks.load_desks(producers, staff.curator)
        self._say(f"{waiting} products and changes wait for review")

    def _say(self, what: str) -> None:
        self.stdout.write(f"{time.monotonic() - self.started:5.1f} s  {what}")
