from shop.bookkeeping.models.corrections import Correction, CorrectionDecision

__all__ = ["Correction", "CorrectionDecision"]
