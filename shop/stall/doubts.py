"""What sounds odd of a sale that is being told: said, confirmed, and never a refusal."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from oscar.apps.catalogue.models import Product

from marketplace.core import thai
from marketplace.core.templatetags.thai import baht, thai_date
from marketplace.producers.models import Producer
from shop.stall.models import DeclaredSale
from shop.stall.services import Unlisted

FAR_BACK_DAYS = 21
USUAL_DAYS = 365
FEWEST_SALES = 3
TIMES_USUAL = 10


@dataclass(frozen=True)
class Doubts:
    """Sentences for people. `key` names them and what they are about: that is what is confirmed."""

    sentences: tuple[str, ...]
    key: str


def doubts_about(
    *, producer: Producer, what: Product | Unlisted, amount_satang: int, sold_on: date
) -> Doubts | None:
    """What somebody should look at once more before a sale is stored; None where nothing is odd.

    Three statements.
    """
    sales = producer.declared_sales.filter(taken_back_at=None)
    found = {
        "much": _much(sales, amount_satang),
        "again": _again(sales, what, amount_satang, sold_on),
        "far": _far_back(sold_on),
    }
    sentences = tuple(sentence for sentence in found.values() if sentence)
    if not sentences:
        return None
    named = [name for name, sentence in found.items() if sentence]
    facts = [*named, str(_name_of(what)), amount_satang, str(sold_on)]
    key = hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32]
    return Doubts(sentences, key)


def usual_satang(sales: QuerySet[DeclaredSale]) -> int | None:
    """The middle one of a producer's declared amounts of a year, rounded down; None below three."""
    since = thai.today() - timedelta(days=USUAL_DAYS)
    amounts = sales.filter(sold_on__gt=since).order_by("amount_satang")
    count = amounts.count()
    if count < FEWEST_SALES:
        return None
    middle = amounts.values_list("amount_satang", flat=True)[(count - 1) // 2 : count // 2 + 1]
    return sum(middle) // len(middle)


def _much(sales: QuerySet[DeclaredSale], amount_satang: int) -> str:
    usual = usual_satang(sales)
    if usual is None or amount_satang <= TIMES_USUAL * usual:
        return ""
    words = _("%(amount)s is more than ten times the usual amount, about %(usual)s.")
    return words % {"amount": baht(amount_satang), "usual": baht(usual)}


def _again(
    sales: QuerySet[DeclaredSale], what: Product | Unlisted, amount_satang: int, sold_on: date
) -> str:
    same = sales.filter(amount_satang=amount_satang, sold_on=sold_on, **_same(what))
    if not same.exists():
        return ""
    words = _("The same thing for the same %(amount)s on %(day)s is written down already.")
    return words % {"amount": baht(amount_satang), "day": thai_date(sold_on)}


def _far_back(sold_on: date) -> str:
    if sold_on >= thai.today() - timedelta(days=FAR_BACK_DAYS):
        return ""
    return _("%(day)s is more than three weeks ago.") % {"day": thai_date(sold_on, "long")}


def _same(what: Product | Unlisted) -> dict:
    if isinstance(what, Product):
        return {"product": what}
    return {"product": None, "title_th": _name_of(what)}


def _name_of(what: Product | Unlisted) -> int | str:
    return what.pk if isinstance(what, Product) else thai.normalise(what.title_th)
