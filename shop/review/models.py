"""What the people of a producer are owed to be told about its products."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.owed_mails import OwedMail
from marketplace.provenance.models import ProductChange, Provenance


class ReviewMail(OwedMail):
    """A mail to one reader about one decision; says what was decided then, whatever came after.

    A later decision about the same thing takes the place of one that nobody was told yet.
    """

    composer = "shop.review.mails.compose"

    provenance = models.ForeignKey(Provenance, on_delete=models.CASCADE, related_name="+")
    change = models.ForeignKey(
        ProductChange, null=True, on_delete=models.CASCADE, related_name="+"
    )  # None: about the new product itself
    submitted_at = models.DateTimeField()  # what was decided came in then
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    is_approved = models.BooleanField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = gettext_lazy("mail about a review")
        verbose_name_plural = gettext_lazy("mails about reviews")
        constraints = [
            *OwedMail.Meta.constraints,
            models.UniqueConstraint(
                fields=["provenance", "submitted_at", "reader"],
                condition=Q(change=None),
                name="told_of_a_product_once",
            ),
            models.UniqueConstraint(
                fields=["change", "reader"],
                condition=Q(change__isnull=False),
                name="told_of_a_change_once",
            ),
        ]
        indexes = [*OwedMail.Meta.indexes]

    def __str__(self) -> str:
        return f"mail about product {self.provenance_id} to {self.reader_id}"

    @property
    def about(self) -> str:
        return self.provenance.product.title

    @property
    def what(self) -> str:
        said = _("approved") if self.is_approved else _("refused")
        return f"{said}, {self.provenance.producer.display_name}"
