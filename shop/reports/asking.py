"""What the income report is asked: from the fields of its form, and as an address of it."""

from collections.abc import Mapping

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from marketplace.core import thai
from marketplace.core.day_field import DayField
from marketplace.ledger.periods import (
    InvalidPeriod,
    Period,
    days_period,
    parse_period,
    year_period,
)
from marketplace.ledger.queries import (
    CHOICES,
    LEVEL_WORDS,
    Before,
    Dimension,
    Level,
    Question,
    group_names,
    level_number,
    level_of,
)
from shop.reports.words import row_word

DAYS = "days"
"""Stands for the period where the first and the last day are typed."""
NONE = "-"
"""Stands for a value that is empty text, since an empty field means all."""
LEVELS = {word: level for level, word in LEVEL_WORDS.items()}
GROUPED = (Dimension.PROGRAMME, Dimension.ROUTE, Dimension.CAMPAIGN, Dimension.STORY)
LISTED = (*CHOICES, *GROUPED)
"""Filters that are chosen from a list."""
FOLLOWED = (Dimension.PRODUCER, Dimension.BUYERS)
"""Filters that come with a link alone: there are too many values to list."""
FILTERS = (*LISTED, *FOLLOWED)
_ALL = ("", _("all"))
# Typed, not picked: a picker has one era, and forgets a day that cannot be.
_TYPED_DAY = forms.TextInput(attrs={"placeholder": "1/10/2569", "autocomplete": "off", "size": 14})


class AskForm(forms.Form):
    """Empty fields mean: the next level down, all sales, held against nothing.

    `usual` are the values of fields that an address leaves out. After `is_valid`, `question` and
    `held_against` are what is asked.
    """

    area = forms.Field(required=False)  # as it was typed: `question` says whether it can be
    period = forms.CharField(label=_("Period"))
    first = DayField(label=_("First day"), required=False, widget=_TYPED_DAY)
    last = DayField(label=_("Last day"), required=False, widget=_TYPED_DAY)
    by = forms.ChoiceField(label=_("Rows"), required=False)
    before = forms.ChoiceField(
        label=_("Held against"), required=False, choices=[("", _("no other time")), *Before.choices]
    )

    def __init__(
        self,
        data: QueryDict,
        usual: Mapping[str, str],
        groups: Mapping[Dimension, Mapping[str, str]],
    ) -> None:
        given = {**usual, **{name: value for name, value in data.items() if value}}
        super().__init__(given)
        self.fields["by"].choices = _rows_choices(
            LEVELS.get(level_of(given["area"]), Level.COUNTRY)
        )
        if given.get("by") not in dict(self.fields["by"].choices):
            self.data.pop("by", None)  # of the area before: its level is not below this one
        for name in LISTED:
            choices = CHOICES.get(name) or groups.get(name, {}).items()
            choices = [(value or NONE, words) for value, words in choices]
            self.fields[name.value] = forms.ChoiceField(
                label=name.label, required=False, choices=[_ALL, *choices]
            )
        for name in FOLLOWED:
            self.fields[name.value] = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict:
        found = super().clean()
        found["of"] = self._period(found)
        return found

    def _period(self, found: Mapping) -> Period | None:
        """The days that were typed, or the period that was chosen."""
        try:
            if found.get("period") != DAYS:
                return parse_period(found.get("period", ""))
            if self._lacks_a_day(found):
                return None
            return days_period(found["first"], found["last"])
        except InvalidPeriod as error:
            self.add_error("period" if found.get("period") != DAYS else "last", error.message)
            return None

    def _lacks_a_day(self, found: Mapping) -> bool:
        for name in ("first", "last"):
            if not found.get(name) and name not in self.errors:
                self.add_error(name, _("Write this day, such as 1/10/2569."))
        return bool(self.errors)

    @property
    def question(self) -> Question:
        """Raises UnknownArea: the form itself takes any area, so that it can be shown again."""
        found = self.cleaned_data
        level_number(found["area"])
        only = {name: found[name.value] for name in FILTERS if found.get(name.value)}
        return Question(
            area=found["area"],
            period=found["of"],
            rows_by=_rows_by(found["by"]),
            only={name: "" if value == NONE else value for name, value in only.items()},
        )

    @property
    def held_against(self) -> Before | None:
        return Before(self.cleaned_data["before"]) if self.cleaned_data["before"] else None

    @property
    def filters(self) -> list[forms.BoundField]:
        """Those chosen from a list, where there is anything to choose."""
        fields = [self[name.value] for name in LISTED]
        return [field for field in fields if len(field.field.choices) > 1]

    @property
    def followed(self) -> list[forms.BoundField]:
        fields = [self[name.value] for name in FOLLOWED]
        return [field for field in fields if field.value()]

    @property
    def is_filtered(self) -> bool:
        return any(self[name.value].value() for name in FILTERS)


def asked_of(data: QueryDict, area: str) -> AskForm:
    """The form as an address has it; what it leaves out is this area and this fiscal year."""
    this_year = year_period(thai.fiscal_year_be(thai.today()))
    return AskForm(data, {"area": area, "period": this_year.key}, group_names())


def _rows_choices(area: Level) -> list[tuple]:
    levels = [level for level in Level if level > area]
    return [
        ("", _("the next level down")),
        *((LEVEL_WORDS[level], row_word(level)) for level in levels),
        *Dimension.choices,
    ]


def _rows_by(value: str) -> Level | Dimension | None:
    if not value:
        return None
    return LEVELS[value] if value in LEVELS else Dimension(value)


def fields_of(question: Question, before: Before | None = None) -> dict[str, str]:
    """The fields of a form that asks this; what is usual is left out."""
    by = question.rows_by
    fields = {"area": question.area, "period": question.period.key}
    if by is not None:
        fields["by"] = by.value if isinstance(by, Dimension) else LEVEL_WORDS[by]
    fields |= {name.value: value or NONE for name, value in question.only.items()}
    return fields | ({"before": before.value} if before else {})
