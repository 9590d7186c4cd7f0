from shop.bookkeeping.models.corrections import Correction, CorrectionDecision
from shop.bookkeeping.models.payouts import PayoutAgreement, PayoutEnd, PayoutLine, PayoutList

__all__ = [
    "Correction",
    "CorrectionDecision",
    "PayoutAgreement",
    "PayoutEnd",
    "PayoutLine",
    "PayoutList",
]
