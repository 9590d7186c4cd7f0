"""Everything that changes a product, its origin or its listing; one file per act."""

from marketplace.core.photos import PhotoRefused
from marketplace.provenance.services.changing import (
    approve_change,
    propose_change,
    refuse_change,
)
from marketplace.provenance.services.closing import (
    bring_back_draft,
    discard_draft,
    forget_closed_drafts,
)
from marketplace.provenance.services.creating import create_product, create_products
from marketplace.provenance.services.drafting import (
    save_draft,
    split_draft,
    start_draft,
)
from marketplace.provenance.services.draining import drain_outbox
from marketplace.provenance.services.errors import NoVillageShare
from marketplace.provenance.services.freezing import (
    LineFacts,
    LineTerms,
    TracedLine,
    freeze_origins,
    origins_of,
    trace_lines,
)
from marketplace.provenance.services.listings import (
    rebuild_listings,
    refresh_listings,
    refresh_listings_of_day,
    refreshed_once,
)
from marketplace.provenance.services.photos import (
    forget_unused_photos,
    rotate_photo,
    take_photo,
)
from marketplace.provenance.services.plans import OptionPlan, ProductPlan
from marketplace.provenance.services.publishing import (
    declare_alcohol,
    publish_product,
    withdraw_product,
)
from marketplace.provenance.services.recognition import (
    rate_quadrant,
    record_award,
    record_certificate,
    verify_certificate,
)
from marketplace.provenance.services.reviewing import (
    approve_product,
    refuse_product,
    submit_product,
)
from marketplace.provenance.services.selling import change_price, change_stock
from marketplace.provenance.services.shares import set_village_shares
from marketplace.provenance.services.submitting import submit_draft
from marketplace.provenance.services.unlisted import freeze_unlisted

__all__ = [
    "LineFacts",
    "LineTerms",
    "NoVillageShare",
    "OptionPlan",
    "PhotoRefused",
    "ProductPlan",
    "TracedLine",
    "approve_change",
    "approve_product",
    "bring_back_draft",
    "change_price",
    "change_stock",
    "create_product",
    "create_products",
    "declare_alcohol",
    "discard_draft",
    "drain_outbox",
    "forget_closed_drafts",
    "forget_unused_photos",
    "freeze_origins",
    "freeze_unlisted",
    "origins_of",
    "propose_change",
    "publish_product",
    "rate_quadrant",
    "rebuild_listings",
    "record_award",
    "record_certificate",
    "refresh_listings",
    "refresh_listings_of_day",
    "refreshed_once",
    "refuse_change",
    "refuse_product",
    "rotate_photo",
    "save_draft",
    "set_village_shares",
    "split_draft",
    "start_draft",
    "submit_draft",
    "submit_product",
    "take_photo",
    "trace_lines",
    "verify_certificate",
    "withdraw_product",
]
