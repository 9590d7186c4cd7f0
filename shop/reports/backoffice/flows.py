"""Where the money comes from: from the province that bought to the province that made."""

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.documents.document import Document
from marketplace.ledger.periods import Period
from marketplace.ledger.queries import NOT_SENT, money_flows
from shop.reports.backoffice import access
from shop.reports.backoffice.city_field import CityField
from shop.reports.backoffice.desk import ROWS_A_PAGE, Desk
from shop.reports.flows_document import (
    chosen_flows,
    flow_facts,
    flows_document,
    flows_note,
    share_of,
)
from shop.reports.models import Export


class FlowsDesk(CityField, Desk):
    """All flows, the largest first; or those from one province, or to one."""

    template_name = "reports/desks/flows.html"
    page_title = _("Where the money comes from")
    header_icon = "redirect"
    url_name = access.FLOWS
    kind = Export.Kind.FLOWS
    own_fields = ("from", "to", "city")

    def answer(self, area: str, period: Period) -> dict:
        flows = money_flows(area, period, self.city)
        self.area_name = flows.area.name
        city = self.kept_city()
        chosen = chosen_flows(flows, self.own_asked())
        found = chosen.rows
        page = Paginator(found, ROWS_A_PAGE).get_page(self.request.GET.get("p"))
        return {
            "flows": flows,
            "chosen": chosen,
            "facts": flow_facts(flows),
            "note": flows_note(),
            "page": page,
            "page_url": self.url(**chosen.asked, **city),
            "all_url": self.url(**city) if chosen.asked else "",
            "number": len(found),
            "chosen_satang": sum(flow.income_satang for flow in found),
            "rows": [(flow, share_of(flow.income_satang, flows)) for flow in page],
            "origins": [
                (
                    place,
                    share_of(place.income_satang, flows),
                    self.url(**{"from": place.code}, **city),
                )
                for place in flows.origins
                if place.code != NOT_SENT
            ],
            "makers": [
                (place, share_of(place.income_satang, flows), self.url(to=place.code, **city))
                for place in flows.makers
            ],
        }

    def document(self, answer: dict, *, is_flat: bool) -> Document:
        return flows_document(answer["chosen"], timezone.now(), is_flat=is_flat)

    def rows_of(self, answer: dict) -> int:
        return answer["number"]
