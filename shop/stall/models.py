"""What producers say they sold elsewhere. Its money is in the ledger; README.md says why apart."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.ledger.models import Event
from marketplace.producers.models import Producer


class DeclaredSale(models.Model):
    """One sale made away from this site, as its producer told it.

    Never changed or deleted: a mistake is taken back, once and as a whole, and told anew. Titles
    and amounts are those of the day; `form_token` names the form, so that a double tap is one sale.
    """

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="declared_sales")
    product = models.ForeignKey(
        "catalogue.Product", null=True, on_delete=models.SET_NULL, related_name="declared_sales"
    )  # the option where there are options
    title_th = models.CharField(_("product"), max_length=255)
    option_title_th = models.CharField(_("option"), max_length=255, blank=True)
    quantity = models.PositiveIntegerField(_("pieces"))
    amount_satang = models.PositiveBigIntegerField()
    channel = models.CharField(_("sold where"), max_length=8, choices=Event.Channel.choices)
    sold_on = models.DateField(_("sold on"))  # of Asia/Bangkok
    is_counted = models.BooleanField()  # whether it was taken out of stock
    form_token = models.CharField(max_length=64)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    pieces_back: int | None = None
    """How many `take_back` put into stock again, where it was just called."""

    class Meta:
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
        ]
        indexes = [models.Index(fields=["producer", "-recorded_at"], name="declared_latest")]

    def __str__(self) -> str:
        return f"declared sale {self.pk} of producer {self.producer_id}"

    @property
    def is_taken_back(self) -> bool:
        return self.taken_back_at is not None
