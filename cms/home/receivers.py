"""What a curator does in Wagtail is noted: search looks again, and stored pages are dropped."""

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import ModelLogEntry, PageLogEntry
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from marketplace.core import audit, outbox


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def note_page(instance, **_signal) -> None:
    outbox.note("page", instance.pk)


@receiver(post_save, sender=PageLogEntry)
@receiver(post_save, sender=ModelLogEntry)
def note_act(instance, created: bool = False, raw: bool = False, **_signal) -> None:
    """Whatever Wagtail writes into its own log (saved, sent for review, approved, scheduled,
    published, withdrawn, deleted…) stands in the audit log too, beside what is done elsewhere."""
    if created and not raw:
        is_page = isinstance(instance, PageLogEntry)
        kind = "page" if is_page else instance.content_type.model
        audit.note(
            actor=instance.user,
            act=instance.action[:64],
            target=f"{kind}:{instance.object_id}"[:64],
            revision=instance.revision_id or 0,
        )
