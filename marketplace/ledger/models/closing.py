from django.conf import settings
from django.db import models


class MonthClose(models.Model):
    """A month whose figures were reported: nothing more is posted in it, nor before it.

    `totals_hash` is of what every village's month adds up to and of the close before
    (`services/closing.py`), so that `verify` sees any later change. Never changed or deleted: a
    mistake found later is corrected by an event of the open month.
    """

    month = models.DateField(unique=True)  # its first day
    event_count = models.PositiveBigIntegerField()
    transfer_count = models.PositiveBigIntegerField()
    income_satang = models.BigIntegerField()
    totals_hash = models.CharField(max_length=64)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["month"]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
