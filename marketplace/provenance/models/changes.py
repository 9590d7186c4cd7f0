from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.provenance.models.provenance import Provenance


class ProductChange(models.Model):
    """What a producer wants to say anew of a product that shoppers see, until somebody decides.

    `before` and `after` hold the changed facts only, under the same names: texts, and `pictures`
    as names in the storage. Price and stock never wait. Rows are never changed once decided.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for review")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")
        REPLACED = "replaced", _("replaced by a later one")
        WITHDRAWN = "withdrawn", _("taken back")

    provenance = models.ForeignKey(Provenance, on_delete=models.PROTECT, related_name="changes")
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    before = models.JSONField()
    after = models.JSONField()
    reason = models.CharField(_("reason"), max_length=200, blank=True)  # read by the producer
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provenance"], condition=Q(state="waiting"), name="change_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="change_is_decided_or_waits",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="refused_change_says_why"
            ),
        ]
        indexes = [
            models.Index(
                fields=["submitted_at"], condition=Q(state="waiting"), name="change_waiting_since"
            )
        ]

    def __str__(self) -> str:
        return f"change {self.pk} of provenance {self.provenance_id}"
