"""Facts, what is added up from them, and what closes and seals them."""

from marketplace.ledger.models.closing import MonthClose
from marketplace.ledger.models.facts import Account, Event, Transfer
from marketplace.ledger.models.rollups import (
    AreaMonth,
    ProducerMonth,
    ProvinceGroup,
    ProvinceMix,
    PublicTotal,
    Rebuild,
)
from marketplace.ledger.models.seals import DayRoot, Seal

__all__ = [
    "Account",
    "AreaMonth",
    "DayRoot",
    "Event",
    "MonthClose",
    "ProducerMonth",
    "ProvinceGroup",
    "ProvinceMix",
    "PublicTotal",
    "Rebuild",
    "Seal",
    "Transfer",
]
