"""What the staff roles may do with declared sales; in which areas, `permissions` says."""

from django.apps import apps

from marketplace.accounts.roles import StaffRole, grant


def grant_permissions(**_signal) -> None:
    """Officers and finance come to the desk. Called twice: the same permissions."""
    stall = apps.get_app_config("stall")
    for role in (StaffRole.OFFICER, StaffRole.FINANCE):
        grant(role, stall, "view_declaredsale")
