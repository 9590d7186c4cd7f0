"""What the staff roles may do with payments that need a person."""

from django.apps import apps

from marketplace.accounts.roles import StaffRole, grant


def grant_permissions(**_signal) -> None:
    """Finance looks at them and says so, and holds the provider's book against ours; mails that did
    not arrive support may send again too.

    Called twice: the same permissions.
    """
    payments = apps.get_app_config("payments")
    finance = ("view_attention", "change_attention", "view_movement", "change_movement")
    grant(StaffRole.FINANCE, payments, *finance)
    for role in (StaffRole.FINANCE, StaffRole.SUPPORT):
        grant(role, payments, "view_ordermail", "change_ordermail")
