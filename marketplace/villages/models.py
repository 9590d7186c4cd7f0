"""Villages, who keeps their page, and the registers of programmes and routes they belong to."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.core import bilingual, thai
from marketplace.places.models import Place, PlaceQuerySet, Tambon, code_check, code_field


class DatedQuerySet(models.QuerySet):
    def in_force(self, day: date | None = None):
        """Memberships of that day, today by default; both ends count."""
        day = day or thai.today()
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)


class Dated(models.Model):
    """Something that holds from a day until a day, both included; an open end is null."""

    valid_from = models.DateField(_("from"), default=thai.today)
    valid_until = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="%(class)s_ends_after_start",
            )
        ]


class VillageQuerySet(PlaceQuerySet):
    def visible(self):
        """Villages shown to the public: all but closed ones."""
        return self.exclude(status=Village.Status.CLOSED)


class Village(Place):
    """The place income is reported for. Its code is tambon code + two-digit moo.

    Never deleted: sales point at it. A village that gave up is dormant or closed.
    """

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        DORMANT = "dormant", _("dormant")
        CLOSED = "closed", _("closed")

    code = code_field(8)
    tambon = models.ForeignKey(
        Tambon, verbose_name=_("tambon"), on_delete=models.PROTECT, related_name="villages"
    )
    is_code_confirmed = models.BooleanField(
        _("code confirmed"),
        default=True,
        help_text=_("Moo numbers inside municipalities are not administrative villages."),
    )
    status = models.CharField(
        _("status"), max_length=8, choices=Status.choices, default=Status.ACTIVE
    )
    status_reason = models.CharField(_("reason"), max_length=200, blank=True)
    status_since = models.DateField(_("since"), default=thai.today)
    charm_th = models.CharField(_("what only this place has (Thai)"), max_length=300, blank=True)
    charm_en = models.CharField(_("what only this place has (English)"), max_length=300, blank=True)
    about_th = models.TextField(_("about (Thai)"), blank=True)
    about_en = models.TextField(_("about (English)"), blank=True)
    founded_year_be = models.PositiveSmallIntegerField(
        _("founded (Buddhist era)"), null=True, blank=True
    )
    portrait = models.ImageField(_("portrait"), upload_to="villages/", blank=True)

    objects = VillageQuerySet.as_manager()

    class Meta(Place.Meta):
        verbose_name = _("village")
        verbose_name_plural = _("villages")
        constraints = [
            code_check(8, "village"),
            models.CheckConstraint(
                condition=Q(code__startswith=F("tambon_id")), name="village_in_its_tambon"
            ),
        ]

    @property
    def moo(self) -> int:
        return int(self.code[6:])

    @property
    def charm(self) -> str:
        return bilingual.pick(self.charm_th, self.charm_en)

    @property
    def about(self) -> str:
        return bilingual.pick(self.about_th, self.about_en)


class VillageMembership(Dated):
    """A member of a *village*: keeps its facts and sees its totals, never a producer's figures."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("coordinator")
        TREASURER = "treasurer", _("treasurer")
        GUIDE = "guide", _("guide")

    village = models.ForeignKey(
        Village, verbose_name=_("village"), on_delete=models.PROTECT, related_name="memberships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="village_memberships",
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)

    class Meta(Dated.Meta):
        verbose_name = _("person of a village")
        verbose_name_plural = _("people of villages")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["village", "user", "role"],
                condition=Q(valid_until=None),
                name="village_membership_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role}"


class Programme(models.Model):
    """A state programme that villages belong to for some time (OTOP Nawatwithi and others)."""

    code = models.SlugField(primary_key=True, max_length=32)
    name_th = models.CharField(_("Thai name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=120)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name_th


class ProgrammeMembership(Dated):
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="memberships"
    )
    village = models.ForeignKey(
        Village, verbose_name=_("village"), on_delete=models.PROTECT, related_name="programmes"
    )

    class Meta(Dated.Meta):
        verbose_name = _("village in a programme")
        verbose_name_plural = _("villages in programmes")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["programme", "village"],
                condition=Q(valid_until=None),
                name="programme_membership_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.village_id}"


class Route(models.Model):
    """A way through several villages. Wagtail only presents it."""

    class Kind(models.TextChoices):
        MAINSTREAM = "mainstream", _("mainstream")
        SECONDARY = "secondary", _("secondary city")
        COMMUNITY = "community", _("community")

    code = models.SlugField(primary_key=True, max_length=64)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name_th = models.CharField(_("Thai name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    summary_th = models.TextField(_("summary (Thai)"), blank=True)
    summary_en = models.TextField(_("summary (English)"), blank=True)

    class Meta:
        verbose_name = _("route")
        verbose_name_plural = _("routes")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name_th

    @property
    def display_name(self) -> str:
        return bilingual.pick(self.name_th, self.name_en)

    @property
    def summary(self) -> str:
        return bilingual.pick(self.summary_th, self.summary_en)


class RouteStop(Dated):
    route = models.ForeignKey(
        Route, verbose_name=_("route"), on_delete=models.PROTECT, related_name="stops"
    )
    village = models.ForeignKey(
        Village, verbose_name=_("village"), on_delete=models.PROTECT, related_name="route_stops"
    )
    position = models.PositiveSmallIntegerField(_("position"))
    note_th = models.CharField(_("note (Thai)"), max_length=300, blank=True)
    note_en = models.CharField(_("note (English)"), max_length=300, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("stop of a route")
        verbose_name_plural = _("stops of routes")
        ordering = ["route", "position"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["route", "village"],
                condition=Q(valid_until=None),
                name="route_stop_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.route_id} {self.position} {self.village_id}"

    @property
    def note(self) -> str:
        return bilingual.pick(self.note_th, self.note_en)
