import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from marketplace.producers.models import Producer
from marketplace.provenance.models.provenance import Provenance


class ProductDraft(models.Model):
    """A product's form as somebody typed it so far: kept on every pause, checked when sent in.

    `data` holds raw strings and nothing that was understood of them (see `services.drafting`).
    With `provenance` it is about a product there is. Thrown away drafts are deleted; those sent in
    stay, so that a second tap finds what the first one made.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="drafts")
    provenance = models.ForeignKey(
        Provenance, null=True, blank=True, on_delete=models.PROTECT, related_name="drafts"
    )
    data = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)  # rises with every save
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-updated_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["provenance"],
                condition=Q(submitted_at=None, provenance__isnull=False),
                name="one_open_draft_a_product",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None) | Q(provenance__isnull=False),
                name="submitted_draft_has_a_product",
            ),
        ]
        indexes = [models.Index(fields=["producer", "-updated_at"], name="drafts_of_a_producer")]

    def __str__(self) -> str:
        return f"draft {self.pk}"
