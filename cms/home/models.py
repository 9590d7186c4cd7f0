"""The home page of each language, and the villages featured on it."""

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from cms import addresses, columns
from cms.home import queries
from cms.home.turns import days_of_change, make_room, overlaps
from cms.media.models import Picture
from cms.site_page import SitePage, SitePageForm
from cms.stories.models import StoryPage
from marketplace.core import thai
from marketplace.core.templatetags.thai import thai_date
from marketplace.villages.models import Dated, Village

MOST_SLOTS = 24
NEXT_WEEK = "next-week"


def _chosen(model, name, **facts) -> models.ForeignKey:
    return models.ForeignKey(
        model,
        verbose_name=name,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        **facts,
    )


class HomePageForm(SitePageForm):
    """Looks at the villages' turns as they were typed: they are not on the page yet."""

    def remarks(self):
        turns = self.formsets["featured_villages"]
        kept = [form for form in turns.forms if form not in turns.deleted_forms]
        return remarks_on_turns(form.instance for form in kept)


def remarks_on_turns(rows) -> list[str]:
    """What keeps turns from being published: one village twice on the same day."""
    return [
        format_lazy(
            _("{village} has two turns on {day}. Let one end before the other begins."),
            village=row.village.display_name,
            day=thai_date(row.valid_from),
        )
        for row in overlaps(rows)
    ]


class HomePage(SitePage):
    """What a visitor sees first, once for each language."""

    base_form_class = HomePageForm

    hero_story = _chosen(StoryPage, _("story on top"))
    hero_picture = _chosen(
        Picture, _("picture on top"), help_text=_("Empty: the picture of the story on top.")
    )
    hero_line = models.CharField(
        _("line on top"),
        max_length=160,
        blank=True,
        help_text=_("Empty: the title of the story on top."),
    )
    intro = models.TextField(_("welcome"), blank=True)
    villages_intro = models.TextField(_("above the featured villages"), blank=True)
    income_intro = models.TextField(_("above the figures of income"), blank=True)
    story = _chosen(StoryPage, _("story further down"))

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["stories.StoryIndexPage", "routes.RouteIndexPage", "pages.PlainPage"]
    max_count = len(settings.LANGUAGES)
    loaded_with = (
        "hero_picture",
        "hero_story__picture",
        "hero_story__village__tambon__amphoe__province",
        "story__picture",
        "story__village__tambon__amphoe__province",
    )
    columns = columns.HOME
    content_panels = [
        *SitePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("hero_story"), FieldPanel("hero_picture"), FieldPanel("hero_line")],
            heading=_("On top"),
        ),
        FieldPanel("intro"),
        FieldPanel("villages_intro"),
        InlinePanel(
            "featured_villages",
            heading=_("Featured villages"),
            label=_("Featured village"),
            help_text=_("The English home page shows those of the Thai one unless it has its own."),
            max_num=MOST_SLOTS,
        ),
        FieldPanel("story"),
        FieldPanel("income_intro"),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def publishing_remarks(self):
        return remarks_on_turns(self.featured_villages.all())

    def save(self, clean=True, **kwargs):
        with transaction.atomic():  # as Wagtail's own
            make_room(self)
            super().save(clean=clean, **kwargs)

    @property
    def preview_modes(self):
        """Today, next week, and each coming day on which the villages change."""
        days = days_of_change(self.featured_villages.all(), thai.today())
        on_days = [(day.isoformat(), _as_on(day)) for day in days]
        return [("", _("Today")), (NEXT_WEEK, _("Next week")), *on_days]

    def content(self, request):
        mode = getattr(request, "preview_mode", None)
        return queries.read_home(self, _day_of(mode) if mode else None)

    def language_urls(self, request):
        return addresses.home_urls()


def _as_on(day: date) -> str:
    return format_lazy(_("As on {day}"), day=thai_date(day))


def _day_of(mode: str) -> date | None:
    """The day a preview shows; None, which is today, for a mode that names none."""
    if mode == NEXT_WEEK:
        return thai.today() + timedelta(weeks=1)
    try:
        return date.fromisoformat(mode)
    except ValueError:
        return None


class FeaturedVillage(Dated, Orderable):
    """A village's turn on the home page, from a day until a day. Past turns may stay or go."""

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="featured_villages")
    village = models.ForeignKey(
        Village, verbose_name=_("village"), on_delete=models.PROTECT, related_name="+"
    )

    panels = [
        FieldPanel("village"),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("featured village")
        verbose_name_plural = _("featured villages")
        constraints = [*Dated.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.village_id} {self.valid_from}"

    def clean(self):
        super().clean()
        if self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": _("The last day lies before the first.")})
        if self._is_newly_chosen() and self.village.status != Village.Status.ACTIVE:
            raise ValidationError({"village": _("This village is dormant or closed.")})

    def _is_newly_chosen(self) -> bool:
        """A village that fell asleep after its turn was given is not shown (`queries`), and its
        turn does not keep the page from being saved."""
        given = FeaturedVillage.objects.filter(page=self.page_id, village=self.village_id)
        return bool(self.village_id) and not given.exists()

    def is_in_force(self, day) -> bool:
        """Whether it is this village's turn that day; both ends count."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)
