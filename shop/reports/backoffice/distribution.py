"""How evenly income is spread over the villages of an area: the Lorenz curve and its figures."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.documents.document import Document
from marketplace.ledger.periods import Period
from marketplace.ledger.queries import Level, Question, distribution, level_number, only_city
from shop.reports.backoffice import access
from shop.reports.backoffice.city_field import CityField
from shop.reports.backoffice.desk import Desk
from shop.reports.distribution_document import distribution_document, formulas, measures
from shop.reports.models import Export
from shop.reports.pictures.lorenz import lorenz_curve


class DistributionDesk(CityField, Desk):
    """The figures on the page; each village stands in the files, and in the income report."""

    template_name = "reports/desks/distribution.html"
    page_title = _("How income is spread")
    header_icon = "decimal"
    url_name = access.DISTRIBUTION
    kind = Export.Kind.SPREAD
    own_fields = ("city",)

    def answer(self, area: str, period: Period) -> dict:
        found = distribution(area, period, self.city)
        self.area_name = found.name
        rows_by = Level.VILLAGE if level_number(area) < Level.VILLAGE else None
        return {
            "found": found,
            "measures": measures(found),
            "formulas": formulas(),
            "picture": lorenz_curve(found.incomes_satang),
            "villages_url": access.report_url(
                Question(area, period, rows_by, only_city(self.city))
            ),
        }

    def document(self, answer: dict, *, is_flat: bool) -> Document:
        return distribution_document(
            answer["found"], answer["picture"], timezone.now(), is_flat=is_flat
        )

    def rows_of(self, answer: dict) -> int:
        return answer["found"].villages
