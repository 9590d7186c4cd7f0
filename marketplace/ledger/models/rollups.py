"""What the transfers add up to. Every report reads these; none is ever written by hand.

Kept by a trigger as an event is recorded (`guards`), with the statements of `rollup.py`;
`ledger rebuild` makes a month anew from the transfers, `ledger verify` compares.
"""

from django.db import models

from marketplace.producers.models import Producer


def _satang() -> models.BigIntegerField:
    return models.BigIntegerField(default=0, db_default=0)


class Measures(models.Model):
    """The columns of every roll-up; `rollup.SIGNS` says what each is the sum of. Satang.

    Village income is sold less the producers' discounts less refunded, and moved.
    """

    sold_satang = _satang()
    producer_discount_satang = _satang()
    refunded_satang = _satang()
    moved_satang = _satang()  # corrections of place: above zero here, below zero there
    platform_discount_satang = _satang()
    delivery_satang = _satang()
    fee_satang = _satang()
    fee_vat_satang = _satang()
    gateway_fee_satang = _satang()  # borne by the platform
    passed_gateway_fee_satang = _satang()  # borne by the producers
    adjustment_satang = _satang()
    paid_out_satang = _satang()
    declared_satang = _satang()  # no part of any sum above
    sales = _satang()  # line shares sold
    refunds = _satang()  # line shares given back, wholly or in part
    units_ppm = _satang()  # millionths of a piece, since a shared piece is part of each village's

    class Meta:
        abstract = True


class OrderMeasures(Measures):
    """With orders that had a sale here: of a larger area fewer than its parts together."""

    orders = _satang()

    class Meta:
        abstract = True


class AreaMonth(OrderMeasures):
    """An area of any level in a month: village, tambon, amphoe, province, region, the country.

    Each level is kept, since orders of the parts do not add up to those of the whole. Every sale
    adds to the country and a region: their rows are several, told apart by `shard`, so that
    postings need not wait for each other.
    """

    class Level(models.IntegerChoices):
        """How many digits the code has; of areas without digits, a number to tell them by."""

        COUNTRY = 0
        REGION = 1
        PROVINCE = 2
        AMPHOE = 4
        TAMBON = 6
        VILLAGE = 8

    level = models.PositiveSmallIntegerField(choices=Level.choices)
    month = models.DateField()  # its first day
    area_code = models.CharField(max_length=8, blank=True)  # digits; "NE"; "" for the country
    shard = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["level", "month", "area_code", "shard"], name="area_month_shard_once"
            )
        ]
        indexes = [models.Index(fields=["area_code", "month"], name="area_month_area")]

    def __str__(self) -> str:
        return f"{self.area_code} {self.month:%Y-%m}"


class ProducerMonth(OrderMeasures):
    """A producer in a village in a month: who earned, and how much of the village's income."""

    month = models.DateField()
    village_code = models.CharField(max_length=8)
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village_code", "month", "producer"], name="producer_month_once"
            )
        ]
        indexes = [models.Index(fields=["month", "village_code"], name="producer_month_month")]

    def __str__(self) -> str:
        return f"{self.producer_id} {self.village_code} {self.month:%Y-%m}"


class ProvinceMix(Measures):
    """A province in a month by what was sold: each mixture of kind, type, quadrant, stars, channel.

    Of what belongs to a line share or a declared sale, as frozen in its origin.
    """

    month = models.DateField()
    province_code = models.CharField(max_length=2)
    income_kind = models.CharField(max_length=8)
    otop_type = models.CharField(max_length=10)
    quadrant = models.CharField(max_length=1)
    stars = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=8, blank=True)  # "" for this site

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    *("month", "province_code", "income_kind", "otop_type"),
                    *("quadrant", "stars", "channel"),
                ],
                name="province_mix_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.province_code} {self.month:%Y-%m} {self.otop_type}"


class ProvinceGroup(Measures):
    """A province in a month by what a sale belonged to: programmes, routes, where it was sent.

    A share may belong to several programmes, so rows of one kind may add up to more than the whole.
    """

    BUYERS = "buyers"  # beside the kinds of OriginGroup: the province that an order was sent to

    month = models.DateField()
    province_code = models.CharField(max_length=2)
    kind = models.CharField(max_length=9)
    code = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "kind", "province_code", "code"], name="province_group_once"
            )
        ]
        indexes = [models.Index(fields=["kind", "code"], name="province_group_code")]

    def __str__(self) -> str:
        return f"{self.province_code} {self.month:%Y-%m} {self.kind} {self.code}"


class Rebuild(models.Model):
    """A request to make a month of roll-ups anew; a trigger answers it as the row is inserted.

    Asking is harmless (the answer is always the sum of the transfers), so that the roll-ups need
    no other door. Rows stay as the record of repairs.
    """

    month = models.DateField()  # its first day
    roll_up = models.CharField(max_length=40, blank=True, default="", db_default="")  # "": all
    differences = models.PositiveIntegerField()  # rows that were wrong just before
    requested_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.differences}"


class PublicTotal(models.Model):
    """What the public may know of the country's, a region's or a province's income in a fiscal
    year, as last counted.

    Remembered because counting reads who earned what, village by village (`public_totals.py`).
    """

    fiscal_year_be = models.PositiveSmallIntegerField()
    area_code = models.CharField(max_length=2, blank=True)  # "" is the country
    exact_satang = models.BigIntegerField(null=True)  # None: the sum would give a village away
    disclosed_satang = models.BigIntegerField(default=0)  # of villages that publish theirs
    village_count = models.PositiveIntegerField()  # with sales
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fiscal_year_be", "area_code"], name="public_total_once_an_area"
            )
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year_be} {self.area_code} {self.exact_satang}"
