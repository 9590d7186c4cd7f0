"""Declare a sale made away from this site."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from oscar.apps.catalogue.models import Product
from oscar.apps.partner.models import StockRecord

from marketplace.core import thai
from marketplace.core.money import to_satang
from marketplace.ledger import services as ledger
from marketplace.ledger.models import Event
from marketplace.producers.models import Producer
from marketplace.provenance.models import IncomeKind, LineOrigin, OtopType
from marketplace.provenance.services import (
    LineFacts,
    NoVillageShare,
    freeze_origins,
    freeze_unlisted,
)
from shop.partner import services as stock
from shop.placing.services.listings import refresh_listings_later
from shop.stall import errors
from shop.stall.models import DeclaredSale, Receipt
from shop.stall.queries import first_day_to_tell, sale_of_form, sellable_records
from shop.stall.services.noting import note

MOST_PIECES = 9_999
MOST_SATANG = 1_000_000_000  # ten million baht: a slip of the finger, not a sale at a stall
LONGEST_TITLE = 255
LONGEST_NAME = 120
NOON = time(12, tzinfo=thai.BANGKOK)


@dataclass(frozen=True)
class Unlisted:
    """Something sold that is no product of this site: what it was, in the words of who tells."""

    title_th: str
    otop_type: str  # OtopType
    income_kind: str = IncomeKind.GOODS


class Declared(NamedTuple):
    """What `declare_sale` gives back; `is_new` is False when the form was sent before."""

    sale: DeclaredSale
    is_new: bool


def declare_sale(
    *,
    producer: Producer,
    product: Product | Unlisted,
    form_token: str,
    by: AbstractBaseUser | None,
    quantity: int = 1,
    amount_satang: int | None = None,
    channel: str = Event.Channel.STALL,
    sold_on: date | None = None,
    told_by: str = "",
    receipt: Receipt | None = None,
    as_officer: bool = False,
) -> Declared:
    """Record what a producer sold elsewhere; pieces of its own product leave the stock.

    `amount_satang` is for all pieces, the price of a product here unless said. `sold_on` is a day
    of this month, or of the one before while that is open; today unless said. `told_by` is whose
    word it is; an officer, whose right the caller has asked, names them. Credited to the product's
    villages of that day, else to the home village; apart from village income. The same form again,
    also at once: the first sale. Raises a subclass of CannotDeclare; nothing is stored then.
    """
    earlier = _earlier(producer, form_token)
    if earlier:
        return earlier
    today = thai.today()
    sale = DeclaredSale(
        producer=producer,
        **_what(product),
        quantity=quantity,
        amount_satang=amount_satang,
        channel=channel,
        sold_on=sold_on or today,
        told_by=thai.normalise(told_by),
        receipt=receipt,
        is_by_officer=as_officer,
        form_token=form_token,
        recorded_by=by,
    )
    _demand_sensible(sale, today)
    if isinstance(product, Unlisted):
        _demand_described(sale)
    try:
        with transaction.atomic():
            return _declared(sale)
    except (errors.CannotDeclare, IntegrityError):
        # The same form may have been sent twice, and its twin have come first.
        twin = _earlier(producer, form_token)
        if twin is None:
            raise
        return twin


def require_day_to_tell(day: date, today: date) -> None:
    """Raise NotYet, or MonthClosed for a day before the first that can still be told."""
    if day > today:
        raise errors.NotYet
    if day < today.replace(day=1) and day < first_day_to_tell(today):
        raise errors.MonthClosed(first_day_to_tell(today))


def _earlier(producer: Producer, form_token: str) -> Declared | None:
    sale = sale_of_form(producer, form_token)
    return Declared(sale, False) if sale else None


def _what(product: Product | Unlisted) -> dict:
    if isinstance(product, Product):
        return {"product": product}
    return {
        "title_th": thai.normalise(product.title_th),
        "otop_type": product.otop_type,
        "income_kind": product.income_kind,
        "is_counted": False,
    }


def _demand_sensible(sale: DeclaredSale, today: date) -> None:
    """Refuse what can be refused before anything is locked."""
    if not 1 <= sale.quantity <= MOST_PIECES:
        raise errors.WrongQuantity
    if sale.amount_satang is not None and not 1 <= sale.amount_satang <= MOST_SATANG:
        raise errors.WrongAmount
    if sale.channel not in Event.Channel.values:
        raise errors.WrongChannel
    if sale.is_by_officer and not sale.told_by:
        raise errors.WhoTold
    if len(sale.told_by) > LONGEST_NAME:
        raise errors.WrongTeller
    if sale.receipt and sale.receipt.producer_id != sale.producer_id:
        raise errors.WrongReceipt
    require_day_to_tell(sale.sold_on, today)


def _demand_described(sale: DeclaredSale) -> None:
    """Refuse what is no product here and is not told in full."""
    if not 1 <= len(sale.title_th) <= LONGEST_TITLE:
        raise errors.NameIt
    if sale.otop_type not in OtopType.values or sale.income_kind not in IncomeKind.values:
        raise errors.WrongType
    if sale.amount_satang is None:
        raise errors.WrongAmount


def _declared(sale: DeclaredSale) -> Declared:
    """Inside a transaction: stock, the sale, its origins, the ledger, in this order."""
    record = None if sale.is_unlisted else _taken_from_stock(sale)
    sale.save(force_insert=True)
    _record_in_ledger(sale)
    note("stall.declare", sale, sale.recorded_by, as_officer=sale.is_by_officer)
    if sale.is_counted and stock.sold_out_among([record.pk]).exists():
        refresh_listings_later({record.product.parent_id or record.product_id})
    return Declared(sale, True)


def _taken_from_stock(sale: DeclaredSale) -> StockRecord:
    """Take the pieces, and write down what they are called and cost; raises CannotDeclare."""
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
    return record


def _record_of(sale: DeclaredSale) -> StockRecord:
    """The stock record of what was sold; raises NotForSale, ChooseOption."""
    records = sellable_records(sale.producer).select_related("product__parent")
    record = records.filter(product=sale.product_id).first()
    if record is None:
        is_parent = sellable_records(sale.producer).filter(product__parent=sale.product_id)
        raise errors.ChooseOption if is_parent.exists() else errors.NotForSale
    return record


def _record_in_ledger(sale: DeclaredSale) -> None:
    ledger.record_declared_sale(
        ledger.DeclaredSaleFacts(
            reference=str(sale.pk),
            channel=sale.channel,
            occurred_at=_moment(sale),
            amount_satang=sale.amount_satang,
            shares=tuple(
                ledger.SoldShare(one.pk, None, one.producer_id, one.village_code, one.amount_satang)
                for one in _origins_of(sale)
            ),
            actor_id=sale.recorded_by_id,
        )
    )


def _origins_of(sale: DeclaredSale) -> Sequence[LineOrigin]:
    """Freeze where it was made; raises NotYetOfVillage."""
    facts = {
        "declared_sale_id": sale.pk,
        "quantity": sale.quantity,
        "amount_satang": sale.amount_satang,
        "channel": sale.channel,
    }
    if sale.is_unlisted:
        told = {name: getattr(sale, name) for name in ("title_th", "otop_type", "income_kind")}
        return [freeze_unlisted(producer=sale.producer, day=sale.sold_on, **facts, **told)]
    line = LineFacts(line_id=None, product_id=sale.product_id, **facts)
    try:
        return freeze_origins(lines=[line], day=sale.sold_on)
    except NoVillageShare as error:
        raise errors.NotYetOfVillage from error


def _moment(sale: DeclaredSale) -> datetime:
    """When it was told, if on the same day; noon of an earlier day, since nobody knows the hour."""
    if sale.sold_on == thai.bangkok_day(sale.recorded_at):
        return sale.recorded_at
    return datetime.combine(sale.sold_on, NOON)
