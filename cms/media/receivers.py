"""A saved picture gets its sizes from the worker."""

from django.db.models.signals import post_save
from django.dispatch import receiver

from cms.media.models import Picture
from cms.media.renditions import make_renditions
from marketplace.core import page_cache


@receiver(post_save, sender=Picture)
def queue_renditions(instance: Picture, raw: bool = False, **_signal) -> None:
    if not raw:
        make_renditions.enqueue(instance.pk)
        page_cache.invalidate()  # its words may be others now
