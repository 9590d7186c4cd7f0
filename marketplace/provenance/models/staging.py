"""Lists of products as they were read, before and after they became products."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportBatch(models.Model):
    """One reading of a list of products; resumable, and what its counts add up to."""

    source = models.CharField(max_length=64)
    layout = models.CharField(max_length=16)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    rows_read = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.source} {self.started_at:%Y-%m-%d}"


class ImportRow(models.Model):
    """One row of a list as it was read, what we made of it, and why not more.

    Staff only: `raw` may hold names and telephone numbers that are never published.
    """

    class Status(models.TextChoices):
        OK = "ok", _("imported")
        WARNING = "warning", _("imported with a remark")
        REVIEW = "review", _("waits for a person")
        REJECTED = "rejected", _("rejected")

    source = models.CharField(max_length=64)
    row_hash = models.CharField(max_length=64)
    first_batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    line_number = models.PositiveIntegerField()
    raw = models.JSONField()
    product_code = models.CharField(max_length=64, blank=True)  # of the list, "" where it has none
    facts = models.JSONField(default=dict)  # what we understood, for the draft made later
    status = models.CharField(max_length=8, choices=Status.choices)
    reason_th = models.CharField(max_length=300, blank=True)
    title_th = models.CharField(max_length=255, blank=True)  # may name a person: see imports.names
    match_key = models.CharField(max_length=300, blank=True)  # "" where the name is private
    tambon_code = models.CharField(max_length=6, blank=True)
    village_code = models.CharField(max_length=8, blank=True)
    product = models.ForeignKey(
        "catalogue.Product", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        constraints = [
            models.UniqueConstraint(fields=["source", "row_hash"], name="import_row_once")
        ]
        indexes = [
            models.Index(fields=["source", "product_code"], name="import_row_product_code"),
            models.Index(fields=["status", "source"], name="import_row_status"),
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.line_number} {self.status}"
