"""What is told of a sale made elsewhere: by one tap, or in full. Rules are the services'."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core import thai
from marketplace.core.amount_fields import BahtField
from marketplace.core.day_field import DayField
from marketplace.core.templatetags.thai import baht
from marketplace.ledger.models import Event
from shop.stall import errors
from shop.stall.queries import StallProduct
from shop.stall.services import MOST_PIECES

TOKEN = r"^[A-Za-z0-9_-]{20,40}$"
FIELD_OF_REFUSAL = {
    errors.ChooseOption: "product",
    errors.NotEnoughLeft: "quantity",
    errors.WrongQuantity: "quantity",
    errors.WrongAmount: "amount",
    errors.WrongDay: "sold_on",
    errors.NotYetOfVillage: "sold_on",
    errors.WrongChannel: "channel",
}
EMPTY = {"required": _("This cannot be empty.")}


class TapForm(forms.Form):
    """One piece, at its price, today."""

    product = forms.IntegerField(min_value=1, max_value=2**62)
    channel = forms.ChoiceField(choices=Event.Channel.choices)
    form_token = forms.RegexField(TOKEN)


class SoldForm(forms.Form):
    """Any number of pieces of one product, at any price, on any day of this month."""

    form_token = forms.RegexField(TOKEN, widget=forms.HiddenInput)
    product = forms.TypedChoiceField(
        label=_("Which one"), coerce=int, widget=forms.RadioSelect, error_messages=EMPTY
    )
    quantity = forms.IntegerField(
        label=_("How many"),
        min_value=1,
        max_value=MOST_PIECES,
        initial=1,
        error_messages=EMPTY,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    amount = BahtField(
        label=_("What you got for all of it, in baht"),
        required=False,
        help_text=_("Leave it empty if it was the usual price."),
    )
    sold_on = DayField(label=_("On which day"), error_messages=EMPTY)
    channel = forms.ChoiceField(
        label=_("Where"),
        choices=Event.Channel.choices,
        widget=forms.RadioSelect,
        error_messages=EMPTY,
    )

    def __init__(self, *args, thing: StallProduct, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        today = thai.today()
        limits = {"min": today.replace(day=1).isoformat(), "max": today.isoformat()}
        self.fields["sold_on"].widget.attrs |= limits
        if thing.has_options:
            self.fields["product"].choices = [
                (option.product_id, f"{option.title} · {baht(option.price_satang)}")
                for option in thing.options
            ]
        else:
            self.fields["product"].widget = forms.HiddenInput()
            self.fields["product"].choices = [(thing.pk, thing.title)]

    def refuse(self, refusal: errors.CannotDeclare) -> None:
        """Show why a sale was not recorded, beside the field it is about."""
        self.add_error(FIELD_OF_REFUSAL.get(type(refusal)), str(refusal))
