"""What producers say they sold elsewhere. Its money is in the ledger; README.md says why apart."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.ledger.models import Event
from marketplace.producers.models import Producer
from marketplace.provenance.models import IncomeKind, OtopType


class Receipt(models.Model):
    """A picture of a receipt, cleaned (`core.photos`); it lies where no public address leads.

    Sent with a form, so that it is kept when something else in the form is wrong; what no sale
    named within 30 days is forgotten. The bytes that were sent are never kept.
    """

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="receipts")
    name = models.CharField(max_length=100, unique=True)  # of the JPEG below PRIVATE_ROOT
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)  # of the bytes that were sent: the same ones are known
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["producer", "sha256"], name="receipt_once_a_producer")
        ]

    def __str__(self) -> str:
        return f"receipt {self.pk}"


class DeclaredSale(models.Model):
    """One sale made away from this site, as its producer told it.

    Never changed or deleted: a mistake is taken back, once and as a whole, and told anew. Titles
    and amounts are those of the day; `form_token` names the form, so that a double tap is one sale.
    Of something that is no product here, `otop_type` and `income_kind` say what it was; of a
    product they are "", since its origins froze them.
    """

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="declared_sales")
    product = models.ForeignKey(
        "catalogue.Product", null=True, on_delete=models.SET_NULL, related_name="declared_sales"
    )  # the option where there are options
    title_th = models.CharField(_("product"), max_length=255)
    option_title_th = models.CharField(_("option"), max_length=255, blank=True)
    otop_type = models.CharField(
        _("official type"),
        max_length=10,
        choices=OtopType.choices,
        blank=True,
        default="",
        db_default="",
    )
    income_kind = models.CharField(
        _("kind of sale"),
        max_length=8,
        choices=IncomeKind.choices,
        blank=True,
        default="",
        db_default="",
    )
    quantity = models.PositiveIntegerField(_("pieces"))
    amount_satang = models.PositiveBigIntegerField()
    channel = models.CharField(_("sold where"), max_length=8, choices=Event.Channel.choices)
    sold_on = models.DateField(_("sold on"))  # of Asia/Bangkok
    told_by = models.CharField(
        _("told by"), max_length=120, blank=True, default="", db_default=""
    )  # the person who sold it, where another one writes it down
    receipt = models.ForeignKey(Receipt, null=True, on_delete=models.PROTECT, related_name="sales")
    is_counted = models.BooleanField()  # whether it was taken out of stock
    form_token = models.CharField(max_length=64)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    # By an officer at the desk of /cms/, for the producer; then somebody told them.
    is_by_officer = models.BooleanField(default=False, db_default=False)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    taken_back_reason = models.CharField(
        _("reason"), max_length=200, blank=True, default="", db_default=""
    )

    pieces_back: int | None = None
    """How many `take_back` put into stock again, where it was just called."""

    class Meta:
        verbose_name = _("declared sale")
        verbose_name_plural = _("declared sales")
        constraints = [
            # Of one producer: nobody learns from a token that another producer used it.
            models.UniqueConstraint(fields=["producer", "form_token"], name="declared_once_a_form"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, amount_satang__gte=1),
                name="declared_sale_of_something",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=Event.Channel.values),
                name="declared_sale_channel_known",
            ),
            models.CheckConstraint(
                condition=Q(otop_type="", income_kind="")
                | Q(
                    otop_type__in=OtopType.values,
                    income_kind__in=IncomeKind.values,
                    product=None,
                    option_title_th="",
                    is_counted=False,
                ),
                name="declared_sale_of_product_or_type",
            ),
            models.CheckConstraint(
                condition=Q(is_by_officer=False) | ~Q(told_by=""),
                name="officers_name_who_told",
            ),
        ]
        indexes = [models.Index(fields=["producer", "-recorded_at"], name="declared_latest")]

    def __str__(self) -> str:
        return f"declared sale {self.pk} of producer {self.producer_id}"

    @property
    def recorder(self) -> str:
        """Who wrote it down: a name where there is one."""
        return (
            self.recorded_by.get_full_name() or self.recorded_by.email if self.recorded_by else ""
        )

    @property
    def is_unlisted(self) -> bool:
        """Whether it was no product of this site, even then."""
        return bool(self.otop_type)

    @property
    def is_taken_back(self) -> bool:
        return self.taken_back_at is not None
