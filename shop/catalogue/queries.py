"""A product page for shoppers: the facts of `provenance`, and what can be done with them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from marketplace.core import thai
from marketplace.provenance import queries
from marketplace.provenance.models import Listing, StockKind
from marketplace.provenance.queries import OptionFacts, PictureFacts, ProductPage, ShareFacts
from search.shelves import Shelf, way_down
from shop.partner.availability import MOST_OF_ONE_THING

LOW_STOCK = 5
MORE_ROWS = 4


@dataclass(frozen=True)
class Offer:
    """One thing that can be chosen: the product itself, or one of its options."""

    facts: OptionFacts
    picture: str = ""

    @property
    def pk(self) -> int:
        return self.facts.product_id

    @property
    def title(self) -> str:
        return self.facts.title

    @property
    def price_satang(self) -> int:
        return self.facts.price_satang

    @property
    def can_be_bought(self) -> bool:
        return self.facts.is_available

    @property
    def most(self) -> int:
        """How many may be put into a basket."""
        left = self.facts.left
        return MOST_OF_ONE_THING if left is None else min(left, MOST_OF_ONE_THING)

    @property
    def few_left(self) -> int:
        """How many are left when that is few enough to be said; 0 otherwise."""
        return self.most if self.most <= LOW_STOCK else 0


@dataclass(frozen=True)
class ShopPage:
    """A product that shoppers may see, with offers, address and neighbours."""

    page: ProductPage
    offers: tuple[Offer, ...]
    shelves: list[Shelf]
    more: list[Listing]

    @property
    def product(self):
        return self.page.product

    @property
    def pictures(self) -> list[PictureFacts]:
        """Each picture once, though product and option may both have it."""
        found: dict[str, PictureFacts] = {}
        for picture in self.page.pictures:
            found.setdefault(picture.name, picture)
        return list(found.values())

    @property
    def is_one_piece(self) -> bool:
        """Whether no second one like it, or like any of its pieces, was made."""
        return self.page.provenance.stock_kind == StockKind.ONE_PIECE

    @property
    def can_be_bought(self) -> bool:
        return any(offer.can_be_bought for offer in self.offers)

    @property
    def first_offer(self) -> Offer:
        """The offer chosen when the page opens: the first that can be bought."""
        return next((offer for offer in self.offers if offer.can_be_bought), self.offers[0])

    @property
    def highest_satang(self) -> int:
        return self.page.prices[-1]

    @property
    def most(self) -> int:
        return max(offer.most for offer in self.offers)

    @property
    def refusal(self) -> str:
        """Why nothing of it can be bought today."""
        if not self.page.is_producer_open:
            return self._closure_text()
        if not self.page.provenance.is_in_season(thai.today()):
            return _("This is out of season.")
        return _("This is sold out.")

    def _closure_text(self) -> str:
        """The one statement more that a page costs while its makers rest."""
        closure = self.page.producer.closures.in_force().first()
        return closure.sentence if closure else _("Its makers are taking a break.")

    @property
    def money_sentence(self) -> str:
        """Say which village's income the price becomes."""
        shares = self.page.shares
        if len(shares) == 1:
            name = shares[0].village_name
            return _("The whole price is recorded as income of %(village)s.") % {"village": name}
        parts = ", ".join(f"{share.village_name} {_percent(share)}" for share in shares)
        return _("The price is recorded as income of %(parts)s.") % {"parts": parts}


def _percent(share: ShareFacts) -> str:
    whole, rest = divmod(share.share_ppm, 10_000)
    return f"{whole}.{rest // 100:02}".rstrip("0").rstrip(".") + "%" if rest else f"{whole}%"


def find_product(pk: int) -> ShopPage | None:
    """Return a product that shoppers may see, in seven statements; None where there is none."""
    page = queries.product_page(pk)
    offers = _offers(page) if page else ()
    if not offers or not page.shares:
        return None
    return ShopPage(
        page=page,
        offers=offers,
        shelves=way_down(page.categories),
        more=queries.more_from_village(page.village.village_code, exclude=pk, limit=MORE_ROWS),
    )


def _offers(page: ProductPage) -> tuple[Offer, ...]:
    """What has a price, each with the first picture of its own."""
    pictures = {one.option_id: one.name for one in reversed(page.pictures)}
    priced = [option for option in page.options if option.price_satang is not None]
    return tuple(
        Offer(option, pictures.get(option.product_id, "") if page.product.is_parent else "")
        for option in priced
    )
