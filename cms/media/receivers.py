"""A saved picture gets its sizes from the worker."""

from django.db.models.signals import post_save
from django.dispatch import receiver

from cms.media.models import Picture
from cms.media.renditions import make_renditions


@receiver(post_save, sender=Picture)
def queue_renditions(instance: Picture, raw: bool = False, **_signal) -> None:
    if not raw:
        make_renditions.enqueue(instance.pk)
