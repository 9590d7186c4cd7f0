from datetime import date

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Mod
from django.utils.translation import gettext_lazy as _

from marketplace.core import bilingual
from marketplace.producers.models import Producer
from marketplace.provenance.models.kinds import IncomeKind, OtopType, Quadrant, StockKind

TRUSTED_AFTER = 3
SAMPLED_ONE_IN = 5


class Risk(models.TextChoices):
    """How closely something that waits for review is looked at."""

    FIRST = "first", _("one of a producer's first three")
    SAMPLED = "sampled", _("picked at random")
    ROUTINE = "routine", _("routine")


def with_risk(rows: models.QuerySet, producer: str = "producer") -> models.QuerySet:
    """Say of rows how closely to look: a producer's first three products, then one in five.

    The same row is always picked or never. `producer` is the path to its key.
    """
    approved = Provenance.objects.filter(producer=OuterRef(producer), published_at__isnull=False)
    count = approved.order_by().values("producer").annotate(n=models.Count("pk")).values("n")
    return rows.alias(
        approved_products=Coalesce(Subquery(count), 0), lot=Mod(F("pk"), SAMPLED_ONE_IN)
    ).annotate(
        risk=Case(
            When(approved_products__lt=TRUSTED_AFTER, then=Value(Risk.FIRST)),
            When(lot=0, then=Value(Risk.SAMPLED)),
            default=Value(Risk.ROUTINE),
            output_field=models.CharField(),
        )
    )


class Provenance(models.Model):
    """Our facts about one product, beside Oscar's row; options share those of their parent."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        PUBLIC = "public", _("public")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    product = models.OneToOneField(
        "catalogue.Product", on_delete=models.PROTECT, related_name="provenance"
    )
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="products")
    title_en = models.CharField(_("English name"), max_length=255, blank=True)
    description_en = models.TextField(_("English description"), blank=True)
    otop_type = models.CharField(_("official type"), max_length=10, choices=OtopType.choices)
    otop_code = models.CharField(
        _("OTOP code"), max_length=20, null=True, blank=True, unique=True
    )  # text of no fixed length, never parsed
    income_kind = models.CharField(
        max_length=8, choices=IncomeKind.choices, default=IncomeKind.GOODS
    )
    quadrant = models.CharField(max_length=1, choices=Quadrant.choices, default=Quadrant.D)
    stock_kind = models.CharField(
        _("stock"), max_length=14, choices=StockKind.choices, default=StockKind.IN_STOCK
    )
    lead_days = models.PositiveSmallIntegerField(_("days to make"), default=0)
    season_months = models.JSONField(_("months of the season"), default=list, blank=True)
    materials_th = models.CharField(_("materials (Thai)"), max_length=200, blank=True)
    materials_en = models.CharField(_("materials (English)"), max_length=200, blank=True)
    technique_th = models.CharField(_("technique (Thai)"), max_length=200, blank=True)
    technique_en = models.CharField(_("technique (English)"), max_length=200, blank=True)
    weight_grams = models.PositiveIntegerField(_("weight with packing, grams"), default=500)
    # The law lets nobody sell or advertise alcohol online: such a product is never public.
    is_alcoholic = models.BooleanField(_("alcoholic drink"), default=False)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.DRAFT)
    status_reason = models.CharField(_("reason"), max_length=200, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)  # when it last came to review
    published_at = models.DateTimeField(null=True, blank=True)  # for the first time

    class Meta:
        indexes = [
            models.Index(
                fields=["submitted_at"],
                condition=Q(status="in_review"),
                name="product_in_review_since",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(stock_kind="made_to_order") | Q(lead_days__gte=1),
                name="made_to_order_names_its_days",
            ),
            models.CheckConstraint(
                condition=~Q(status="public") | Q(published_at__isnull=False),
                name="public_product_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(status="public", is_alcoholic=True), name="alcohol_is_never_public"
            ),
        ]

    def __str__(self) -> str:
        return f"provenance of product {self.product_id}"

    @property
    def materials(self) -> str:
        return bilingual.pick(self.materials_th, self.materials_en)

    @property
    def technique(self) -> str:
        return bilingual.pick(self.technique_th, self.technique_en)

    def is_in_season(self, day: date) -> bool:
        """Whether it is sold on that day of the year: always, unless it names its months."""
        is_seasonal = self.stock_kind == StockKind.SEASONAL and self.season_months
        return not is_seasonal or day.month in self.season_months


class ProductOption(models.Model):
    """The English name and the place in the row of one option (a child product of Oscar's).

    Its Thai name is the child's own title; price, stock and pictures are Oscar's as well.
    """

    product = models.OneToOneField(
        "catalogue.Product", primary_key=True, on_delete=models.CASCADE, related_name="option"
    )
    title_en = models.CharField(_("English name"), max_length=255, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "product"]

    def __str__(self) -> str:
        return f"option {self.product_id}"
