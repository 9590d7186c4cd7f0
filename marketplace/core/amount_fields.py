"""Amounts and rates as people type them: 250, 1,250.50, ฿๒๕๐, 2.5 %."""

from decimal import Decimal, InvalidOperation

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core import money, thai

MOST_LETTERS = 20
_PPM_PER_PERCENT = money.PPM // 100


def _decimal(typed: str) -> Decimal:
    text = thai.arabic_digits(typed).replace(",", "").replace(" ", "")
    return Decimal(text[: MOST_LETTERS + 1])


def _plain(amount: Decimal) -> str:
    """Without zeros after the point: 2.5, and 250 rather than 2.5E+2."""
    return f"{amount:f}".rstrip("0").rstrip(".") if amount else "0"


class BahtField(forms.Field):
    """Cleans baht to satang; None for nothing typed."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {"invalid": _("Write an amount in baht, for example 250 or 1,250.50.")}

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            return money.to_satang(_decimal(value.strip().removeprefix("฿")))
        except (InvalidOperation, money.NotExactMoney) as error:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid") from error

    def prepare_value(self, value):
        return _plain(money.to_baht(value)) if isinstance(value, int) else value


class PercentField(forms.Field):
    """Cleans a rate in percent to parts per million; None for nothing typed."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {"invalid": _("Write a rate between 0 and 100, for example 5 or 2.5.")}

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            ppm = _decimal(value.strip().removesuffix("%")) * _PPM_PER_PERCENT
        except ArithmeticError as error:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid") from error
        if not (ppm.is_finite() and 0 <= ppm <= money.PPM and ppm == int(ppm)):
            raise forms.ValidationError(self.error_messages["invalid"], "invalid")
        return int(ppm)

    def prepare_value(self, value):
        is_ppm = isinstance(value, int)
        return _plain(Decimal(value) / _PPM_PER_PERCENT) if is_ppm else value
