"""Plain pages: about, privacy, how income is recorded."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from cms.site_page import SitePage, TopLevelPage


class PlainPage(TopLevelPage):
    """A title and text."""

    body = RichTextField(_("text"), features=["h2", "h3", "bold", "ol", "ul", "link"])

    subpage_types: list[str] = []
    content_panels = [*SitePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")
