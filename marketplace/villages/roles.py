"""What the staff roles may do with villages, programmes and routes."""

from django.apps import apps

from marketplace.accounts.roles import StaffRole, grant

MODELS = ("village", "villagemembership", "programme", "programmemembership", "route", "routestop")


def grant_permissions(**_signal) -> None:
    """Everybody looks (officers within their areas), curators keep. Twice: the same."""
    villages = apps.get_app_config("villages")
    for role in StaffRole:
        grant(role, villages, *(f"view_{model}" for model in MODELS))
    keeps = [f"{act}_{model}" for act in ("add", "change") for model in MODELS]
    grant(StaffRole.CURATOR, villages, *keeps)
