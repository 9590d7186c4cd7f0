"""Who carries a parcel, and its number there."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.parcels.carriers import CARRIERS, NUMBER_MAX_LENGTH, clean_number
from shop.parcels.errors import TrackingNumberUnclear, UnknownCarrier


class SendingForm(forms.Form):
    carrier = forms.ChoiceField(
        label=_("Who carries it?"),
        choices=[(one.code, one.name) for one in CARRIERS.values()],
        widget=forms.RadioSelect,
        error_messages={
            "required": UnknownCarrier.message,
            "invalid_choice": UnknownCarrier.message,
        },
    )
    tracking_number = forms.CharField(
        label=_("Tracking number"),
        required=False,
        help_text=_("It is on the receipt. Spaces and Thai digits are fine."),
        widget=forms.TextInput(
            attrs={
                "maxlength": 2 * NUMBER_MAX_LENGTH,  # as typed, with spaces
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )

    def clean(self):
        cleaned = super().clean()
        if "carrier" in cleaned:
            try:
                typed = cleaned.get("tracking_number", "")
                cleaned["tracking_number"] = clean_number(CARRIERS[cleaned["carrier"]], typed)
            except TrackingNumberUnclear as error:
                self.add_error("tracking_number", error.message)
        return cleaned
