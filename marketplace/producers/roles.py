"""What the staff roles may do with producers in the register."""

from django.apps import apps

from marketplace.accounts.roles import StaffRole, grant


def grant_permissions(**_signal) -> None:
    """Everybody looks (officers within their areas), curators keep. Twice: the same."""
    producers = apps.get_app_config("producers")
    for role in StaffRole:
        grant(role, producers, "view_producer")
    grant(StaffRole.CURATOR, producers, "add_producer", "change_producer")
