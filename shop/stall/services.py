"""Declare a sale made away from this site, and take it back. The only writers of DeclaredSale.

Locks: stock first, then what is recorded, then the ledger's month; as an order does.
"""

from datetime import date, datetime, time
from typing import NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone
from oscar.apps.catalogue.models import Product
from oscar.apps.partner.models import StockRecord

from marketplace.core import audit, thai
from marketplace.core.money import to_satang
from marketplace.ledger import services as ledger
from marketplace.ledger.models import Event
from marketplace.producers.models import Producer
from marketplace.producers.permissions import on_behalf_of
from marketplace.provenance.services import LineFacts, NoVillageShare, freeze_origins
from shop.partner import services as stock
from shop.placing.services.listings import refresh_listings_later
from shop.stall import errors
from shop.stall.models import DeclaredSale
from shop.stall.queries import sellable_records

MOST_PIECES = 9_999
MOST_SATANG = 1_000_000_000  # ten million baht: a slip of the finger, not a sale at a stall
NOON = time(12, tzinfo=thai.BANGKOK)


class Declared(NamedTuple):
    """What `declare_sale` gives back; `is_new` is False when the form was sent before."""

    sale: DeclaredSale
    is_new: bool


def declare_sale(
    *,
    producer: Producer,
    product: Product,
    form_token: str,
    by: AbstractBaseUser | None,
    quantity: int = 1,
    amount_satang: int | None = None,
    channel: str = Event.Channel.STALL,
    sold_on: date | None = None,
) -> Declared:
    """Take pieces of one's own product out of stock and record what they brought elsewhere.

    `amount_satang` is for all pieces, their price here unless said; `sold_on` a day of this month,
    today unless said. Credited to the product's villages of that day, apart from village income.
    The same form again, also at once: the first sale. Raises a subclass of CannotDeclare; nothing
    is stored then.
    """
    earlier = _earlier(producer, form_token)
    if earlier:
        return earlier
    today = thai.today()
    sale = DeclaredSale(
        producer=producer,
        product=product,
        quantity=quantity,
        amount_satang=amount_satang,
        channel=channel,
        sold_on=sold_on or today,
        form_token=form_token,
        recorded_by=by,
    )
    _demand_sensible(sale, today)
    try:
        with transaction.atomic():
            return _declared(sale)
    except (errors.CannotDeclare, IntegrityError):
        # The same form may have been sent twice, and its twin have come first.
        twin = _earlier(producer, form_token)
        if twin is None:
            raise
        return twin


def take_back(*, sale: DeclaredSale, by: AbstractBaseUser | None) -> bool:
    """Undo a declared sale as a whole: stock and ledger; True if this call did it.

    The pieces come back if they were counted out and are still counted, but for a single piece
    that was entered again meanwhile; `sale.pieces_back` says how many did. The ledger gets the
    mirror of the sale, dated today. Taken back before: False, nothing changes.
    """
    now = timezone.now()
    with transaction.atomic():
        record = _locked_record(sale)
        mine = DeclaredSale.objects.filter(pk=sale.pk, taken_back_at=None)
        if not mine.update(taken_back_at=now, taken_back_by=by):
            return False
        pieces_back = stock.return_stock(record.pk, sale.quantity) if record else 0
        if pieces_back:
            refresh_listings_later({record.product.parent_id or record.product_id})
        reversal = ledger.DeclaredReversalFacts(str(sale.pk), now, getattr(by, "pk", None))
        ledger.record_declared_reversal(reversal)
        _note("stall.take_back", sale, by)
    sale.taken_back_at, sale.taken_back_by, sale.pieces_back = now, by, pieces_back
    return True


def _earlier(producer: Producer, form_token: str) -> Declared | None:
    sale = DeclaredSale.objects.filter(producer=producer, form_token=form_token).first()
    return Declared(sale, False) if sale else None


def _demand_sensible(sale: DeclaredSale, today: date) -> None:
    """Refuse what can be refused before anything is locked."""
    if not 1 <= sale.quantity <= MOST_PIECES:
        raise errors.WrongQuantity
    if sale.amount_satang is not None and not 1 <= sale.amount_satang <= MOST_SATANG:
        raise errors.WrongAmount
    if sale.channel not in Event.Channel.values:
        raise errors.WrongChannel
    if not today.replace(day=1) <= sale.sold_on <= today:
        raise errors.WrongDay


def _declared(sale: DeclaredSale) -> Declared:
    """Inside a transaction: stock, the sale, its origins, the ledger, in this order."""
    record = _record_of(sale)
    sale.is_counted = record.num_in_stock is not None
    if sale.is_counted and not stock.take_stock(record.pk, sale.quantity):
        record.refresh_from_db()
        raise errors.NotEnoughLeft(max(0, record.net_stock_level))
    if sale.amount_satang is None:
        sale.amount_satang = to_satang(record.price) * sale.quantity
    product = record.product
    sale.title_th = (product.parent or product).title
    sale.option_title_th = product.title if product.is_child else ""
    sale.save(force_insert=True)
    _record_in_ledger(sale)
    _note("stall.declare", sale, sale.recorded_by)
    if sale.is_counted and stock.sold_out_among([record.pk]).exists():
        refresh_listings_later({product.parent_id or product.pk})
    return Declared(sale, True)


def _record_of(sale: DeclaredSale) -> StockRecord:
    """The stock record of what was sold; raises NotForSale, ChooseOption."""
    records = sellable_records(sale.producer).select_related("product__parent")
    record = records.filter(product=sale.product_id).first()
    if record is None:
        is_parent = sellable_records(sale.producer).filter(product__parent=sale.product_id)
        raise errors.ChooseOption if is_parent.exists() else errors.NotForSale
    return record


def _locked_record(sale: DeclaredSale) -> StockRecord | None:
    """The stock that a sale was counted out of, locked; None where there is nothing to put back."""
    if not sale.is_counted or sale.product_id is None:
        return None
    records = StockRecord.objects.select_for_update(of=("self",)).select_related("product")
    return records.filter(
        product=sale.product_id, partner=sale.producer.partner_id, num_in_stock__isnull=False
    ).first()


def _record_in_ledger(sale: DeclaredSale) -> None:
    line = LineFacts(
        line_id=None,
        declared_sale_id=sale.pk,
        product_id=sale.product_id,
        quantity=sale.quantity,
        amount_satang=sale.amount_satang,
        channel=sale.channel,
    )
    try:
        origins = freeze_origins(lines=[line], day=sale.sold_on)
    except NoVillageShare as error:
        raise errors.NotYetOfVillage from error
    ledger.record_declared_sale(
        ledger.DeclaredSaleFacts(
            reference=str(sale.pk),
            channel=sale.channel,
            occurred_at=_moment(sale),
            amount_satang=sale.amount_satang,
            shares=tuple(
                ledger.SoldShare(one.pk, None, one.producer_id, one.village_code, one.amount_satang)
                for one in origins
            ),
            actor_id=sale.recorded_by_id,
        )
    )


def _moment(sale: DeclaredSale) -> datetime:
    """When it was told, if on the same day; noon of an earlier day, since nobody knows the hour."""
    if sale.sold_on == thai.bangkok_day(sale.recorded_at):
        return sale.recorded_at
    return datetime.combine(sale.sold_on, NOON)


def _note(act: str, sale: DeclaredSale, by: AbstractBaseUser | None) -> None:
    audit.note(
        actor=by,
        act=act,
        target=f"declared-sale:{sale.pk}",
        on_behalf_of=on_behalf_of(by, sale.producer),
        amount_satang=sale.amount_satang,
        quantity=sale.quantity,
    )
