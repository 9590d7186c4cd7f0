from django.db import models
from django.db.models import Q

from marketplace.core.money import PPM
from marketplace.provenance.models.provenance import Provenance
from marketplace.villages.models import Dated, Village


class VillageShare(Dated):
    """Which part of a product's income is which village's; shares of a day add to 1,000,000.

    Changed only by `services.set_village_shares`, which ends the old rows and begins new ones.
    """

    provenance = models.ForeignKey(Provenance, on_delete=models.CASCADE, related_name="shares")
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="+")
    share_ppm = models.PositiveIntegerField()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["provenance", "village", "valid_from"], name="share_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(share_ppm__gte=1, share_ppm__lte=PPM), name="share_within_a_million"
            ),
        ]
