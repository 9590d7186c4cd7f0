"""Where a product comes from, what it earned, and the flat row that every list reads."""

from marketplace.provenance.models.changes import ProductChange
from marketplace.provenance.models.drafts import ProductDraft
from marketplace.provenance.models.kinds import IncomeKind, OtopType, Quadrant, StockKind
from marketplace.provenance.models.listings import CategoryName, Listing, ListingCategory
from marketplace.provenance.models.origins import LineOrigin, OriginGroup
from marketplace.provenance.models.photos import Photo
from marketplace.provenance.models.provenance import ProductOption, Provenance, Risk
from marketplace.provenance.models.recognition import Award, Certificate, QuadrantRating
from marketplace.provenance.models.shares import VillageShare
from marketplace.provenance.models.staging import ImportBatch, ImportRow

__all__ = [
    "Award",
    "CategoryName",
    "Certificate",
    "ImportBatch",
    "ImportRow",
    "IncomeKind",
    "LineOrigin",
    "Listing",
    "ListingCategory",
    "OriginGroup",
    "OtopType",
    "Photo",
    "ProductChange",
    "ProductDraft",
    "ProductOption",
    "Provenance",
    "Quadrant",
    "QuadrantRating",
    "Risk",
    "StockKind",
    "VillageShare",
]
