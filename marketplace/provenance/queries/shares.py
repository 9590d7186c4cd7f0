"""Looking after the shares that villages have in a product."""

from django.db.models import OuterRef, Q, Sum

from marketplace.core.money import PPM
from marketplace.provenance.models import VillageShare


def uneven_shares(using: str = "default", limit: int = 100) -> list[int]:
    """Products whose shares do not add to the whole on some day a share begins."""
    same_day = VillageShare.objects.using(using).filter(
        Q(valid_until=None) | Q(valid_until__gte=OuterRef("valid_from")),
        provenance=OuterRef("provenance"),
        valid_from__lte=OuterRef("valid_from"),
    )
    total = same_day.order_by().values("provenance").annotate(total=Sum("share_ppm"))
    rows = VillageShare.objects.using(using).annotate(total=total.values("total"))
    found = rows.exclude(total=PPM).order_by("provenance__product_id")
    return list(found.values_list("provenance__product_id", flat=True).distinct()[:limit])
