"""A day as people pick or type it: a phone's calendar, or 22/11/2569."""

from django import forms

from marketplace.core import thai


class DayField(forms.Field):
    """Cleans to a date; shows a calendar where the browser has one."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            return thai.parse_date(value)
        except thai.InvalidThaiDate as error:
            raise forms.ValidationError(error.message) from error
