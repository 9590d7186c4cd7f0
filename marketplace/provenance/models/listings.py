"""The flat rows that every list and card reads; all can be rebuilt but the English names."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.core import bilingual


class Listing(bilingual.Titled, models.Model):
    """One flat row per public product: all that a card, a list or a search result reads.

    Rebuilt by `services.refresh_listings` whenever something it copies changes; may be thrown away
    and rebuilt at any time. Never the truth: price and stock are checked again in the basket.
    """

    class Absence(models.TextChoices):
        """Why nothing of it can be bought, as its card says it."""

        SOLD_OUT = "sold_out", _("Sold out")
        OUT_OF_SEASON = "out_of_season", _("Out of season")
        MAKERS_REST = "makers_rest", _("The makers are taking a break")

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
    is_available = models.BooleanField(default=True)  # what lists filter and sort by
    absence = models.CharField(max_length=13, choices=Absence.choices, blank=True)
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
        constraints = [
            models.CheckConstraint(
                condition=Q(is_available=True, absence="")
                | (Q(is_available=False) & ~Q(absence="")),
                name="listing_says_why_not",
            )
        ]

    def __str__(self) -> str:
        return self.title_th

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
