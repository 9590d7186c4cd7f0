"""What the staff roles may do with places: look."""

from django.apps import apps

from marketplace.accounts.roles import StaffRole, grant


def grant_permissions(**_signal) -> None:
    """Everybody looks. Called twice: the same permissions."""
    places = apps.get_app_config("places")
    for role in StaffRole:
        grant(role, places, "view_province", "view_amphoe", "view_tambon")
