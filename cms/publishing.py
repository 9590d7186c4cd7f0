"""How pages come to be shown where no form is open: planned, approved, or ticked in a list."""

import logging
from collections.abc import Callable, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from wagtail.models import Page, Revision

logger = logging.getLogger(__name__)


def publish_planned_pages() -> int:
    """Withdraw pages whose last day has passed, publish those that are due; return how many.

    Safe to repeat. Each page is a transaction of its own: one that may not be shown (see
    `content_checks`) stays as it is and is tried again, and the curators' panel names it.
    """
    now = timezone.now()
    expired = Page.objects.filter(live=True, expire_at__lte=now).order_by("expire_at", "pk")
    due = Revision.objects.page_revisions().filter(approved_go_live_at__lte=now)
    done = sum(_tried(page, _withdraw) for page in list(expired))
    return done + sum(_tried(row, _publish) for row in due.order_by("approved_go_live_at", "pk"))


def _tried(row: Page | Revision, act: Callable) -> bool:
    try:
        with transaction.atomic():
            act(row)
    except ValidationError:
        logger.warning("%s %s is planned and cannot be published", row._meta.model_name, row.pk)
        return False
    return True


def remarks_on_drafts(pages: Iterable[Page]) -> list[str]:
    """What keeps the newest drafts of some pages from being shown, page by page."""
    return [
        format_lazy("{title}: {remark}", title=page.get_admin_display_title(), remark=remark)
        for page in pages
        for remark in page.get_latest_revision_as_object().publishing_remarks()
    ]


def _withdraw(page: Page) -> None:
    page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(revision: Revision) -> None:
    revision.publish(log_action="wagtail.publish.scheduled")
