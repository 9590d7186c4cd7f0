"""Price, VAT and availability of a product. Oscar finds `Selector` under partner.strategy.

Prices include VAT, and are baht. Whether a thing may be bought depends on the product, its
producer and the day; callers that show many products load them with `queries.PURCHASE_PATHS`.
"""

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext_lazy as _
from oscar.apps.partner import prices, strategy

from marketplace.core import money, thai
from marketplace.producers.models import Producer
from marketplace.provenance.models import Provenance
from shop.partner.availability import MOST_OF_ONE_THING, InStock, MadeToOrder, Refused

VAT_PPM = 70_000
"""Thailand's VAT, 7 %, inside the price of producers that are registered for it."""


def provenance_of(product) -> Provenance | None:
    """Return the provenance of a product, or of its parent when it is an option."""
    owner = product.parent if product.is_child else product
    try:
        return owner.provenance
    except ObjectDoesNotExist:
        return None


class Selector(strategy.Selector):
    """Oscar asks it for the strategy of a request; everybody has the same."""

    def strategy(self, request=None, user=None, **kwargs):
        return VillageStrategy()


class VillageStrategy(strategy.UseFirstStockRecord, strategy.Structured):
    """One stock record a product; refuses what is not on sale with the reason in words."""

    def __init__(self) -> None:
        # Oscar's base reads request.user here, which would load the session on every page.
        self.request = self.user = None

    def fetch_for_line(self, line, stockrecord=None):
        return self.fetch_for_product(line.product, stockrecord)

    def pricing_policy(self, product, stockrecord):
        if stockrecord is None or stockrecord.price is None:
            return prices.Unavailable()
        incl_satang = money.to_satang(stockrecord.price)
        tax_satang = money.vat_included(incl_satang, self._vat_ppm(product))
        return prices.TaxInclusiveFixedPrice(
            currency=settings.OSCAR_DEFAULT_CURRENCY,
            excl_tax=money.to_baht(incl_satang - tax_satang),
            tax=money.to_baht(tax_satang),
        )

    def _vat_ppm(self, product) -> int:
        provenance = provenance_of(product)
        return VAT_PPM if provenance and provenance.producer.is_vat_registered else 0

    def parent_pricing_policy(self, product, children_stock):
        priced = [(child, record) for child, record in children_stock if record and record.price]
        if not priced:
            return prices.Unavailable()
        return self.pricing_policy(*min(priced, key=lambda pair: pair[1].price))

    def availability_policy(self, product, stockrecord):
        if product.is_parent:
            return Refused(_("Choose one of the options first."))
        if stockrecord is None or stockrecord.price is None:
            return Refused(_("This is not for sale at the moment."))
        refusal = self._refusal(product, stockrecord)
        if refusal:
            return Refused(refusal)
        if not product.get_product_class().track_stock:
            return MadeToOrder(MOST_OF_ONE_THING, provenance_of(product).lead_days)
        if stockrecord.net_stock_level < 1:
            return Refused(_("This is sold out."))
        return InStock(stockrecord.net_stock_level, provenance_of(product).lead_days)

    def _refusal(self, product, stockrecord):
        """Say why nobody may buy it now, or return None."""
        provenance = provenance_of(product)
        is_shown = product.is_public and (not product.is_child or product.parent.is_public)
        if provenance is None or provenance.status != Provenance.Status.PUBLIC or not is_shown:
            return _("This is no longer for sale.")
        if not provenance.is_in_season(thai.today()):
            return _("This is out of season.")
        producer = provenance.producer
        if stockrecord.partner_id != producer.partner_id:
            return _("This is not for sale at the moment.")
        if producer.status != Producer.Status.ACTIVE:
            return _("Its makers do not sell at the moment.")
        return _closure_text(producer)

    def parent_availability_policy(self, product, children_stock):
        policies = [self.availability_policy(child, record) for child, record in children_stock]
        for policy in policies:
            if policy.is_available_to_buy:
                return policy
        return policies[0] if policies else Refused(_("This is not for sale at the moment."))


def _closure_text(producer):
    """Say that the producer sells nothing today, with the last day of it, or return None."""
    today = thai.today()
    for closure in producer.closures.all():  # a handful at most; prefetched where many are shown
        if closure.valid_from <= today <= (closure.valid_until or today):
            return closure.sentence
    return None
