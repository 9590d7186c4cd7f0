"""Which content security policy a page gets: strict for people, looser for the packages' admins."""

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings


class PolicyByPathMiddleware(CSPMiddleware):
    """Pages of Wagtail's admin and Oscar's dashboard carry inline scripts of their own.

    Everything else obeys `CONTENT_SECURITY_POLICY`, which has no room for inline code. A view that
    needs one host more (the pay page) says so with django-csp's decorators.
    """

    def get_policy_parts(self, request, response, report_only=False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and is_admin_path(request.path_info):
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts


def is_admin_path(path: str) -> bool:
    return path.removeprefix("/en").startswith(("/cms/", "/dashboard/"))
