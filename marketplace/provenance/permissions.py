"""Which imported rows staff see, what of them, and who settles those that wait."""

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.permissions import areas_with, is_administrator
from marketplace.accounts.queries import Visitor, has_role, within
from marketplace.accounts.roles import StaffRole
from marketplace.core.permissions import Allowed, Denied
from marketplace.places.models import Province, Tambon
from marketplace.provenance.models import ImportRow


def may_settle(user: Visitor) -> Allowed | Denied:
    """Curators say what a row is that an import could not read."""
    if is_administrator(user) or has_role(user, StaffRole.CURATOR):
        return Allowed()
    return Denied(_("Only curators settle imported rows."))


def may_read_contacts(user: Visitor) -> Allowed | Denied:
    """Names and telephones of outlets are for those who may have to call them to settle a row."""
    return may_settle(user)


def readable_rows(user: Visitor) -> QuerySet[ImportRow]:
    """Imported rows that somebody sees: an officer those placed in his areas, others all.

    `shown_title` is the name as that person may read it: "" where it is a person's or holds a
    telephone number. Search by it, never by `title_th`. The place's names come along.
    """
    areas = areas_with(user, StaffRole.CURATOR, StaffRole.REVIEWER)
    placed = within("tambon_code", areas) | within("village_code", areas)
    rows = ImportRow.objects.filter(placed).select_related("first_batch")
    return rows.annotate(shown_title=_shown_title(user), **_PLACES)


def _shown_title(user: Visitor):
    if may_read_contacts(user):
        return F("title_th")
    return Case(When(match_key="", then=Value("")), default=F("title_th"))


def _name(model: type, code, field: str) -> Subquery:
    return Subquery(model.objects.filter(code=code).values(field)[:1])


_PLACES = {
    f"{level}_{language}": _name(model, code, f"name_{language}")
    for level, model, code in (
        ("tambon", Tambon, OuterRef("tambon_code")),
        ("province", Province, Substr(OuterRef("tambon_code"), 1, 2)),
    )
    for language in ("th", "en")
}
