"""Take a declared sale back, as a whole and once."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from oscar.apps.partner.models import StockRecord

from marketplace.core.row_changes import tidy_reason
from marketplace.ledger import services as ledger
from shop.partner import services as stock
from shop.placing.services.listings import refresh_listings_later
from shop.stall.models import DeclaredSale
from shop.stall.services.noting import note


def take_back(
    *,
    sale: DeclaredSale,
    by: AbstractBaseUser | None,
    reason: str = "",
    as_officer: bool = False,
) -> bool:
    """Undo a declared sale as a whole: stock and ledger; True if this call did it.

    The pieces come back if they were counted out and are still counted, but for a single piece
    that was entered again meanwhile; `sale.pieces_back` says how many did. The ledger gets the
    mirror of the sale, dated today. Taken back before: False, nothing changes.
    An officer says why, or ReasonRequired is raised.
    """
    reason = tidy_reason(reason, is_required=as_officer)
    now = timezone.now()
    with transaction.atomic():
        record = _locked_record(sale)
        mine = DeclaredSale.objects.filter(pk=sale.pk, taken_back_at=None)
        if not mine.update(taken_back_at=now, taken_back_by=by, taken_back_reason=reason):
            return False
        pieces_back = stock.return_stock(record.pk, sale.quantity) if record else 0
        if pieces_back:
            refresh_listings_later({record.product.parent_id or record.product_id})
        reversal = ledger.DeclaredReversalFacts(str(sale.pk), now, getattr(by, "pk", None))
        ledger.record_declared_reversal(reversal)
        note("stall.take_back", sale, by, as_officer=as_officer)
    sale.taken_back_at, sale.taken_back_by, sale.pieces_back = now, by, pieces_back
    sale.taken_back_reason = reason
    return True


def _locked_record(sale: DeclaredSale) -> StockRecord | None:
    """The stock that a sale was counted out of, locked; None where there is nothing to put back."""
    if not sale.is_counted or sale.product_id is None:
        return None
    records = StockRecord.objects.select_for_update(of=("self",)).select_related("product")
    return records.filter(
        product=sale.product_id, partner=sale.producer.partner_id, num_in_stock__isnull=False
    ).first()
