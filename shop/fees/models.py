"""Fee rules: what the platform takes of a sale. An ordered list; the first match wins."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.core import thai
from marketplace.core.money import PPM
from marketplace.producers.models import Producer
from marketplace.provenance.models import IncomeKind, OtopType
from marketplace.villages.models import Dated, Programme
from shop.fees.arithmetic import FeeTerms

_NO_CONDITION = Q(
    otop_type="",
    income_kind="",
    producer=None,
    producer_kind="",
    programme=None,
    area_code="",
    price_from_satang=None,
    price_until_satang=None,
)


class FeeRule(Dated):
    """Conditions that a line must all meet, and what is then taken of it.

    Rules are tried by `position`, the default one last; the first whose conditions all hold is
    frozen with the line. Its facts never change, which the database holds (guards.py): another
    percentage is another row that names the one `before`. Rows are never deleted, since lines
    remember them by number. `is_active` only ever becomes false: the emergency brake.
    """

    position = models.PositiveIntegerField(unique=True)
    name = models.CharField(_("name"), max_length=120)
    is_default = models.BooleanField(_("default rule, for all the rest"), default=False)

    otop_type = models.CharField(
        _("official type"), max_length=10, choices=OtopType.choices, blank=True
    )
    income_kind = models.CharField(
        _("kind of sale"), max_length=8, choices=IncomeKind.choices, blank=True
    )
    producer = models.ForeignKey(
        Producer,
        verbose_name=_("producer"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    producer_kind = models.CharField(
        _("kind of producer"), max_length=16, choices=Producer.Kind.choices, blank=True
    )
    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    area_code = models.CharField(_("code of an area"), max_length=8, blank=True)
    price_from_satang = models.PositiveBigIntegerField(_("price from"), null=True, blank=True)
    price_until_satang = models.PositiveBigIntegerField(_("price until"), null=True, blank=True)

    percent_ppm = models.PositiveIntegerField(_("part of the price"), default=0)
    fixed_satang = models.PositiveBigIntegerField(_("fixed amount for a line"), default=0)
    min_satang = models.PositiveBigIntegerField(_("at least"), default=0)
    max_satang = models.PositiveBigIntegerField(_("at most"), null=True, blank=True)
    vat_ppm = models.PositiveIntegerField(_("VAT on the fee"), default=70_000)
    passes_gateway_fee = models.BooleanField(_("the maker bears the payment fee"), default=False)

    is_active = models.BooleanField(default=True)
    before = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="later"
    )

    class Meta(Dated.Meta):
        verbose_name = _("fee rule")
        verbose_name_plural = _("fee rules")
        ordering = ["is_default", "position"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=~Q(name=""), name="fee_rule_has_a_name"),
            models.CheckConstraint(
                condition=(Q(is_default=True) & _NO_CONDITION)
                | (Q(is_default=False) & ~_NO_CONDITION),
                name="only_the_default_has_no_condition",
            ),
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True, is_active=True, valid_until=None),
                name="one_open_default_rule",
            ),
            models.CheckConstraint(
                condition=Q(percent_ppm__lte=PPM, vat_ppm__lte=PPM), name="fee_rates_in_range"
            ),
            models.CheckConstraint(
                condition=Q(max_satang=None) | Q(max_satang__gte=F("min_satang")),
                name="fee_limits_in_order",
            ),
            models.CheckConstraint(
                # From nothing would be a condition that everything meets.
                condition=Q(price_from_satang=None) | Q(price_from_satang__gte=1),
                name="fee_price_from_above_zero",
            ),
            models.CheckConstraint(
                condition=Q(price_from_satang=None)
                | Q(price_until_satang=None)
                | Q(price_until_satang__gte=F("price_from_satang")),
                name="fee_prices_in_order",
            ),
            models.CheckConstraint(
                condition=Q(area_code="") | Q(area_code__regex=r"^([0-9]{2}){1,4}$"),
                name="fee_area_is_a_code",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def terms(self) -> FeeTerms:
        return FeeTerms(
            percent_ppm=self.percent_ppm,
            fixed_satang=self.fixed_satang,
            min_satang=self.min_satang,
            max_satang=self.max_satang,
            vat_ppm=self.vat_ppm,
        )

    @property
    def is_over(self) -> bool:
        """Whether it will never match again."""
        ended = self.valid_until is not None and self.valid_until < thai.today()
        return ended or not self.is_active

    @property
    def has_begun(self) -> bool:
        return self.valid_from <= thai.today()
