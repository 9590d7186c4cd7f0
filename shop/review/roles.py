"""What the staff roles may do with mails about reviews that did not arrive."""

from django.apps import apps

from marketplace.accounts.roles import StaffRole, grant


def grant_permissions(**_signal) -> None:
    """Who decides sees whom it could not be told. Called twice: the same permissions."""
    review = apps.get_app_config("review")
    for role in (StaffRole.CURATOR, StaffRole.REVIEWER, StaffRole.OFFICER):
        grant(role, review, "view_reviewmail", "change_reviewmail")
