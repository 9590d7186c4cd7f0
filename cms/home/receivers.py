"""What a curator does in Wagtail is seen at once: stored pages are dropped, search is told."""

from django.dispatch import receiver
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from marketplace.core import outbox, page_cache


@receiver([page_published, page_unpublished])
def note_page(instance, **_signal) -> None:
    outbox.note("page", instance.pk)
    page_cache.invalidate()


@receiver([post_page_move, page_slug_changed])
def drop_stored_pages(**_signal) -> None:
    page_cache.invalidate()
