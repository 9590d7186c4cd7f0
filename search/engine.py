"""Answers requests from `Listing` by key; no ranking, no facets."""

from marketplace.provenance import queries
from search.requests import PER_PAGE, SearchPage, SearchRequest


def find(request: SearchRequest) -> SearchPage:
    """Return one page of listings, newest first, in three statements whatever is asked."""
    wanted = queries.ListFilter(
        category_id=request.category_id,
        province_code=request.province_code,
        village_code=request.village_code,
        producer_id=request.producer_id,
        words=request.words,
    )
    found = queries.list_products(wanted, request.page, per_page=PER_PAGE)
    rows = found.rows if found.page == request.page else ()  # none beyond the last page
    return SearchPage(rows=rows, total=found.total, page=request.page, pages=found.pages)
