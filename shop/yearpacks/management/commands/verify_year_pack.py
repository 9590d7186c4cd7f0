from django.core.management.base import BaseCommand, CommandError

from shop.yearpacks.models import YearPack
from shop.yearpacks.verification import verify_pack

MOST_TOLD = 50


class Command(BaseCommand):
    help = "Prove signed fiscal-year packs: file, manifest, and the ledger reckoned anew."

    def add_arguments(self, parser) -> None:
        parser.add_argument("year", type=int, nargs="?", help="2569; all years without it")
        parser.add_argument("--number", type=int, help="0 the pack, 1 an amendment; else all")

    def handle(self, *args, year, number, **options) -> None:
        packs = YearPack.objects.select_related("before").order_by("fiscal_year_be", "number")
        if year is not None:
            packs = packs.filter(fiscal_year_be=year)
        if number is not None:
            packs = packs.filter(number=number)
        wrong = sum(self.differences(pack) for pack in packs)
        if wrong:
            raise CommandError(f"{wrong} differences.")
        if not packs:
            raise CommandError("There is no such signed pack.")

    def differences(self, pack: YearPack) -> int:
        count = 0
        for count, line in enumerate(verify_pack(pack), start=1):
            if count <= MOST_TOLD:
                self.stdout.write(f"{pack.stem}: {line}")
        if not count:
            self.stdout.write(f"{pack.stem}: whole, {pack.sha256}")
        return count
