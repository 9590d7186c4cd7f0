"""A person decides what an import could not: village, type, name, or that it is none."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from marketplace.core import audit, thai
from marketplace.core.errors import DomainError
from marketplace.places.models import Tambon
from marketplace.provenance.imports.drafts import DraftPlan, make_drafts
from marketplace.provenance.imports.names import search_key
from marketplace.provenance.imports.placing import fallback_name
from marketplace.provenance.models import ImportRow, Provenance

REASON_MAX_LENGTH = 300
_CORRECTABLE = {
    "title_th",
    "title_en",
    "otop_type",
    "otop_code",
    "is_alcoholic",
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


class NotWaiting(DomainError):
    message = _("Somebody has settled or rejected this row already. Nothing was changed.")


class NoReason(DomainError):
    message = _("Give a reason of 1 to 300 characters.")


def settle_row(
    *, row: ImportRow, village_code: str, by: AbstractBaseUser | None, **corrections
) -> Provenance:
    """Make the draft of a row that waited, with what was read of it and a person's corrections.

    Price, stock and options of the list come along. Called twice: the draft made first. Raises
    NotWaiting for a rejected row, NotSettled while name, type or village are missing, and the
    errors of `create_product`.
    """
    if unknown := set(corrections) - _CORRECTABLE:
        raise TypeError(f"not correctable: {sorted(unknown)}")
    with transaction.atomic():
        fresh = ImportRow.objects.select_for_update().get(pk=row.pk)
        if fresh.product_id is None:
            _demand_waiting(fresh)
            _make(fresh, village_code, corrections, by)
    row.refresh_from_db()
    return Provenance.objects.get(product=row.product_id)


def reject_row(*, row: ImportRow, reason: str, by: AbstractBaseUser | None) -> ImportRow:
    """Say that a row that waited becomes no product, and why.

    Raises NotWaiting for a row that waits no longer (called twice: the first reason stays), and
    NoReason.
    """
    reason = thai.normalise(reason)
    if not 0 < len(reason) <= REASON_MAX_LENGTH:
        raise NoReason
    with transaction.atomic():
        fresh = ImportRow.objects.select_for_update().get(pk=row.pk)
        _demand_waiting(fresh)
        fresh.status, fresh.reason_th = ImportRow.Status.REJECTED, reason
        fresh.save(update_fields=["status", "reason_th"])
        audit.note(actor=by, act="import.reject", target=f"import-row:{fresh.pk}")
    row.refresh_from_db()
    return row


def _demand_waiting(row: ImportRow) -> None:
    if row.status != ImportRow.Status.REVIEW:
        raise NotWaiting


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
    row.title_th, row.match_key = facts["title_th"][:255], search_key(facts["title_th"])
    row.save(
        update_fields=[
            "product",
            "village_code",
            "tambon_code",
            "status",
            "reason_th",
            "title_th",
            "match_key",
        ],
    )
    target = f"product:{made.product_id}"
    audit.note(actor=by, act="import.settle", target=target, row=row.pk)
