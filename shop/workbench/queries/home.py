"""What waits for somebody in a producer's workbench, as rows that each lead to the thing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, F, Min, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from oscar.apps.catalogue.models import Product
from oscar.apps.partner.models import StockRecord

from marketplace.core import thai
from marketplace.core.templatetags.thai import thai_date
from marketplace.ledger.periods import month_period
from marketplace.producers.models import Producer
from marketplace.producers.permissions import Act
from marketplace.provenance.models import ProductChange, Provenance, StockKind
from search.requests import MAX_WORDS_LENGTH
from shop.parcels.queries import open_parcels
from shop.workbench.queries.income import month_of
from shop.workbench.queries.owed import Month

LOW_STOCK = 2
MOST_ROWS = 5
MOST_LOW = 99
REFUSAL_SHOWN = timedelta(days=30)


@dataclass(frozen=True)
class Task:
    """One thing to do. `words_th` is Thai whatever the language of the page."""

    icon: str
    title: str
    url: str
    words: str = ""
    words_th: str = ""
    title_is_thai: bool = False
    is_urgent: bool = False


def tasks_of(producer: Producer, acts: frozenset[Act]) -> list[Task]:
    """What somebody with these rights has to do, the most urgent first; one statement a kind."""
    found: list[Task] = []
    if Act.PACK_ORDERS in acts:
        found += _to_pack(producer)
    if Act.EDIT_PRODUCTS in acts:
        found += [*_refused(producer), *_refused_changes(producer), *_drafts(producer)]
    if Act.CHANGE_STOCK in acts:
        found += _running_out(producer)
    if Act.EDIT_STOREFRONT in acts:
        found += _closed(producer)
    return found


def income_this_month(producer: Producer, acts: frozenset[Act]) -> Month | None:
    """This month's figures for who may see money; one statement."""
    return month_of(producer, month_period(thai.today())) if Act.SEE_MONEY in acts else None


def _to_pack(producer: Producer) -> Iterator[Task]:
    found = open_parcels(producer).aggregate(count=Count("pk"), oldest=Min("order__date_placed"))
    if found["count"]:
        yield Task(
            icon="parcel",
            title=ngettext(
                "%(count)d order to pack and send",
                "%(count)d orders to pack and send",
                found["count"],
            )
            % {"count": found["count"]},
            words=_("The first was ordered on %(day)s.") % {"day": thai_date(found["oldest"])},
            url=_url("orders-list", producer),
            is_urgent=True,
        )


def _refused(producer: Producer) -> Iterator[Task]:
    refused = producer.products.filter(status=Provenance.Status.REFUSED).select_related("product")
    for provenance in refused.order_by("-pk")[:MOST_ROWS]:
        yield Task(
            icon="alert",
            title=provenance.product.title,
            title_is_thai=True,
            words=_("Not accepted yet. Please mend it and send it in again:"),
            words_th=provenance.status_reason,
            url=f"{_url('products-shelf', producer, 'refused')}#p{provenance.product_id}",
            is_urgent=True,
        )


def _refused_changes(producer: Producer) -> Iterator[Task]:
    """Changes refused that nobody has sent in anew; the product itself goes on selling."""
    later = ProductChange.objects.filter(provenance=OuterRef("provenance"), pk__gt=OuterRef("pk"))
    refused = ProductChange.objects.filter(
        ~Exists(later), provenance__producer=producer, state=ProductChange.State.REFUSED
    )
    since = timezone.now() - REFUSAL_SHOWN
    recent = refused.filter(decided_at__gte=since).select_related("provenance__product")
    for change in recent.order_by("-pk")[:MOST_ROWS]:
        yield Task(
            icon="alert",
            title=change.provenance.product.title,
            title_is_thai=True,
            words=_("Your change was not accepted; shoppers see it as it was before:"),
            words_th=change.reason,
            url=_to_product(producer, change.provenance.product),
        )


def _drafts(producer: Producer) -> Iterator[Task]:
    """Forms begun and not sent in."""
    count = producer.drafts.unfinished().count()
    if count:
        yield Task(
            icon="pencil",
            title=ngettext(
                "%(count)d product not finished", "%(count)d products not finished", count
            )
            % {"count": count},
            words=_("Shoppers see it once you have sent it in and it was accepted."),
            url=f"{_url('products-list', producer)}#unfinished",
        )


def _running_out(producer: Producer) -> Iterator[Task]:
    """Counted things that few or none are left of; single pieces are meant to run out."""
    counted = (StockKind.IN_STOCK, StockKind.SEASONAL)
    own, parents = (
        Q(
            **{
                f"product__{way}status": Provenance.Status.PUBLIC,
                f"product__{way}stock_kind__in": counted,
            }
        )
        for way in ("provenance__", "parent__provenance__")
    )
    low = (
        StockRecord.objects.filter(own | parents, partner_id=producer.partner_id)
        .annotate(left=F("num_in_stock") - Coalesce("num_allocated", 0))
        .filter(left__lte=LOW_STOCK)
        .annotate(owner=Coalesce("product__parent", "product"))
        .values("owner", title=Coalesce("product__parent__title", "product__title"))
        .annotate(least=Min("left"))
        .order_by("least", "owner")[:MOST_LOW]
    )
    if rows := list(low):
        yield Task(
            icon="goods",
            title=ngettext(
                "%(count)d product is running out", "%(count)d products are running out", len(rows)
            )
            % {"count": len(rows)},
            words_th=", ".join(row["title"] for row in rows[:3]),
            url=_url("products-list", producer),
        )


def _closed(producer: Producer) -> Iterator[Task]:
    closure = producer.closures.in_force().first()
    if closure:
        until = closure.valid_until
        yield Task(
            icon="clock",
            title=_("You are closed today"),
            words=_("until %(day)s") % {"day": thai_date(until, "long")}
            if until
            else _("until you open again"),
            url=_url("storefront-closures", producer),
        )


def _to_product(producer: Producer, product: Product) -> str:
    """A product in the list, on whatever page of it: by its name, and there by its row."""
    words = urlencode({"q": product.title[:MAX_WORDS_LENGTH]})
    return f"{_url('products-list', producer)}?{words}#p{product.pk}"


def _url(name: str, producer: Producer, *args: str) -> str:
    return reverse(f"workbench:{name}", args=[producer.pk, *args])
