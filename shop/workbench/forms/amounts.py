"""An amount as people type it: 250, 1,250.50, ฿๒๕๐."""

from decimal import Decimal, InvalidOperation

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core import money

MOST_LETTERS = 20


class BahtField(forms.Field):
    """Cleans baht to satang; None for nothing typed."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {"invalid": _("Write an amount in baht, for example 250 or 1,250.50.")}

    def to_python(self, value):
        if value in self.empty_values:
            return None
        text = value.strip().removeprefix("฿").replace(",", "").replace(" ", "")
        try:
            amount = Decimal(text[: MOST_LETTERS + 1])
            return money.to_satang(amount)
        except (InvalidOperation, money.NotExactMoney) as error:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid") from error
