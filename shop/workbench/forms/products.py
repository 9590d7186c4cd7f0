"""Price and stock of one piece, from its row or its own page. Rules are the services'."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core import thai
from marketplace.core.amount_fields import BahtField
from marketplace.provenance.services.plans import STOCK_MAX

EMPTY = {"required": _("This cannot be empty.")}
STEPS = {"more": 1, "less": -1}


class CountField(forms.IntegerField):
    """A whole number, also in Thai digits."""

    def to_python(self, value):
        return super().to_python(thai.arabic_digits(value) if isinstance(value, str) else value)


class PriceForm(forms.Form):
    price = BahtField(label=_("Price in baht"), error_messages=EMPTY)


class StockForm(forms.Form):
    """How many there are: as typed, or one more or less than was seen."""

    seen = forms.IntegerField(min_value=0, max_value=STOCK_MAX, widget=forms.HiddenInput)
    quantity = CountField(
        label=_("How many can be sold now"),
        min_value=0,
        max_value=STOCK_MAX,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    step = forms.ChoiceField(choices=[(name, name) for name in STEPS], required=False)

    def clean(self):
        facts = super().clean()
        if self.errors:
            return facts
        if facts["step"]:
            facts["quantity"] = max(0, facts["seen"] + STEPS[facts["step"]])
        elif facts["quantity"] is None:
            self.add_error("quantity", EMPTY["required"])
        return facts
