"""Why did income change: one sentence, a picture of its parts, and every number in a table."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.core import bilingual, thai
from marketplace.core.errors import DomainError
from marketplace.core.numbers import id_in
from marketplace.ledger.periods import (
    ONE_DAY,
    Period,
    days_period,
    parse_period,
    so_far,
    years_before,
)
from marketplace.ledger.queries import IncomeChange, income_change
from marketplace.producers.models import Producer
from shop.reports.backoffice import access
from shop.reports.backoffice.desk import Desk
from shop.reports.change_words import change_sentence, part_words, signed
from shop.reports.pictures.parts import parts_picture


class NoSuchGroup(DomainError):
    """A number that is no producer's."""

    message = _("There is no such group. Choose one from “Groups and first sales”.")


class Against(models.TextChoices):
    """What a period is held against; any other period may stand there by its key."""

    LAST_YEAR = "last-year", _("the same days a year before")
    JUST_BEFORE = "just-before", _("the same time just before")


def period_against(wanted: str, period: Period) -> Period:
    """As many days as the period has so far. Raises InvalidPeriod for what is neither a choice nor
    the key of a period."""
    days = so_far(period, thai.today())
    if wanted in ("", Against.LAST_YEAR):
        return years_before(days, 1)
    if wanted == Against.JUST_BEFORE:
        return just_before(days)
    return parse_period(wanted)


def just_before(period: Period) -> Period:
    """As many whole months before, or, of loose days, as many days."""
    last = period.first - ONE_DAY
    if period.loose_days:
        return days_period(period.first - (period.last - last), last)
    first = last.replace(day=1)
    for _month in period.whole_months[1:]:
        first = (first - ONE_DAY).replace(day=1)
    return days_period(first, last)


class ChangeDesk(Desk):
    template_name = "reports/desks/change.html"
    page_title = _("Why did income change")
    header_icon = "help"
    url_name = access.CHANGE
    producer: Producer | None = None

    def answer(self, area: str, period: Period) -> dict:
        self.producer = self.wanted_producer()
        before = period_against(self.request.GET.get("against", ""), period)
        number = self.producer.pk if self.producer else None
        change = income_change(area, period, before, number)
        self.area_name = change.name
        parts = [(part_words(change, part.reason), part.amount_satang) for part in change.told]
        return {
            "change": change,
            "sentence": change_sentence(change, self.whose(change)),
            "parts": parts,
            "picture": parts_picture(
                [
                    (str(part.reason.label), signed(part.amount_satang), part.amount_satang)
                    for part in change.told
                ]
            ),
        }

    def wanted_producer(self) -> Producer | None:
        number = self.request.GET.get("producer", "")
        if not number:
            return None
        found = Producer.objects.filter(pk=id_in(number)).first()
        if found is None:
            raise NoSuchGroup
        return found

    def whose(self, change: IncomeChange) -> str:
        """The area, or the group in it."""
        if self.producer is None:
            return change.name
        group = bilingual.pick(self.producer.name_th, self.producer.name_en)
        return gettext("%(group)s in %(area)s") % {"group": group, "area": change.name}

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
            "whole_url": self.url(against=against),
        }
