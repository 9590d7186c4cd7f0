"""What pages read about products, each function in a fixed number of SQL statements."""

from marketplace.provenance.queries.categories import (
    CategoryFacts,
    category_rows,
    facts_of,
)
from marketplace.provenance.queries.listings import (
    ListFilter,
    ListingPage,
    cards,
    list_products,
    more_from_village,
    newest,
    split_words,
    starred,
)
from marketplace.provenance.queries.product_pages import (
    OptionFacts,
    PictureFacts,
    ProductPage,
    ShareFacts,
    parent_of,
    product_page,
)
from marketplace.provenance.queries.shares import (
    uneven_shares,
)

__all__ = [
    "CategoryFacts",
    "ListFilter",
    "ListingPage",
    "OptionFacts",
    "PictureFacts",
    "ProductPage",
    "ShareFacts",
    "cards",
    "category_rows",
    "facts_of",
    "list_products",
    "more_from_village",
    "newest",
    "parent_of",
    "product_page",
    "split_words",
    "starred",
    "uneven_shares",
]
