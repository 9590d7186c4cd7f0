"""Closed fiscal years with packs, for tests: two years of sales, closed month by month."""

from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from marketplace.core import worker
from marketplace.ledger import services
from marketplace.ledger.models import Event
from marketplace.ledger.periods import months_between, year_period
from shop.yearpacks import files
from shop.yearpacks import services as packs
from shop.yearpacks.models import PackDraft
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig
from tests.marketplace.ledger.two_years import make_two_years
from tests.shop.bookkeeping.desk import keeper

YEAR = 2568
PERIOD = year_period(YEAR)
SEPTEMBER = date(2026, 9, 1)  # the last month of the year after
PUI = "50010811"
IN_SEPTEMBER = datetime(2025, 9, 20, 5, tzinfo=UTC)
AFTER_THE_YEAR = datetime(2025, 10, 7, 5, tzinfo=UTC)
LATE = datetime(2026, 10, 6, 5, tzinfo=UTC)  # when all months of both years are closed


def make_closed_years(seed=11, orders=40):
    """Two years of mixed sales, some taken back after the first ended; every month closed."""
    [maker, *_] = make_two_years(seed, orders)
    code = maker.home_village_id
    sale = rig.sell_in({code: 70_000}, at=IN_SEPTEMBER, producer=maker)
    rig.refund(sale, {sale.shares[0].line_id: 12_345}, at=AFTER_THE_YEAR)
    told = rig.declare_in({code: 5_000}, maker, at=IN_SEPTEMBER)
    rig.take_back(told, at=AFTER_THE_YEAR)
    close_until(SEPTEMBER)
    services.seal_events()


def make_small_year():
    """One sale in the year, all its months closed."""
    weavers = make_producer(make_village(PUI))
    sale = rig.sell_in({PUI: 10_000}, at=IN_SEPTEMBER, producer=weavers)
    services.close_month(IN_SEPTEMBER.date())
    return sale


def close_until(last):
    first = Event.objects.order_by("day").first().day.replace(day=1)
    for month in months_between(first, last):
        services.close_month(month)


def made(draft):
    """The draft after the worker was at it."""
    worker.run_ready_jobs()
    draft.refresh_from_db()
    return draft


def draft_of(year=YEAR, by=None):
    return made(packs.start_pack(year, by=by or keeper()))


def signed(draft, by=None):
    return packs.sign(draft, sha256=draft.sha256, by=by or keeper())


def ready_draft(by=None, content=b"a pack", **facts):
    """A draft as the worker leaves it, without the minute of making one."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "pack.zip"
        path.write_bytes(content)
        sha256 = files.hash_at(path)
        files.store(path, sha256)
    known = {"sha256": sha256, "tables_sha256": "a" * 64, "size_bytes": len(content)}
    known |= {"state": "ready", "up_to_seal": 0, "made_at": LATE, "beat_at": LATE}
    known |= {"fiscal_year_be": YEAR, "number": 0, "facts": FACTS}
    return PackDraft.objects.create(made_by=by or keeper(), **(known | facts))


FACTS = {
    **{"income_satang": 1_234_500, "declared_satang": 0, "villages": 6, "villages_selling": 2},
    "rows": {"events": 4, "differences": 3},
}


def stored_at(sha256):
    return settings.PRIVATE_ROOT / "year-packs" / f"{sha256}.zip"
