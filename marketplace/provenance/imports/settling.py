"""A person decides what an import could not: the village, the type, the name."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from marketplace.core import audit
from marketplace.core.errors import DomainError
from marketplace.places.models import Tambon
from marketplace.provenance.imports.drafts import DraftPlan, make_drafts
from marketplace.provenance.imports.placing import fallback_name
from marketplace.provenance.models import ImportRow, Provenance

_CORRECTABLE = {
    "title_th",
    "title_en",
    "otop_type",
    "description_th",
    "price_satang",
    "quantity",
    "stock_kind",
    "lead_days",
    "weight_grams",
    "producer_name",
}


class NotSettled(DomainError):
    message = _("Say the name, the official type and the village of the product.")


def settle_row(
    *, row: ImportRow, village_code: str, by: AbstractBaseUser | None, **corrections
) -> Provenance:
    """Make the draft of a row that waited, with what was read of it and a person's corrections.

    Price, stock and options of the list come along. Called twice: the draft made first. Raises
    NotSettled while name, type or village are missing, and the errors of `create_product`.
    """
    if unknown := set(corrections) - _CORRECTABLE:
        raise TypeError(f"not correctable: {sorted(unknown)}")
    with transaction.atomic():
        fresh = ImportRow.objects.select_for_update().get(pk=row.pk)
        if fresh.product_id is None:
            _make(fresh, village_code, corrections, by)
    row.refresh_from_db()
    return Provenance.objects.get(product=row.product_id)


def _make(row: ImportRow, village_code: str, corrections: dict, by) -> None:
    facts = {**row.facts, **corrections}
    tambon = Tambon.objects.filter(code=village_code[:6]).first()
    is_village = len(village_code) == 8 and village_code.isascii() and village_code.isdigit()
    if not (tambon and is_village and facts.get("title_th") and facts.get("otop_type")):
        raise NotSettled
    name = fallback_name(village_code, tambon.name_th)
    producer_name = facts.pop("producer_name", "")
    made = make_drafts([DraftPlan(village_code, name, True, producer_name, facts)], by)[0]
    row.product_id = made.product_id
    row.village_code, row.tambon_code = village_code, village_code[:6]
    row.status, row.reason_th = ImportRow.Status.OK, ""
    row.save(
        update_fields=["product", "village_code", "tambon_code", "status", "reason_th"],
    )
    target = f"product:{made.product_id}"
    audit.note(actor=by, act="import.settle", target=target, row=row.pk)
