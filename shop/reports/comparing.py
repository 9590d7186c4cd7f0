"""What a period is held against, as people choose it."""

from datetime import date

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from marketplace.core import thai
from marketplace.ledger.periods import (
    ONE_DAY,
    Period,
    days_period,
    parse_period,
    so_far,
    year_period,
    years_before,
)
from shop.reports.words import period_choices


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


def latest_whole_months(today: date) -> tuple[Period, Period]:
    """The months of this fiscal year that are over, and the same a year before; in October the
    last fiscal year and the one before that."""
    year_be = thai.fiscal_year_be(today)
    first, this_month = year_period(year_be).first, today.replace(day=1)
    if first == this_month:
        return year_period(year_be - 1), year_period(year_be - 2)
    period = days_period(first, this_month - ONE_DAY)
    return period, years_before(period, 1)


class ComparingForm(forms.Form):
    """A period of the list, and what it is held against; this fiscal year against the one before.

    One statement. After `is_valid`, `wanted` and `before` are what is asked.
    """

    period = forms.ChoiceField(label=_("Period"))
    against = forms.ChoiceField(label=_("Held against"), choices=Against.choices)

    def __init__(self, data: QueryDict) -> None:
        today = thai.today()
        usual = {
            "period": year_period(thai.fiscal_year_be(today)).key,
            "against": Against.LAST_YEAR.value,
        }
        super().__init__({name: data.get(name) or value for name, value in usual.items()})
        self.fields["period"].choices = [
            (year, [(period.key, period.label) for period in of_year])
            for year, of_year in period_choices(today)
        ]

    @property
    def wanted(self) -> Period:
        return parse_period(self.cleaned_data["period"])

    @property
    def before(self) -> Period:
        return period_against(self.cleaned_data["against"], self.wanted)
