"""Seals: what lets an outsider see that somebody with all rights changed a recorded event."""

from django.db import models

from marketplace.ledger.models.facts import Event


class Seal(models.Model):
    """An event in the chain of hashes, in the order of sealing; never changed or deleted.

    `leaf_hash` is of everything the event consists of (`sealing.py`), `chain_hash` of it and the
    chain before it. The worker seals within a minute; posting knows nothing of it and waits for
    nobody.
    """

    number = models.PositiveBigIntegerField(primary_key=True)  # from 1, without gaps
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="seal")
    leaf_hash = models.CharField(max_length=64)
    chain_hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.number} {self.chain_hash[:12]}"


class DayRoot(models.Model):
    """The Merkle root over the seals of one day (Bangkok), published for anyone to keep.

    A day without seals has none. Never changed or deleted.
    """

    day = models.DateField(primary_key=True)  # on which they were sealed
    first_number = models.PositiveBigIntegerField(unique=True)
    last_number = models.PositiveBigIntegerField(unique=True)
    root_hash = models.CharField(max_length=64)
    chain_hash = models.CharField(max_length=64)  # of the day's last seal
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.root_hash[:12]}"
