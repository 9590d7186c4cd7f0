"""Forms of products as somebody typed them."""

from marketplace.provenance import services
from marketplace.provenance.models import ProductDraft, Provenance
from tests.factories import make_photo


def complete(producer, **more) -> dict:
    return {
        "title_th": "ผ้าฝ้ายย้อมคราม",
        "otop_type": "textile",
        "stock_kind": "in_stock",
        "price_baht": "๑,๒๕๐.50 บาท",
        "quantity": "๓",
        "photos": [make_photo(producer).pk],
    } | more


def drafted(producer, provenance=None, **data) -> ProductDraft:
    draft = services.start_draft(producer=producer, by=None, provenance=provenance)
    data = {**draft.data, **data}
    return services.save_draft(draft=draft, data=data, version=draft.version, by=None)


def submit(draft) -> Provenance:
    return services.submit_draft(draft=draft, by=None)
