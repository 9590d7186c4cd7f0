"""Thailand's administrative places, keyed by official code as text.

Codes are the key because names repeat (28 tambons are called หนองบัว). Rows are never deleted: an
abolished area keeps its code, its last day and its successors, since old sales point at it.
"""

from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from marketplace.core import bilingual, thai
from marketplace.core.name_keys import MatchKeyField, SortKeyField, fold


class Region(models.TextChoices):
    """The six regions of the National Geographical Committee."""

    NORTH = "N", _("North")
    NORTHEAST = "NE", _("Northeast")
    CENTRAL = "C", _("Central")
    WEST = "W", _("West")
    EAST = "E", _("East")
    SOUTH = "S", _("South")


class PlaceQuerySet(models.QuerySet):
    def in_force(self, day: date | None = None):
        """Places that existed on that day, today by default."""
        day = day or thai.today()
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day),
            Q(valid_until=None) | Q(valid_until__gte=day),
        )

    def named_like(self, words: str):
        """Places whose Thai or English name contains the words, also in the middle."""
        return self.filter(match_key__contains=fold(words))


class Place(models.Model):
    """What all levels share: a code of fixed length, two names, their keys and a point."""

    name_th = models.CharField(_("Thai name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    sort_key = SortKeyField()
    match_key = MatchKeyField()
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_until = models.DateField(_("until"), null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["sort_key", "code"]

    def __str__(self) -> str:
        return self.name_th

    @property
    def display_name(self) -> str:
        return bilingual.pick(self.name_th, self.name_en)


def code_field(digits: int) -> models.CharField:
    """An official code: text of exactly so many digits, since it is a name and not a number."""
    pattern = RegexValidator(
        rf"^\d{{{digits}}}$", format_lazy(_("The code must have {digits} digits."), digits=digits)
    )
    return models.CharField(_("code"), max_length=digits, primary_key=True, validators=[pattern])


def code_check(digits: int, table: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(code__regex=rf"^[0-9]{{{digits}}}$"), name=f"{table}_code_{digits}_digits"
    )


class Province(Place):
    code = code_field(2)
    region = models.CharField(_("region"), max_length=2, choices=Region.choices)
    is_secondary_city = models.BooleanField(_("secondary city"), default=False)

    class Meta(Place.Meta):
        verbose_name = _("province")
        verbose_name_plural = _("provinces")
        constraints = [code_check(2, "province")]


class Amphoe(Place):
    code = code_field(4)
    province = models.ForeignKey(
        Province, verbose_name=_("province"), on_delete=models.PROTECT, related_name="amphoes"
    )

    class Meta(Place.Meta):
        verbose_name = _("amphoe")
        verbose_name_plural = _("amphoes")
        constraints = [
            code_check(4, "amphoe"),
            models.CheckConstraint(
                condition=Q(code__startswith=F("province_id")), name="amphoe_in_its_province"
            ),
        ]


class Tambon(Place):
    code = code_field(6)
    amphoe = models.ForeignKey(
        Amphoe, verbose_name=_("amphoe"), on_delete=models.PROTECT, related_name="tambons"
    )

    class Meta(Place.Meta):
        verbose_name = _("tambon")
        verbose_name_plural = _("tambons")
        constraints = [
            code_check(6, "tambon"),
            models.CheckConstraint(
                condition=Q(code__startswith=F("amphoe_id")), name="tambon_in_its_amphoe"
            ),
        ]


class Postcode(models.Model):
    """A postcode serves many tambons and a tambon may have several; never a key to anything."""

    postcode = models.CharField(max_length=5, db_index=True)
    tambon = models.ForeignKey(Tambon, on_delete=models.CASCADE, related_name="postcodes")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["postcode", "tambon"], name="postcode_once_a_tambon"),
            models.CheckConstraint(
                condition=Q(postcode__regex=r"^[1-9][0-9]{4}$"), name="postcode_5_digits"
            ),
        ]

    def __str__(self) -> str:
        return self.postcode


class Succession(models.Model):
    """An abolished area and one of the areas that took its ground. Followed in choosers only."""

    class Basis(models.TextChoices):
        NOTICE = "notice", _("published notice")
        NAME = "name", _("same name in the same province")

    old_code = models.CharField(max_length=8, db_index=True)
    new_code = models.CharField(max_length=8)
    basis = models.CharField(max_length=8, choices=Basis.choices)
    in_force_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old_code", "new_code"], name="succession_once"),
            models.CheckConstraint(
                condition=~Q(old_code=F("new_code")), name="succession_leads_elsewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_code} → {self.new_code}"


class FormerName(models.Model):
    """What an area of any level was called until its last day under that name.

    A report of a period shows the names valid on the period's last day. Written by the service
    that renames, never by hand.
    """

    code = models.CharField(max_length=8)
    name_th = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    valid_until = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_until"], name="one_former_name_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name_th}"
