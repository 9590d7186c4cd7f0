"""Freeze where something comes from that was sold elsewhere and is no product of this site."""

from datetime import date

from marketplace.core.money import PPM
from marketplace.producers.models import Producer
from marketplace.provenance.models import LineOrigin, OriginGroup, Quadrant
from marketplace.provenance.services.freezing import groups_of, place_of


def freeze_unlisted(
    *,
    declared_sale_id: int,
    producer: Producer,
    title_th: str,
    otop_type: str,
    income_kind: str,
    quantity: int,
    amount_satang: int,
    channel: str,
    day: date,
) -> LineOrigin:
    """Credit all of a declared sale to the producer's home village of the moment it is told.

    Homes are not dated as the shares of products are. Programmes and routes of `day` (Bangkok)
    are frozen beside it, as for a product. It holds no stars and, as whatever has no certificate
    here, stands in quadrant D. Called twice for a sale: IntegrityError.
    """
    village = producer.home_village
    origin = LineOrigin.objects.create(
        declared_sale_id=declared_sale_id,
        share_number=1,
        producer=producer,
        product_id=None,
        title_th=title_th,
        income_kind=income_kind,
        otop_type=otop_type,
        quadrant=Quadrant.D,
        share_ppm=PPM,
        quantity=quantity,
        amount_satang=amount_satang,
        channel=channel,
        **place_of(village),
    )
    OriginGroup.objects.bulk_create(
        OriginGroup(origin=origin, kind=kind, code=code)
        for kind, code in sorted(groups_of({village.pk}, day)[village.pk])
    )
    return origin
