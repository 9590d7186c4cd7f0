"""What a guest writes down to order: who they are and where the parcels go."""

from collections.abc import Mapping

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.core import thai
from marketplace.places.queries import TambonAddress, complete_address
from shop.placing.services import Contact, DeliveryAddress

MOST_CHOICES = 50


class ContactForm(forms.Form):
    """Whom to write to. The whole form where nothing of an order is sent."""

    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("The receipt and the link to your order go there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={"invalid": _("Write an e-mail address like name@example.com.")},
    )
    name = forms.CharField(
        label=_("Name and surname"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=30,
        help_text=_("The courier calls this number."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = _("This cannot be empty.")

    def clean_name(self) -> str:
        return _something(thai.normalise(self.cleaned_data["name"]))

    def clean_phone(self) -> str:
        try:
            return thai.normalise_phone(self.cleaned_data["phone"])
        except thai.InvalidThaiPhone as error:
            raise forms.ValidationError(error.message) from error


class AddressForm(ContactForm):
    """Contact and address. `area` is what was typed, `place` the tambon and postcode chosen.

    Where the text means one place only, that one is taken; where it may mean several, the form
    comes back with all of them to choose from. It never guesses.
    """

    line = forms.CharField(
        label=_("House number, village, road"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    area = forms.CharField(
        label=_("Postcode or tambon"),
        max_length=120,
        help_text=_("Type it, then choose your tambon, amphoe and province from the list."),
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "spellcheck": "false"}),
    )
    place = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Note for the courier"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )

    field_order = ("email", "name", "phone", "line", "area", "place", "note")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].widget.attrs["data-places-url"] = reverse("places:complete")

    def clean_line(self) -> str:
        return _something(thai.normalise(self.cleaned_data["line"]))

    def clean_note(self) -> str:
        return thai.normalise(self.cleaned_data["note"], keep_lines=True)

    def clean(self) -> dict:
        data = super().clean()
        if data.get("area"):
            self._choose(data)
        return data

    def _choose(self, data: dict) -> None:
        values = [value for value, _label in self.choices]
        if data.get("place") in values:
            return
        if len(values) == 1:
            data["place"] = values[0]
        elif values:
            self.add_error("area", _("Choose your place from the list below."))
        else:
            self.add_error(
                "area", _("No such place. Type the five digits of the postcode, or the tambon.")
            )

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What the typed text may mean: a value and a line for each tambon and postcode."""
        return [
            (f"{place.tambon_code}-{postcode}", f"{place.label} {postcode}")
            for place in self._candidates
            for postcode in place.postcodes
        ]

    @property
    def _candidates(self) -> list[TambonAddress]:
        if not hasattr(self, "_found"):
            text = self["area"].value() or ""
            self._found = complete_address(str(text).replace("\x00", ""), MOST_CHOICES)
        return self._found

    @property
    def chosen(self) -> str:
        return self.cleaned_data.get("place", "") if self.is_bound else self["place"].value() or ""


def contact_in(known: Mapping[str, str] | None) -> Contact | None:
    """Read whom to write to out of what one of the two forms cleaned before."""
    if not known:
        return None
    return Contact(email=known["email"], name=known["name"], phone=known["phone"])


def address_in(known: Mapping[str, str] | None) -> DeliveryAddress | None:
    """Read where parcels go; None while only the contact was asked for."""
    if not known or "place" not in known:
        return None
    tambon_code, postcode = known["place"].split("-")
    return DeliveryAddress(known["line"], tambon_code, postcode, known["note"])


class PlaceForm(forms.Form):
    """What the review sends back: which form it is, and the total the shopper looked at.

    The total is compared, never charged.
    """

    form_token = forms.RegexField(r"^[A-Za-z0-9_-]{20,64}$")
    reviewed_total_satang = forms.IntegerField(min_value=0, max_value=10**12)


def _something(text: str) -> str:
    """Refuse text that is empty once it is tidied."""
    if not text:
        raise forms.ValidationError(_("This cannot be empty."))
    return text
