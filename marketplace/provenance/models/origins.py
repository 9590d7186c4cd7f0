"""Where what was sold came from, frozen with the order. These rows are never changed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.core.money import PPM
from marketplace.producers.models import Producer
from marketplace.provenance.models.kinds import IncomeKind, OtopType, Quadrant


def _frozen_satang() -> models.PositiveBigIntegerField:
    # With a default in the schema: rows of before get it without an UPDATE, which is refused.
    return models.PositiveBigIntegerField(default=0, db_default=0)


class LineOrigin(models.Model):
    """What an order line was made of and where, frozen when the order was placed.

    One row per order line and village share, or per share of a sale that the producer declared
    (`shop.stall`), never both; never changed or deleted: a later rename, move or new share changes
    future sales only. `amount_satang` is the share of what the shopper pays for
    the line's goods, VAT included, after discounts borne by the producer, before fees, without
    shipping (ARCHITECTURE §7); of it the shopper pays what the platform's discount leaves.
    """

    line = models.ForeignKey(
        "order.Line", null=True, on_delete=models.PROTECT, related_name="origins"
    )
    declared_sale = models.ForeignKey(
        "stall.DeclaredSale", null=True, on_delete=models.PROTECT, related_name="origins"
    )
    share_number = models.PositiveSmallIntegerField()
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="+")
    # No foreign key: the product may go, this row stays. None: declared, of no product here.
    product_id = models.BigIntegerField(null=True)
    title_th = models.CharField(max_length=255)
    village_code = models.CharField(max_length=8)
    village_name_th = models.CharField(max_length=120)
    village_name_en = models.CharField(max_length=120, blank=True)
    tambon_code = models.CharField(max_length=6)
    amphoe_code = models.CharField(max_length=4)
    province_code = models.CharField(max_length=2)
    income_kind = models.CharField(max_length=8, choices=IncomeKind.choices)
    otop_type = models.CharField(max_length=10, choices=OtopType.choices)
    quadrant = models.CharField(max_length=1, choices=Quadrant.choices)
    stars = models.PositiveSmallIntegerField(default=0)  # 0: unrated
    share_ppm = models.PositiveIntegerField()
    quantity = models.PositiveIntegerField()
    amount_satang = models.PositiveBigIntegerField()
    producer_discount_satang = _frozen_satang()
    platform_discount_satang = _frozen_satang()
    fee_satang = _frozen_satang()  # of the platform, without VAT
    fee_vat_satang = _frozen_satang()
    buyer_province_code = models.CharField(max_length=2, blank=True, default="", db_default="")
    channel = models.CharField(max_length=8, blank=True, default="", db_default="")  # of declared
    fee_rule_id = models.BigIntegerField(null=True)  # that matched first; no foreign key
    passes_gateway_fee = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(platform_discount_satang__lte=F("amount_satang")),
                name="origin_discount_in_range",
            ),
            models.UniqueConstraint(fields=["line", "share_number"], name="origin_once_a_share"),
            models.UniqueConstraint(
                fields=["declared_sale", "share_number"], name="origin_once_a_declared_share"
            ),
            models.CheckConstraint(
                condition=Q(line__isnull=False, declared_sale=None)
                | Q(line=None, declared_sale__isnull=False),
                name="origin_of_line_or_declared_sale",
            ),
            models.CheckConstraint(
                condition=Q(line=None) | Q(product_id__isnull=False),
                name="origin_of_line_names_product",
            ),
            models.CheckConstraint(
                condition=Q(share_ppm__gte=1, share_ppm__lte=PPM), name="origin_share_in_range"
            ),
            models.CheckConstraint(
                condition=Q(
                    village_code__startswith=F("tambon_code"),
                    tambon_code__startswith=F("amphoe_code"),
                    amphoe_code__startswith=F("province_code"),
                ),
                name="origin_codes_agree",
            ),
        ]
        indexes = [
            models.Index(fields=["village_code"], name="origin_village"),
            models.Index(
                fields=["fee_rule_id"],
                condition=Q(fee_rule_id__isnull=False),
                name="origin_fee_rule",
            ),
        ]

    def __str__(self) -> str:
        whose = f"line {self.line_id}" if self.line_id else f"declared {self.declared_sale_id}"
        return f"{whose} share {self.share_number} {self.village_code}"


class OriginGroup(models.Model):
    """What a line share belonged to on the day of the order: a programme, route, story …"""

    class Kind(models.TextChoices):
        PROGRAMME = "programme", _("programme")
        ROUTE = "route", _("route")
        CAMPAIGN = "campaign", _("campaign")
        STORY = "story", _("story")

    origin = models.ForeignKey(LineOrigin, on_delete=models.PROTECT, related_name="groups")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    code = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["origin", "kind", "code"], name="origin_group_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
