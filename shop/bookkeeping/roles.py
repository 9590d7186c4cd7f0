"""What the staff roles may do with the books."""

from django.apps import apps

from marketplace.accounts.roles import StaffRole, grant


def grant_permissions(**_signal) -> None:
    """Finance keeps them. Called twice: the same permissions."""
    books, producers = (apps.get_app_config(label) for label in ("bookkeeping", "producers"))
    grant(StaffRole.FINANCE, books, "view_correction", "view_payoutlist")
    grant(StaffRole.FINANCE, producers, "view_payoutaccount", "add_payoutaccount")
