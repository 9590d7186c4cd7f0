"""Who signs in, and which areas an officer answers for."""

from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from oscar.apps.customer import abstract_models

from marketplace.core import thai


class UserManager(abstract_models.UserManager):
    def create_user(self, email: str, password: str | None = None, **facts):
        """Store a person. Oscar's own refuses `is_staff` and calls the creation a sign-in."""
        user = self.model(email=self.normalize_email(email), **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(abstract_models.AbstractUser):
    """A person with an e-mail address; roles hang on groups, memberships and grants."""

    objects = UserManager()

    class Meta(abstract_models.AbstractUser.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case")]


class AreaGrantQuerySet(models.QuerySet):
    def in_force(self, day: date | None = None):
        """Grants of that day, today in Bangkok by default; both ends count."""
        day = day or thai.today()
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)


class AreaGrant(models.Model):
    """An officer may review and read reports inside this area, and only there.

    The area is an official code of any level: 2 digits a province, 4 an amphoe, 6 a tambon,
    8 a village; the empty code is the whole country.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="area_grants")
    area_code = models.CharField(
        _("area code"),
        max_length=8,
        blank=True,
        validators=[RegexValidator(r"^(\d\d){0,4}$", _("Codes have 2, 4, 6 or 8 digits."))],
    )
    valid_from = models.DateField(_("from"), default=thai.today)
    valid_until = models.DateField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = AreaGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("area grant")
        verbose_name_plural = _("area grants")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="area_grant_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.area_code or 'TH'}"
