"""What a curator does in Wagtail is noted: search looks again, and stored pages are dropped."""

from django.dispatch import receiver
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from marketplace.core import outbox


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def note_page(instance, **_signal) -> None:
    outbox.note("page", instance.pk)
