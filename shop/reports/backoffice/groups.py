"""Groups and first sales: who earned, how much of a village's income one group has, who is new."""

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from marketplace.core.documents.document import Document
from marketplace.ledger.periods import Period
from marketplace.ledger.queries import GroupReport, VillageGroups, group_report
from shop.reports.backoffice import access
from shop.reports.backoffice.city_field import CityField
from shop.reports.backoffice.desk import ROWS_A_PAGE, Desk
from shop.reports.groups_document import group_facts, group_notes, groups_document
from shop.reports.models import Export
from shop.reports.words import in_ppm


class GroupsDesk(CityField, Desk):
    template_name = "reports/desks/groups.html"
    page_title = _("Groups and first sales")
    header_icon = "group"
    url_name = access.GROUPS
    kind = Export.Kind.GROUPS
    own_fields = ("city",)

    def answer(self, area: str, period: Period) -> dict:
        report = group_report(area, period, self.city)
        self.area_name = report.name
        page = Paginator(report.villages, ROWS_A_PAGE).get_page(self.request.GET.get("p"))
        return {
            "report": report,
            "facts": group_facts(report),
            "notes": group_notes(),
            "page": page,
            "page_url": self.url(**self.kept_city()),
            "rows": [self.row(village) for village in page],
            "first_villages": [
                (village, self.village_url(village)) for village in report.first_villages
            ],
            "first_groups": [
                (group, self.change_url(report, group.producer_id)) for group in report.first_groups
            ],
        }

    def row(self, village: VillageGroups) -> tuple[VillageGroups, int | None, str]:
        return village, in_ppm(village.top_share), self.village_url(village)

    def village_url(self, village: VillageGroups) -> str:
        return self.url(area=village.code, **self.kept_city())

    def change_url(self, report: GroupReport, producer_id: int) -> str:
        fields = {"area": report.code, "period": report.period.key, "producer": producer_id}
        return f"{reverse(access.CHANGE)}?{urlencode(fields | self.kept_city())}"

    def document(self, answer: dict, *, is_flat: bool) -> Document:
        return groups_document(answer["report"], timezone.now(), is_flat=is_flat)

    def rows_of(self, answer: dict) -> int:
        return len(answer["report"].villages)
