"""What decides every byte of a pack, beside the ledger: its year, its number, what was known."""

from dataclasses import dataclass
from datetime import date, datetime

from marketplace.ledger.periods import Period, year_period
from shop.yearpacks.models import PackDraft, YearPack


@dataclass(frozen=True)
class Scope:
    """`after_seal` is up to where the pack that this one amends knew; 0 for the pack itself, which
    tells all that became known."""

    fiscal_year_be: int
    number: int
    reason: str
    made_at: datetime
    after_seal: int
    up_to_seal: int
    root_day: date | None
    before_sha256: str

    @property
    def year(self) -> Period:
        return year_period(self.fiscal_year_be)

    @property
    def is_amendment(self) -> bool:
        return self.number > 0


def scope_of(pack: PackDraft | YearPack) -> Scope:
    """At most one statement, for what an amendment is held against."""
    before = pack.before
    return Scope(
        fiscal_year_be=pack.fiscal_year_be,
        number=pack.number,
        reason=pack.reason,
        made_at=pack.made_at,
        after_seal=before.up_to_seal if before else 0,
        up_to_seal=pack.up_to_seal,
        root_day=pack.root_day,
        before_sha256=before.sha256 if before else "",
    )
