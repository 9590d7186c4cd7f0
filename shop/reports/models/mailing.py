"""Reports that come by mail, month by month."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.core.owed_mails import OwedMail
from marketplace.ledger.periods import month_label
from shop.reports.models.exports import Export


class Subscription(models.Model):
    """Somebody wants the report of an area each month. An ended one stays, to say why it ended."""

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        XLSX = "xlsx", "XLSX"

    class Language(models.TextChoices):
        THAI = "th", "ไทย"
        ENGLISH = "en", "English"

    class End(models.TextChoices):
        READER = "reader", _("You ended it.")
        RIGHTS = "rights", _("You may no longer read the figures of this area, so no mail is sent.")
        SPLIT = (
            "split",
            _(
                "The area was abolished and its ground divided: there is no one report of it any "
                "more. Choose the areas that have it now."
            ),
        )

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    area = models.CharField(max_length=8, blank=True)  # a code of any level, "" for the country
    language = models.CharField(max_length=2, choices=Language.choices)
    format = models.CharField(max_length=4, choices=Format.choices)
    begun_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=6, blank=True, choices=End.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "area"],
                condition=Q(ended_at=None),
                name="subscription_once_an_area",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end="") | (Q(ended_at__isnull=False) & ~Q(end="")),
                name="subscription_ended_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk} to {self.area or 'TH'}"


class MonthlyMail(OwedMail):
    """The mail about one month that a subscription owes its reader: there is one, whoever looks.

    It waits for its file: until `export` is finished `due_at` lies ahead.
    """

    composer = "shop.reports.mailing.mails.compose"

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="mails")
    month = models.DateField()  # its first day
    export = models.ForeignKey(Export, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("monthly report by mail")
        verbose_name_plural = _("monthly reports by mail")
        constraints = [
            *OwedMail.Meta.constraints,
            models.UniqueConstraint(fields=["subscription", "month"], name="monthly_mail_once"),
        ]
        indexes = [*OwedMail.Meta.indexes]

    def __str__(self) -> str:
        return f"mail of {self.month:%Y-%m} of subscription {self.subscription_id}"

    @property
    def about(self) -> str:
        """For staff: the area and month, not the reader."""
        return f"{self.subscription.area or 'TH'} {self.month:%Y-%m}"

    @property
    def what(self) -> str:
        return month_label(self.month)
