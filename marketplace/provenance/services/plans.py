"""What a product is to become: its facts as one value, and the rules about each of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.core.files import File
from oscar.apps.catalogue.models import Category

from marketplace.core import thai
from marketplace.core.money import PPM
from marketplace.producers.models import Producer
from marketplace.provenance import roles
from marketplace.provenance.models import IncomeKind, OtopType, Provenance, Quadrant, StockKind
from marketplace.provenance.services import errors
from marketplace.provenance.services.shares import checked_shares

TITLE_MAX_LENGTH = 255
SHORT_TEXT_MAX_LENGTH = 200
DESCRIPTION_MAX_LENGTH = 20_000
PRICE_MAX_SATANG = 10**12 - 1
STOCK_MAX = 1_000_000

Picture = str | Path | File
"""A name already in the storage (pictures may be shared), a file to copy there, or its content."""


@dataclass(frozen=True)
class OptionPlan:
    """One size, colour, pattern, pack or piece, with its own price and stock."""

    title_th: str
    title_en: str = ""
    price_satang: int | None = None
    quantity: int | None = None
    picture: Picture | None = None


@dataclass(frozen=True)
class ProductPlan:
    """A product to be made; the same words as `create_product`."""

    producer: Producer
    title_th: str
    otop_type: str
    price_satang: int | None = None
    stock_kind: str = StockKind.IN_STOCK
    quantity: int | None = None
    lead_days: int = 0
    season_months: Sequence[int] = ()
    title_en: str = ""
    description_th: str = ""
    description_en: str = ""
    materials_th: str = ""
    materials_en: str = ""
    technique_th: str = ""
    technique_en: str = ""
    categories: Sequence[Category | int] = ()
    options: Sequence[OptionPlan] = ()
    shares: dict[str, int] | None = None
    shares_since: date | None = None
    weight_grams: int = 500
    quadrant: str = Quadrant.D
    income_kind: str = IncomeKind.GOODS
    otop_code: str | None = None
    is_alcoholic: bool | None = None  # None: what its names say
    pictures: Sequence[Picture] = ()


def checked_plan(plan: ProductPlan) -> ProductPlan:
    """The plan with tidy texts; raises when one of its facts cannot be stored."""
    OtopType(plan.otop_type), StockKind(plan.stock_kind), Quadrant(plan.quadrant)
    IncomeKind(plan.income_kind)
    if plan.stock_kind == StockKind.MADE_TO_ORDER and not 1 <= plan.lead_days <= 365:
        raise errors.InvalidLeadDays
    if any(month not in range(1, 13) for month in plan.season_months):
        raise errors.InvalidSeason
    for priced in (plan, *plan.options):
        checked_price(priced.price_satang)
        counted_quantity(plan, priced.quantity)
    shares = plan.shares
    if shares is None:
        shares = {plan.producer.home_village_id: PPM}
    elif shares:
        checked_shares(shares)
    return ProductPlan(**{**vars(plan), **_tidy_texts(plan), "shares": shares})


def class_slug(stock_kind: str, income_kind: str) -> str:
    """The one place where what we say about stock becomes Oscar's product class."""
    if income_kind != IncomeKind.GOODS:
        return roles.VISIT
    return roles.TO_ORDER if stock_kind == StockKind.MADE_TO_ORDER else roles.TRACKED


def counted_quantity(plan: ProductPlan, quantity: int | None) -> int | None:
    """The number Oscar counts down, None where stock is not counted."""
    if class_slug(plan.stock_kind, plan.income_kind) != roles.TRACKED:
        return None
    return checked_quantity(plan.stock_kind, quantity)


def checked_quantity(stock_kind: str, quantity: int | None) -> int:
    """A number in stock that may be stored; raises InvalidStock for another."""
    is_one_piece = stock_kind == StockKind.ONE_PIECE
    if quantity is None:
        return 1 if is_one_piece else 0
    if not isinstance(quantity, int) or not 0 <= quantity <= STOCK_MAX:
        raise errors.InvalidStock
    if is_one_piece and quantity > 1:
        raise errors.OnePieceOnly
    return quantity


def checked_price(price_satang: int | None) -> int | None:
    if price_satang is not None and not 1 <= price_satang <= PRICE_MAX_SATANG:
        raise errors.InvalidPrice
    return price_satang


def checked_title(title: str) -> str:
    title = thai.normalise(title)
    if not 0 < len(title) <= TITLE_MAX_LENGTH:
        raise errors.InvalidTitle
    return title


def checked_text(text: str, longest: int, *, keep_lines: bool = False) -> str:
    text = thai.normalise(text, keep_lines=keep_lines)
    if len(text) > longest:
        raise errors.InvalidText
    return text


def require_free_codes(codes: Iterable[str | None]) -> None:
    """Raise CodeTaken when an OTOP code is used already or twice in the list."""
    codes = [code for code in codes if code]
    if len(codes) != len(set(codes)) or Provenance.objects.filter(otop_code__in=codes).exists():
        raise errors.CodeTaken


def _tidy_texts(plan: ProductPlan) -> dict:
    shorts = ("materials_th", "materials_en", "technique_th", "technique_en")
    return {
        "title_th": checked_title(plan.title_th),
        "title_en": checked_text(plan.title_en, TITLE_MAX_LENGTH),
        "description_th": _description(plan.description_th),
        "description_en": _description(plan.description_en),
        "otop_code": checked_text(plan.otop_code or "", 20) or None,
        **{name: checked_text(getattr(plan, name), SHORT_TEXT_MAX_LENGTH) for name in shorts},
        "options": [
            OptionPlan(
                **{
                    **vars(option),
                    "title_th": checked_title(option.title_th),
                    "title_en": checked_text(option.title_en, TITLE_MAX_LENGTH),
                }
            )
            for option in plan.options
        ],
    }


def _description(text: str) -> str:
    return checked_text(text, DESCRIPTION_MAX_LENGTH, keep_lines=True)
