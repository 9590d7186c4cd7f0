"""What the staff roles may do with monthly mails that did not arrive."""

from django.apps import apps

from marketplace.accounts.roles import StaffRole, grant


def grant_permissions(**_signal) -> None:
    """Called twice: the same permissions."""
    reports = apps.get_app_config("reports")
    for role in (StaffRole.FINANCE, StaffRole.SUPPORT):
        grant(role, reports, "view_monthlymail", "change_monthlymail")
