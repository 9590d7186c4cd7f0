"""What the staff roles may do with the books."""

from django.apps import apps

from marketplace.accounts.roles import StaffRole, grant


def grant_permissions(**_signal) -> None:
    """Finance keeps them. Called twice: the same permissions."""
    grant(StaffRole.FINANCE, apps.get_app_config("bookkeeping"), "view_correction")
