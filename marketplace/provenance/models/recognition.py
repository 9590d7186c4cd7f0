"""What a product earned: its quadrant, stars and certificates."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.core import bilingual, thai
from marketplace.provenance.issuers import english_name
from marketplace.provenance.models.kinds import Quadrant
from marketplace.provenance.models.provenance import Provenance


class QuadrantRating(models.Model):
    """History of a product's quadrant; `Provenance.quadrant` is the newest."""

    provenance = models.ForeignKey(Provenance, on_delete=models.CASCADE, related_name="ratings")
    quadrant = models.CharField(max_length=1, choices=Quadrant.choices)
    rated_on = models.DateField(default=thai.today)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provenance", "rated_on"], name="one_rating_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.quadrant} {self.rated_on}"


class Award(models.Model):
    """Stars won in a round of the OTOP Product Champion. Staff record them, producers never."""

    provenance = models.ForeignKey(Provenance, on_delete=models.CASCADE, related_name="awards")
    stars = models.PositiveSmallIntegerField(
        _("stars"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    round_year_be = models.PositiveSmallIntegerField(_("round (B.E.)"))

    class Meta:
        ordering = ["-round_year_be"]
        constraints = [
            models.UniqueConstraint(
                fields=["provenance", "round_year_be"], name="one_award_a_round"
            ),
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="stars_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.stars}★ {self.round_year_be}"


class CertificateQuerySet(models.QuerySet):
    def shown(self, day=None):
        """Certificates a shopper may see: verified and not expired."""
        day = day or thai.today()
        return self.filter(Q(expires_on=None) | Q(expires_on__gte=day), verified_at__isnull=False)


class Certificate(models.Model):
    """A standard the product met. Shown only while verified and unexpired."""

    class Kind(models.TextChoices):
        TCPS = "tcps", _("community product standard")
        FDA_FOOD = "fda_food", _("FDA food serial")
        GMP_GHP = "gmp_ghp", _("GMP / GHP")
        HACCP = "haccp", "HACCP"
        GAP = "gap", "GAP"
        ORGANIC = "organic", _("organic")
        HALAL = "halal", _("halal")
        Q_MARK = "q_mark", _("Q mark")
        GI = "gi", _("geographical indication")
        PEACOCK_SILK = "peacock_silk", _("peacock silk")
        COSMETIC = "cosmetic", _("cosmetic notification")
        HERBAL = "herbal", _("herbal product registration")
        THAI_TEXTILE = "thai_textile", _("Thai textile")

    provenance = models.ForeignKey(
        Provenance, on_delete=models.CASCADE, related_name="certificates"
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    number = models.CharField(_("number"), max_length=40, blank=True)
    issuer = models.CharField(_("issuer"), max_length=120, blank=True)
    issued_on = models.DateField(_("issued"), null=True, blank=True)
    expires_on = models.DateField(_("expires"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verified_at = models.DateTimeField(null=True, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provenance", "kind", "number"], name="certificate_once"
            ),
            models.CheckConstraint(
                condition=Q(issued_on=None)
                | Q(expires_on=None)
                | Q(expires_on__gte=F("issued_on")),
                name="certificate_expires_after_issue",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def issuer_name(self) -> str:
        return bilingual.pick(self.issuer, english_name(self.issuer))
