"""What others say of a product: stars, certificates and its quadrant. Staff only, never producers.

Who may is for `permissions.py` and the views to ask.
"""

from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from marketplace.core import audit, outbox, thai
from marketplace.provenance.models import (
    Award,
    Certificate,
    Provenance,
    Quadrant,
    QuadrantRating,
)
from marketplace.provenance.services import errors
from marketplace.provenance.services.listings import refresh_listings

_FIRST_ROUND_BE = 2544  # OTOP began in B.E. 2544


def record_award(
    *, provenance: Provenance, stars: int, round_year_be: int, by: AbstractBaseUser | None
) -> Award:
    """Write down the stars of a round; the latest round is what shoppers see.

    The same round again corrects its stars. Raises InvalidStars.
    """
    is_round = _FIRST_ROUND_BE <= round_year_be <= thai.today().year + 543
    if stars not in range(1, 6) or not is_round:
        raise errors.InvalidStars
    with transaction.atomic():
        award, created = Award.objects.get_or_create(
            provenance=provenance, round_year_be=round_year_be, defaults={"stars": stars}
        )
        if created or award.stars != stars:
            award.stars = stars
            award.save(update_fields=["stars"])
            _tell(provenance, "product.award", by, stars=stars, round=round_year_be)
    return award


def record_certificate(
    *,
    provenance: Provenance,
    kind: str,
    number: str = "",
    issuer: str = "",
    issued_on: date | None = None,
    expires_on: date | None = None,
    by: AbstractBaseUser | None,
) -> Certificate:
    """Write down a standard a product is said to meet; nobody sees it until staff verify it.

    The same kind and number again: its other facts are replaced and, if one differs, it must be
    verified again. Raises InvalidCertificate.
    """
    if issued_on and expires_on and expires_on < issued_on:
        raise errors.InvalidCertificate
    facts = {
        "issuer": _short(issuer, 120),
        "issued_on": issued_on,
        "expires_on": expires_on,
    }
    with transaction.atomic():
        certificate, created = Certificate.objects.get_or_create(
            provenance=provenance,
            kind=Certificate.Kind(kind),
            number=_short(number, 40),
            defaults=facts,
        )
        if created or {name: getattr(certificate, name) for name in facts} != facts:
            unverified = {"verified_by": None, "verified_at": None}
            Certificate.objects.filter(pk=certificate.pk).update(**facts, **unverified)
            _tell(provenance, "product.certificate", by, certificate=certificate.pk)
    certificate.refresh_from_db()
    return certificate


def verify_certificate(*, certificate: Certificate, by: AbstractBaseUser) -> Certificate:
    """Vouch for a certificate: shoppers see it from now on until it expires.

    Called twice: the first person stays named. Raises VerifierNeeded without a person.
    """
    if by is None:
        raise errors.VerifierNeeded
    with transaction.atomic():
        unverified = Certificate.objects.filter(pk=certificate.pk, verified_at=None)
        if unverified.update(verified_by=by, verified_at=timezone.now()):
            provenance = certificate.provenance
            _tell(provenance, "product.verify", by, certificate=certificate.pk)
    certificate.refresh_from_db()
    return certificate


def rate_quadrant(
    *,
    provenance: Provenance,
    quadrant: str,
    rated_on: date | None = None,
    by: AbstractBaseUser | None,
) -> Provenance:
    """Rate a product A to D as of a day; the history stays and the newest rating counts."""
    rated_on = rated_on or thai.today()
    with transaction.atomic():
        fresh = Provenance.objects.select_for_update().get(pk=provenance.pk)
        QuadrantRating.objects.update_or_create(
            provenance=fresh, rated_on=rated_on, defaults={"quadrant": Quadrant(quadrant)}
        )
        newest = fresh.ratings.order_by("-rated_on").first()
        if fresh.quadrant != newest.quadrant:
            fresh.quadrant = newest.quadrant
            fresh.save(update_fields=["quadrant"])
            _tell(fresh, "product.quadrant", by, quadrant=quadrant)
    provenance.refresh_from_db()
    return provenance


def _short(text: str, longest: int) -> str:
    text = thai.normalise(text)
    if len(text) > longest:
        raise errors.InvalidText
    return text


def _tell(provenance: Provenance, act: str, by: AbstractBaseUser | None, **details) -> None:
    audit.note(actor=by, act=act, target=f"product:{provenance.product_id}", **details)
    outbox.note("product", provenance.product_id)
    refresh_listings([provenance.product_id])
