"""The home page of each language, and the villages featured on it."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from cms import addresses, columns
from cms.home import queries
from cms.media.models import Picture
from cms.site_page import SitePage
from cms.stories.models import StoryPage
from marketplace.villages.models import Dated, Village

MOST_SLOTS = 24


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


class HomePage(SitePage):
    """What a visitor sees first, once for each language."""

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

    def content(self, request):
        return queries.read_home(self)

    def language_urls(self, request):
        return addresses.home_urls()


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
        if self.village_id and self.village.status != Village.Status.ACTIVE:
            raise ValidationError({"village": _("This village is dormant or closed.")})

    def is_in_force(self, day) -> bool:
        """Whether it is this village's turn that day; both ends count."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)
