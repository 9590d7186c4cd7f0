import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.producers.models import Producer
from marketplace.provenance.models.provenance import Provenance


class ProductDraftQuerySet(models.QuerySet):
    def unfinished(self):
        """Neither sent in nor closed: what somebody may go on with."""
        return self.filter(submitted_at=None, closed_at=None)

    def kept(self):
        """Unfinished ones, and those thrown away that can still be brought back."""
        return self.filter(submitted_at=None).exclude(closing=ProductDraft.Closing.SPLIT)


class ProductDraft(models.Model):
    """A product's form as somebody typed it so far: kept on every pause, checked when sent in.

    `data` holds raw strings and nothing that was understood of them (see `services.drafting`).
    With `provenance` it is about a product there is. Those sent in stay, so that a second tap finds
    what the first one made. Those closed, thrown away or split into pieces, are deleted 30 days
    later: until then the one can be brought back, and the other says what it became.
    """

    class Closing(models.TextChoices):
        DISCARDED = "discarded", _("thrown away")
        SPLIT = "split", _("made into pieces")

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
    closed_at = models.DateTimeField(null=True, blank=True)
    closing = models.CharField(max_length=9, choices=Closing.choices, blank=True)
    made_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="pieces"
    )

    objects = ProductDraftQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["provenance"],
                condition=Q(submitted_at=None, closed_at=None, provenance__isnull=False),
                name="one_open_draft_a_product",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None) | Q(provenance__isnull=False),
                name="submitted_draft_has_a_product",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closing="")
                | Q(
                    closed_at__isnull=False,
                    closing__in=["discarded", "split"],
                    submitted_at=None,
                ),
                name="closed_draft_says_how",
            ),
        ]
        indexes = [models.Index(fields=["producer", "-updated_at"], name="drafts_of_a_producer")]

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @property
    def is_unfinished(self) -> bool:
        return self.submitted_at is None and self.closed_at is None
