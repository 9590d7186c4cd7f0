"""Pages that present the routes of the register; the stops themselves are kept there."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.media.models import Picture
from cms.routes import queries
from cms.site_page import SitePage, TopLevelPage
from marketplace.villages.models import Route


class RouteIndexPage(TopLevelPage):
    """All routes that have a page in this language."""

    intro = models.TextField(_("introduction"), blank=True)

    subpage_types = ["routes.RoutePage"]
    max_count_per_parent = 1
    content_panels = [*SitePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("list of routes")
        verbose_name_plural = _("lists of routes")

    def content(self, request):
        return queries.routes_below(self)


class RoutePage(SitePage):
    """One route of the register with its stops of today."""

    route = models.ForeignKey(
        Route, verbose_name=_("route"), on_delete=models.PROTECT, related_name="+"
    )
    intro = models.TextField(
        _("introduction"), blank=True, help_text=_("Empty: the summary of the register.")
    )
    picture = models.ForeignKey(
        Picture,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    parent_page_types = ["routes.RouteIndexPage"]
    subpage_types: list[str] = []
    loaded_with = ("route", "picture")
    content_panels = [
        *SitePage.content_panels,
        FieldPanel("route"),
        FieldPanel("intro"),
        FieldPanel("picture"),
    ]

    class Meta:
        verbose_name = _("route page")
        verbose_name_plural = _("route pages")

    def content(self, request):
        return queries.stops_of(self)
