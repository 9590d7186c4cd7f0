"""Which part of a product's income is which village's, from which day on."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q

from marketplace.core import audit, outbox, thai
from marketplace.core.money import PPM
from marketplace.provenance.models import Provenance, VillageShare
from marketplace.provenance.services import errors
from marketplace.provenance.services.listings import refresh_listings
from marketplace.villages.models import Village


def set_village_shares(
    *,
    provenance: Provenance,
    shares: dict[str, int],
    since: date | None = None,
    by: AbstractBaseUser | None,
) -> list[VillageShare]:
    """Credit villages from a day on (today if not said): {village code: parts per million}.

    Shares in force end the day before; those that began that day or were meant to begin later
    are replaced. Orders placed before keep what was frozen with them. The same shares again: no
    change. Raises InvalidShares, UnknownVillage and, for a day gone by of a product that has
    shares already, SharesNotForThePast.
    """
    since = since or thai.today()
    checked_shares(shares)
    require_villages(shares)
    with transaction.atomic():
        fresh = Provenance.objects.select_for_update().get(pk=provenance.pk)
        kept = VillageShare.objects.filter(provenance=fresh)
        if since < thai.today() and kept.exists():
            raise errors.SharesNotForThePast
        current = list(kept.filter(Q(valid_until=None) | Q(valid_until__gte=since)))
        if {share.village_id: share.share_ppm for share in current} != shares or any(
            share.valid_from > since or share.valid_until for share in current
        ):
            _replace(fresh, shares, since)
            _tell(fresh, by, len(shares))
        return list(kept.in_force(since).order_by("village_id"))


def checked_shares(shares: dict[str, int]) -> dict[str, int]:
    """The shares themselves; raises InvalidShares unless they are whole and add to a million."""
    whole = all(isinstance(ppm, int) and 1 <= ppm <= PPM for ppm in shares.values())
    if not whole or sum(shares.values()) != PPM:
        raise errors.InvalidShares
    return shares


def require_villages(codes: Iterable[str]) -> None:
    """Raise UnknownVillage when a code is not in the register."""
    codes = set(codes)
    if Village.objects.filter(code__in=codes).count() != len(codes):
        raise errors.UnknownVillage


def _replace(provenance: Provenance, shares: dict[str, int], since: date) -> None:
    kept = VillageShare.objects.filter(provenance=provenance)
    kept.filter(valid_from__gte=since).delete()
    kept.in_force(since).update(valid_until=since - timedelta(days=1))
    VillageShare.objects.bulk_create(
        VillageShare(provenance=provenance, village_id=code, share_ppm=ppm, valid_from=since)
        for code, ppm in shares.items()
    )


def _tell(provenance: Provenance, by: AbstractBaseUser | None, villages: int) -> None:
    target = f"product:{provenance.product_id}"
    audit.note(actor=by, act="product.shares", target=target, villages=villages)
    outbox.note("product", provenance.product_id)
    refresh_listings([provenance.product_id])
