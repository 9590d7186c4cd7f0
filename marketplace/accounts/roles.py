"""The staff roles, as groups of Wagtail's admin. Producers and village members have none of them.

Every package adds what a role may do with its own tables: call `grant` from its `roles.py`, on
`post_migrate`. Only ever adds, so what an administrator grants besides stays.
"""

from enum import StrEnum

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions


class StaffRole(StrEnum):
    """Names of the groups."""

    CURATOR = "curator"
    REVIEWER = "reviewer"
    FINANCE = "finance"
    SUPPORT = "support"
    OFFICER = "officer"  # bound to the areas of AreaGrant


def ensure_groups(**_signal) -> None:
    """Make the groups and let them into Wagtail's admin. Called twice: the same groups."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="wagtailadmin", model="admin"
    )
    access, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type,
        codename="access_admin",
        defaults={"name": "Can access Wagtail admin"},
    )
    for role in StaffRole:
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=role)
        group.permissions.add(access)


def grant(role: StaffRole, app: AppConfig, *codenames: str) -> None:
    """Let a role use permissions of one app's models, such as "view_village".

    Safe in any order of receivers: makes the group and the permissions first if need be.
    """
    create_permissions(app, verbosity=0)
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label=app.label, codename__in=codenames
    )
    if len(permissions) != len(set(codenames)):
        raise LookupError(f"{app.label} lacks one of the permissions {codenames}")
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=role)
    group.permissions.add(*permissions)
