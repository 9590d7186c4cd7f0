"""Rows the code needs: Oscar's three product classes, and what staff may do with imported rows."""

from django.apps import apps

from marketplace.accounts.roles import StaffRole, grant

TRACKED, TO_ORDER, VISIT = "tracked", "to-order", "visit"

# slug: name for the dashboard, is sent, stock is counted
_CLASSES = {
    TRACKED: ("In stock", True, True),
    TO_ORDER: ("Made to order", True, False),
    VISIT: ("Visit, stay or service", False, False),
}


def ensure_product_classes(**_signal) -> None:
    """Store the three classes with the flags our code counts on. Called twice: the same rows."""
    product_class = apps.get_model("catalogue", "ProductClass")
    for slug, (name, is_sent, is_counted) in _CLASSES.items():
        product_class.objects.update_or_create(
            slug=slug,
            defaults={"name": name, "requires_shipping": is_sent, "track_stock": is_counted},
        )


def grant_permissions(**_signal) -> None:
    """Curators keep categories and settle imported rows; reviewers and officers look at rows.

    All three decide about new products and changes, officers in their areas.
    Called twice: the same permissions.
    """
    provenance = apps.get_app_config("provenance")
    for role in (StaffRole.CURATOR, StaffRole.REVIEWER, StaffRole.OFFICER):
        grant(role, provenance, "view_importrow", "view_productchange", "change_productchange")
    grant(StaffRole.CURATOR, provenance, "change_importrow")
    catalogue = apps.get_app_config("catalogue")
    grant(StaffRole.CURATOR, catalogue, "view_category", "add_category", "change_category")
