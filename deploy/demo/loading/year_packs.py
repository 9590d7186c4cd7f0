"""The last fiscal year as it was reported: its months closed, its pack made and signed by two."""

from marketplace.core import thai, worker
from marketplace.ledger import services as ledger
from marketplace.ledger.models import Event
from marketplace.ledger.periods import months_between, year_period
from shop.yearpacks import services as packs
from shop.yearpacks.models import YearPack


def load_year_pack(*, made_by, signed_by) -> YearPack:
    """Close all months until the end of the last fiscal year that is over, and sign its pack.

    Sales go back for more than a year, so there always is one; it may be a part of a year, as of a
    market that began in the middle of it. The worker's own job makes it, here and now.
    """
    year_be = thai.fiscal_year_be(thai.today()) - 1
    earliest = Event.objects.order_by("day").first().day
    for month in months_between(earliest, year_period(year_be).last):
        ledger.close_month(month, by=made_by)
    draft = packs.start_pack(year_be, by=made_by)
    worker.run_ready_jobs(which=worker.LONG_JOBS)
    draft.refresh_from_db()
    return packs.sign(draft, sha256=draft.sha256, by=signed_by)
