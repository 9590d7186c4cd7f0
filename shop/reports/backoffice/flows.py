"""Where the money comes from: from the province that bought to the province that made."""

from fractions import Fraction

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from marketplace.ledger.periods import Period
from marketplace.ledger.queries import NOT_SENT, Flows, money_flows
from shop.reports.backoffice import access
from shop.reports.backoffice.desk import ROWS_A_PAGE, Desk
from shop.reports.backoffice.groups import in_ppm


class FlowsDesk(Desk):
    """All flows, the largest first; or those from one province, or to one."""

    template_name = "reports/desks/flows.html"
    page_title = _("Where the money comes from")
    header_icon = "redirect"
    url_name = access.FLOWS

    def answer(self, area: str, period: Period) -> dict:
        flows = money_flows(area, period)
        self.area_name = flows.area.name
        origin, to = (self.request.GET.get(name, "") for name in ("from", "to"))
        chosen = [
            flow
            for flow in flows.largest
            if origin in ("", flow.origin.code) and to in ("", flow.to.code)
        ]
        page = Paginator(chosen, ROWS_A_PAGE).get_page(self.request.GET.get("p"))
        only = {name: code for name, code in (("from", origin), ("to", to)) if code}
        return {
            "flows": flows,
            "page": page,
            "page_url": self.url(**only),
            "all_url": self.url() if only else "",
            "chosen_from": [one.name for one in flows.origins if origin and one.code == origin],
            "chosen_to": [one.name for one in flows.makers if to and one.code == to],
            "chosen_satang": sum(flow.income_satang for flow in chosen),
            "rows": [(flow, share_of(flow.income_satang, flows)) for flow in page],
            "origins": [
                (place, share_of(place.income_satang, flows), self.url(**{"from": place.code}))
                for place in flows.origins
                if place.code != NOT_SENT
            ],
            "makers": [
                (place, share_of(place.income_satang, flows), self.url(to=place.code))
                for place in flows.makers
            ],
        }


def share_of(satang: int, flows: Flows) -> int | None:
    """Of all income, in millionths; None where that is not above zero."""
    whole = flows.total_satang
    return in_ppm(Fraction(satang, whole)) if whole > 0 else None
