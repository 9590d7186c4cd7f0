"""Why did income change: one sentence, a picture of its parts, and every number in a table."""

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.queries import is_within
from marketplace.core import bilingual
from marketplace.core.documents.document import Document
from marketplace.core.errors import DomainError
from marketplace.core.numbers import id_in
from marketplace.ledger.periods import Period
from marketplace.ledger.queries import COUNTRY, IncomeChange, income_change
from marketplace.producers.models import Producer
from shop.reports.backoffice import access
from shop.reports.backoffice.city_field import CityField
from shop.reports.backoffice.desk import Desk
from shop.reports.change_document import Whose, change_document
from shop.reports.change_words import how_counted
from shop.reports.comparing import Against, period_against
from shop.reports.told_change import told_change


class NoSuchGroup(DomainError):
    """A number that is no producer's."""

    message = _("There is no such group. Choose one from “Groups and first sales”.")


class ChangeDesk(CityField, Desk):
    template_name = "reports/desks/change.html"
    page_title = _("Why did income change")
    header_icon = "help"
    url_name = access.CHANGE
    own_fields = ("against", "producer", "city")
    producer: Producer | None = None

    def answer(self, area: str, period: Period) -> dict:
        self.producer = self.wanted_producer()
        before = period_against(self.request.GET.get("against", ""), period)
        number = self.producer.pk if self.producer else None
        change = income_change(area, period, before, number, self.city)
        self.area_name = change.name
        told = told_change(change, self.whose(change))
        return {"told": told, "notes": how_counted(change), **vars(told)}

    def document(self, answer: dict, *, is_flat: bool) -> Document:
        number = self.producer.pk if self.producer else None
        whose = Whose(self.area, self.whose(answer["change"]), number, self.city)
        return change_document(answer["told"], whose, timezone.now(), is_flat=is_flat)

    def rows_of(self, answer: dict) -> int:
        return len(answer["parts"]) + 1

    def usual_area(self) -> str:
        """Of a group without an area: that of one's own areas in which it is at home."""
        home = self.asked.home_village_id if self.asked else ""
        own = [area for area in self.areas if home and is_within(home, [area])]
        return own[0] if own else super().usual_area()

    @cached_property
    def asked(self) -> Producer | None:
        number = id_in(self.request.GET.get("producer", ""))
        return Producer.objects.filter(pk=number).first() if number else None

    def wanted_producer(self) -> Producer | None:
        if self.request.GET.get("producer") and self.asked is None:
            raise NoSuchGroup
        return self.asked

    def whose(self, change: IncomeChange) -> str:
        """The area, or its cities of one kind, or the group in it."""
        place = "" if self.area == COUNTRY else change.name
        if self.city:
            words = gettext("%(cities)s in %(area)s")
            place = words % {"cities": self.city.label, "area": change.name}
        if self.producer is None:
            return place or change.name
        group = bilingual.pick(self.producer.name_th, self.producer.name_en)
        if not place:
            return group
        return gettext("%(group)s in %(area)s") % {"group": group, "area": place}

    def get_context_data(self, **kwargs) -> dict:
        against = self.request.GET.get("against") or Against.LAST_YEAR.value
        is_choice = against in Against.values
        return super().get_context_data(**kwargs) | {
            "producer": self.producer,
            "against": against,
            "against_choices": [
                *Against.choices,
                *([] if is_choice else [(against, against)]),
            ],
            "whole_url": self.url(against=against, **self.kept_city()),
        }
