"""Tables every layer writes to: what search must look at again, who did what, which job is due."""

from django.conf import settings
from django.db import models


class OutboxEntry(models.Model):
    """Something that changed and that a reader of the outbox must look at again.

    Written in the transaction of the change, so that neither exists without the other; deleted by
    the reader once done. Holds no content: the reader reads the thing itself.
    """

    kind = models.CharField(max_length=32)
    object_id = models.CharField(max_length=64)
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "object_id"], name="outbox_kind_object")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class AuditEntry(models.Model):
    """Who did what to what, for acts on money, roles and exports. Rows are only ever added."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    on_behalf_of = models.CharField(max_length=64, blank=True)  # "producer:12" when an agent acts
    act = models.CharField(max_length=64)  # "producer.suspend"
    target = models.CharField(max_length=64)  # "producer:12"
    details = models.JSONField(default=dict)  # ids and counts; no names, addresses, numbers

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = [models.Index(fields=["target", "at"], name="audit_target_at")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act} {self.target}"


class JobLease(models.Model):
    """When a periodic job is due, and which worker holds it now (core.worker).

    One row a job, taken by a conditional UPDATE, so that of many workers on many machines one
    runs it. A worker that dies gives it up by `held_until`.
    """

    name = models.CharField(primary_key=True, max_length=64)
    due_at = models.DateTimeField()
    held_by = models.CharField(max_length=64, blank=True)
    held_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} {self.due_at:%Y-%m-%d %H:%M:%S}"
