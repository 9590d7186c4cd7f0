"""What the desk and the public page show of packs, and what must be so before one is made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min

from marketplace.core import thai
from marketplace.ledger.models import Event, MonthClose
from marketplace.ledger.periods import month_label, next_month, year_label, year_period
from marketplace.ledger.queries import Figures, Level
from marketplace.ledger.queries.later import later_sums
from shop.yearpacks.models import PackDraft, YearPack
from shop.yearpacks.rows import COMPARED


@dataclass(frozen=True)
class YearRow:
    """A fiscal year since the first event: its open months, what is made, what was signed."""

    fiscal_year_be: int
    open_months: tuple[date, ...]
    draft: PackDraft | None
    packs: tuple[YearPack, ...]  # the pack first, then its amendments

    @property
    def label(self) -> str:
        return year_label(self.fiscal_year_be)

    @property
    def may_be_made(self) -> bool:
        return not (self.open_months or self.draft or self.packs)

    @property
    def may_be_amended(self) -> bool:
        return bool(self.packs) and not self.draft


def year_rows() -> list[YearRow]:
    """Each fiscal year since the first event or pack, the newest first; four statements."""
    closed = MonthClose.objects.aggregate(first=Min("month"), last=Max("month"))
    first = Event.objects.aggregate(first=Min("day"))["first"]
    drafts = {one.fiscal_year_be: one for one in PackDraft.objects.select_related("made_by")}
    packs = list(YearPack.objects.select_related("made_by", "signed_by").order_by("number"))
    known = [thai.fiscal_year_be(day) for day in (closed["first"], first) if day]
    known += [*drafts, *(pack.fiscal_year_be for pack in packs)]
    if not known:
        return []
    years = range(max(*known, thai.fiscal_year_be(thai.today())), min(known) - 1, -1)
    return [
        YearRow(
            fiscal_year_be=year,
            open_months=tuple(_open_months(year, closed["last"])),
            draft=drafts.get(year),
            packs=tuple(pack for pack in packs if pack.fiscal_year_be == year),
        )
        for year in years
    ]


def open_months(fiscal_year_be: int) -> list[date]:
    """Months of the year in which something may still be recorded; one statement.

    A closed month closes all before it, so that a market that began in the middle of a year has a
    first pack too.
    """
    return _open_months(fiscal_year_be, MonthClose.objects.aggregate(last=Max("month"))["last"])


def _open_months(fiscal_year_be: int, last_closed: date | None) -> list[date]:
    months = year_period(fiscal_year_be).months
    if last_closed is None:
        return months
    return [month for month in months if month >= next_month(last_closed)]


def span_words(months: Sequence[date]) -> str:
    """Months that follow each other, as one sees them: ตุลาคม 2568 – กันยายน 2569."""
    ends = dict.fromkeys((months[0], months[-1])) if months else ()
    return " – ".join(month_label(month) for month in ends)


def has_closed_months(fiscal_year_be: int) -> bool:
    return MonthClose.objects.filter(month__in=year_period(fiscal_year_be).months).exists()


def latest_pack(fiscal_year_be: int) -> YearPack | None:
    """The last signed of a year: its pack, or the last amendment; one statement."""
    return YearPack.objects.filter(fiscal_year_be=fiscal_year_be).order_by("-number").first()


def has_differences(pack: YearPack, upto: int) -> bool:
    """Whether any village's year is another than it was signed, by what is sealed up to `upto`."""
    year = year_period(pack.fiscal_year_be)
    sums = later_sums(year, pack.up_to_seal, upto, Level.VILLAGE)
    return any(_differs(Figures(**measures)) for measures in sums.values())


def _differs(figures: Figures) -> bool:
    return any(getattr(figures, name) for name in COMPARED)


def signed_packs() -> Iterable[YearPack]:
    """What the public may know of, the newest year first; no names are read."""
    shown = ("fiscal_year_be", "number", "sha256", "tables_sha256", "signed_as", "signed_at")
    return YearPack.objects.only(*shown).order_by("-fiscal_year_be", "number")
