"""What the staff roles may do with fee rules."""

from django.apps import apps

from marketplace.accounts.roles import StaffRole, grant


def grant_permissions(**_signal) -> None:
    """Finance keeps them. Called twice: the same permissions."""
    fees = apps.get_app_config("fees")
    grant(StaffRole.FINANCE, fees, "view_feerule", "add_feerule", "change_feerule")
