"""Where a product comes from, what it earned, and the flat row that every list reads."""

from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.core import bilingual, thai
from marketplace.core.money import PPM
from marketplace.producers.models import Producer
from marketplace.villages.models import Dated, Village


class OtopType(models.TextChoices):
    """The official five."""

    FOOD = "food", _("food")
    BEVERAGE = "beverage", _("beverages")
    TEXTILE = "textile", _("textiles and clothing")
    HOUSEHOLD = "household", _("household goods, decorations, souvenirs")
    HERBAL = "herbal", _("non-food herbal products")


class IncomeKind(models.TextChoices):
    GOODS = "goods", _("goods")
    ACTIVITY = "activity", _("activity")
    STAY = "stay", _("stay")
    FOOD = "food", _("food service")
    SERVICE = "service", _("service")


class StockKind(models.TextChoices):
    IN_STOCK = "in_stock", _("in stock")
    MADE_TO_ORDER = "made_to_order", _("made to order")
    ONE_PIECE = "one_piece", _("one piece")
    SEASONAL = "seasonal", _("seasonal")


class Quadrant(models.TextChoices):
    """The department's four groups; D means that no standard certificate is held yet."""

    A = "A", _("A: ready for the world")
    B = "B", _("B: distinct, made in small numbers")
    C = "C", _("C: growing to compete")
    D = "D", _("D: on its way")


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
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.DRAFT)
    status_reason = models.CharField(_("reason"), max_length=200, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(stock_kind="made_to_order") | Q(lead_days__gte=1),
                name="made_to_order_names_its_days",
            ),
            models.CheckConstraint(
                condition=~Q(status="public") | Q(published_at__isnull=False),
                name="public_product_has_a_day",
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


class LineOrigin(models.Model):
    """What an order line was made of and where, frozen when the order was placed.

    One row per order line and village share, never changed or deleted: a later rename, move or
    new share changes future sales only. `amount_satang` is the share of what the shopper pays for
    the line's goods, VAT included, after discounts borne by the producer, before fees, without
    shipping (ARCHITECTURE §7).
    """

    line = models.ForeignKey("order.Line", on_delete=models.PROTECT, related_name="origins")
    share_number = models.PositiveSmallIntegerField()
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="+")
    product_id = models.BigIntegerField()  # no foreign key: the product may go, this row stays
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

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "share_number"], name="origin_once_a_share"),
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
        indexes = [models.Index(fields=["village_code"], name="origin_village")]

    def __str__(self) -> str:
        return f"line {self.line_id} share {self.share_number} {self.village_code}"


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


class Listing(models.Model):
    """One flat row per public product: all that a card, a list or a search result reads.

    Rebuilt by `services.refresh_listings` whenever something it copies changes; may be thrown away
    and rebuilt at any time. Never the truth: price and stock are checked again in the basket.
    """

    product = models.OneToOneField(
        "catalogue.Product", primary_key=True, on_delete=models.CASCADE, related_name="listing"
    )
    title_th = models.CharField(max_length=255)
    title_en = models.CharField(max_length=255, blank=True)
    slug = models.CharField(max_length=80)
    producer_id = models.BigIntegerField()
    producer_name_th = models.CharField(max_length=128)
    producer_name_en = models.CharField(max_length=128, blank=True)
    village_code = models.CharField(max_length=8)  # the largest share; ties by code
    village_name_th = models.CharField(max_length=120)
    village_name_en = models.CharField(max_length=120, blank=True)
    province_code = models.CharField(max_length=2)
    province_name_th = models.CharField(max_length=120)
    province_name_en = models.CharField(max_length=120)
    region = models.CharField(max_length=2)
    otop_type = models.CharField(max_length=10)
    quadrant = models.CharField(max_length=1)
    stars = models.PositiveSmallIntegerField(default=0)
    award_year_be = models.PositiveSmallIntegerField(null=True)
    price_satang = models.PositiveBigIntegerField()  # the lowest of its options
    price_to_satang = models.PositiveBigIntegerField()  # the highest; equal where there is one
    has_options = models.BooleanField(default=False)
    stock_kind = models.CharField(max_length=14)
    lead_days = models.PositiveSmallIntegerField(default=0)
    is_available = models.BooleanField(default=True)
    picture = models.CharField(max_length=255, blank=True)  # name of the original; "" is the tile
    picture_alt_th = models.CharField(max_length=255, blank=True)
    popularity = models.PositiveIntegerField(default=0)
    listed_at = models.DateTimeField()
    search_text = models.TextField(blank=True)  # both languages, normalised, lower case

    class Meta:
        indexes = [
            models.Index(fields=["-listed_at", "-product"], name="listing_newest"),
            models.Index(fields=["village_code", "-listed_at", "-product"], name="listing_village"),
            models.Index(
                fields=["province_code", "-listed_at", "-product"], name="listing_province"
            ),
            models.Index(fields=["producer_id", "-listed_at", "-product"], name="listing_producer"),
        ]

    def __str__(self) -> str:
        return self.title_th

    @property
    def title(self) -> str:
        return bilingual.pick(self.title_th, self.title_en)

    @property
    def producer_name(self) -> str:
        return bilingual.pick(self.producer_name_th, self.producer_name_en)

    @property
    def village_name(self) -> str:
        return bilingual.pick(self.village_name_th, self.village_name_en)

    @property
    def province_name(self) -> str:
        return bilingual.pick(self.province_name_th, self.province_name_en)


class ListingCategory(models.Model):
    """A listing in a category or an ancestor of one, so that lists need no tree join."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="categories")
    category_id = models.BigIntegerField()
    listed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["listing", "category_id"], name="listing_category_once")
        ]
        indexes = [
            models.Index(
                fields=["category_id", "-listed_at", "-listing"], name="listing_category_newest"
            )
        ]

    def __str__(self) -> str:
        return f"{self.category_id} {self.listing_id}"


class CategoryName(models.Model):
    """What a category is called in English; Oscar's own name is the Thai one."""

    category = models.OneToOneField(
        "catalogue.Category", primary_key=True, on_delete=models.CASCADE, related_name="english"
    )
    name_en = models.CharField(_("English name"), max_length=255)

    def __str__(self) -> str:
        return self.name_en


class ImportBatch(models.Model):
    """One reading of a list of products; resumable, and what its counts add up to."""

    source = models.CharField(max_length=64)
    layout = models.CharField(max_length=16)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    rows_read = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.source} {self.started_at:%Y-%m-%d}"


class ImportRow(models.Model):
    """One row of a list as it was read, what we made of it, and why not more.

    Staff only: `raw` may hold names and telephone numbers that are never published.
    """

    class Status(models.TextChoices):
        OK = "ok", _("imported")
        WARNING = "warning", _("imported with a remark")
        REVIEW = "review", _("waits for a person")
        REJECTED = "rejected", _("rejected")

    source = models.CharField(max_length=64)
    row_hash = models.CharField(max_length=64)
    first_batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    line_number = models.PositiveIntegerField()
    raw = models.JSONField()
    product_code = models.CharField(max_length=64, blank=True)  # of the list, "" where it has none
    facts = models.JSONField(default=dict)  # what we understood, for the draft made later
    status = models.CharField(max_length=8, choices=Status.choices)
    reason_th = models.CharField(max_length=300, blank=True)
    tambon_code = models.CharField(max_length=6, blank=True)
    village_code = models.CharField(max_length=8, blank=True)
    product = models.ForeignKey(
        "catalogue.Product", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "row_hash"], name="import_row_once")
        ]
        indexes = [
            models.Index(fields=["source", "product_code"], name="import_row_product_code"),
            models.Index(fields=["status", "source"], name="import_row_status"),
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.line_number} {self.status}"
