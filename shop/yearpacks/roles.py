"""Which roles of the staff find packs in their menu; permissions.py says who may do what."""

from django.apps import apps

from marketplace.accounts.roles import StaffRole, grant


def grant_permissions(**_signal) -> None:
    """Whoever reads reports of the whole country. Called twice: the same permissions."""
    packs = apps.get_app_config("yearpacks")
    for role in (StaffRole.FINANCE, StaffRole.CURATOR, StaffRole.REVIEWER):
        grant(role, packs, "view_yearpack")
