"""What the desks share: an area and a period are chosen, and only one's own areas are shown."""

from typing import ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from marketplace.accounts.permissions import report_areas
from marketplace.core import thai
from marketplace.core.documents.document import Document
from marketplace.core.errors import DomainError
from marketplace.core.refusals import refused
from marketplace.ledger.periods import Period, parse_period, year_period
from marketplace.places.services import UnknownArea
from shop.reports import queries
from shop.reports.backoffice.access import may_read
from shop.reports.backoffice.files import file_answer, wanted_format
from shop.reports.exports.offers import Offer
from shop.reports.exports.sizes import is_large
from shop.reports.following import Followed, followed, said
from shop.reports.words import period_choices

ROWS_A_PAGE = 100


class Desk(WagtailAdminTemplateMixin, View):
    """One question about an area and a period. `answer` says what the page shows.

    A choice that cannot be is answered with a sentence and the form as it was sent; an area
    outside one's own with 403.
    """

    url_name: ClassVar[str]
    kind: ClassVar[str] = ""
    """Of its files that a worker makes; "" of a desk whose files are never long."""
    own_fields: ClassVar[tuple[str, ...]] = ()
    """What its address asks beside area and period."""
    header_icon = "table"
    error = ""
    followed: Followed | None = None
    area_name = ""
    offer: Offer | None = None

    def answer(self, area: str, period: Period) -> dict:
        """What the template needs, `area_name` set. Raises DomainError."""
        raise NotImplementedError

    def document(self, answer: dict, *, is_flat: bool) -> Document:
        """The answer as a file; a flat one is a single table."""
        raise NotImplementedError

    def rows_of(self, answer: dict) -> int:
        """How many rows its longest table has."""
        raise NotImplementedError

    def get(self, request) -> HttpResponseBase:
        self.areas = report_areas(request.user)
        self.area = request.GET.get("area", self.usual_area())
        self.period = year_period(thai.fiscal_year_be(thai.today()))
        found, status = {}, 200
        try:
            self.demand(self.area)
            format = wanted_format(request)
            found = self.answered()
            rows = self.rows_of(found["answer"])
            self.offer = Offer(self.kind, self.asked_again(), rows)
            if format and not is_large(format, rows):
                return self.as_file(found["answer"])
        except PermissionDenied:
            return refused(request)
        except DomainError as error:
            self.error = error.message
            status = 404 if isinstance(error, UnknownArea) else 400
        return self.render_to_response(self.get_context_data(**found), status=status)

    def usual_area(self) -> str:
        """The area of an address that names none."""
        return self.areas[0] if self.areas else ""

    def own_asked(self) -> dict[str, str]:
        """The fields of its own that this address has."""
        given = self.request.GET
        return {name: given[name] for name in self.own_fields if given.get(name)}

    def asked_again(self) -> dict[str, str]:
        """The fields of an address that asks the same."""
        return {"area": self.followed.asked, "period": self.period.key} | self.own_asked()

    def as_file(self, answer: dict) -> HttpResponseBase:
        """Long ones: exports/."""
        is_flat = wanted_format(self.request) == "csv"
        return file_answer(
            self.request,
            said(self.document(answer, is_flat=is_flat), self.followed, is_flat=is_flat),
            area=self.area,
            period=self.period.key,
            rows=self.rows_of(answer),
            desk=self.url_name,
            **self.own_asked(),
        )

    @property
    def header_buttons(self) -> list:
        if self.offer is None:
            return []
        return self.offer.buttons(self.url(**self.asked_again()))

    def demand(self, area: str) -> None:
        if not may_read(area, self.areas):
            raise PermissionDenied

    def answered(self) -> dict:
        """The answer for the area, or for what took its ground if it was abolished before."""
        if self.request.GET.get("period"):
            self.period = parse_period(self.request.GET["period"])
        self.followed = followed(self.area, self.period, self.areas)
        self.area = self.followed.area
        return {"answer": self.answer(self.area, self.period)}

    def url(self, **fields: str) -> str:
        """This page with other fields."""
        asked = {"area": self.area, "period": self.period.key}
        return f"{reverse(self.url_name)}?{urlencode(asked | fields)}"

    def get_page_subtitle(self) -> str:
        return self.area_name

    def get_breadcrumbs_items(self) -> list[dict]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs) -> dict:
        choices = queries.area_choices(self.areas)
        periods = period_choices(thai.today())
        listed = {period.key for _year, of_year in periods for period in of_year}
        return super().get_context_data(**kwargs) | {
            "error": self.error,
            "followed": self.followed,
            "offer": self.offer,
            "area_code": self.area,
            "area_name": self.area_name,
            "area_is_listed": self.area in dict(choices),
            "area_choices": choices,
            "period": self.period,
            "period_is_listed": self.period.key in listed,
            "period_choices": periods,
            "form_url": reverse(self.url_name),
        }
