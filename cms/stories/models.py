"""Stories of communities, and the page that lists them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from cms import columns, content_checks
from cms.blocks import StoryBlocks, pictures_in
from cms.media.models import Picture
from cms.site_page import SitePage, TopLevelPage
from cms.stories import queries
from marketplace.villages.models import Village


class StoryIndexPage(TopLevelPage):
    """All stories in one language, the newest first."""

    intro = models.TextField(_("introduction"), blank=True)

    subpage_types = ["stories.StoryPage"]
    max_count_per_parent = 1
    content_panels = [*SitePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("list of stories")
        verbose_name_plural = _("lists of stories")

    def content(self, request):
        return queries.stories_below(self, request.GET.get("page", ""))


class StoryPage(SitePage):
    """The story of one village, in one language."""

    village = models.ForeignKey(
        Village, verbose_name=_("village"), on_delete=models.PROTECT, related_name="+"
    )
    intro = models.TextField(_("introduction"), max_length=300)
    picture = models.ForeignKey(
        Picture,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(StoryBlocks(), verbose_name=_("story"), blank=True)

    parent_page_types = ["stories.StoryIndexPage"]
    subpage_types: list[str] = []
    loaded_with = ("village__tambon__amphoe__province", "picture")
    columns = columns.STORY
    content_panels = [
        *SitePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("village"), FieldPanel("intro"), FieldPanel("picture")],
            heading=_("What it is about"),
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("community story")
        verbose_name_plural = _("community stories")

    @property
    def ends_with_village(self) -> bool:
        """Whether the village is shown by the last block already."""
        return bool(self.body) and self.body[-1].block_type == "village"

    def publishing_remarks(self):
        pictures = [self.picture, *pictures_in(self.body)]
        return content_checks.remarks_on_pictures(pictures, self.written_in)

    def content(self, request):
        return queries.read_story(self)
