"""Forms of the desks that answer for the ledger. What may be done, the services say."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from marketplace.core import money
from marketplace.core.amount_fields import BahtField
from marketplace.producers.models import PayoutAccount, Producer
from marketplace.producers.wagtail_views import producer_chooser
from marketplace.villages.models import Village
from marketplace.villages.wagtail_choosers import village_chooser
from shop.bookkeeping.errors import NoAmount
from shop.bookkeeping.models import PayoutLine
from shop.bookkeeping.models.corrections import REASON_MAX_LENGTH

LARGEST_SATANG = 99_999_999_99  # of one correction
_RANGE = _("Write an amount between −99,999,999.99 and 99,999,999.99 baht, other than zero.")


def reason_field(label) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=REASON_MAX_LENGTH, widget=forms.Textarea({"rows": 3})
    )


class ProposalForm(forms.Form):
    """Carries the name of the form, so that a double submit is one proposal."""

    form_token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        kwargs["initial"] = {"form_token": uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)


class AdjustmentForm(ProposalForm):
    producer = forms.ModelChoiceField(
        Producer.objects.all(), label=_("producer"), widget=producer_chooser.widget_class
    )
    amount_satang = BahtField(
        label=_("amount (baht)"),
        help_text=_("Above zero is owed to the producer, below zero is charged to it."),
    )
    village = forms.ModelChoiceField(
        Village.objects.all(),
        label=_("village"),
        help_text=_("Leave it empty for the producer's home village."),
        required=False,
        widget=village_chooser.widget_class,
    )
    reason = reason_field(_("reason"))

    def clean_amount_satang(self):
        satang = self.cleaned_data["amount_satang"]
        if not satang:
            raise forms.ValidationError(NoAmount.message)
        if abs(satang) > LARGEST_SATANG:
            raise forms.ValidationError(_RANGE)
        return satang

    @property
    def facts(self) -> dict:
        village = self.cleaned_data["village"]
        return {
            "producer": self.cleaned_data["producer"],
            "amount_satang": self.cleaned_data["amount_satang"],
            "village_code": village.pk if village else "",
            "reason": self.cleaned_data["reason"],
        }


class OrderForm(forms.Form):
    order = forms.CharField(label=_("order number"), max_length=128)


class ChangeOfPlaceForm(ProposalForm):
    place = forms.ChoiceField(label=_("what belongs elsewhere"), widget=forms.RadioSelect)
    to_village = forms.ModelChoiceField(
        Village.objects.all(),
        label=_("to village"),
        widget=village_chooser.widget_class,
    )
    reason = reason_field(_("reason"))

    def __init__(self, *args, order_number: str, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_number, self.places = order_number, {place.key: place for place in places}
        self.fields["place"].choices = [(place.key, place.words) for place in places]

    @property
    def facts(self) -> dict:
        place = self.places[self.cleaned_data["place"]]
        return {
            "order_number": self.order_number,
            "line_id": place.line_id,
            "from_village_code": place.village_code,
            "to_village_code": self.cleaned_data["to_village"].pk,
            "reason": self.cleaned_data["reason"],
        }


class RefuseForm(forms.Form):
    reason = reason_field(_("why not"))


class HandOverForm(forms.Form):
    handed_on = forms.DateField(label=_("handed to the bank on"), widget=AdminDateInput)


class DropForm(forms.Form):
    reason = reason_field(_("why it is dropped"))


class ReturnForm(forms.Form):
    """One payment of a list that the bank gave back, all of it."""

    line = forms.ModelChoiceField(PayoutLine.objects.none(), label=_("which payment came back"))
    reason = reason_field(_("what the bank says"))

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = lines
        self.fields["line"].label_from_instance = _line_words


def _line_words(line: PayoutLine) -> str:
    return f"{line.producer.display_name}, {money.format_baht(line.amount_satang)}"


class AccountForm(WagtailAdminModelForm):
    """Where a producer is paid, as finance proposes it; another person approves."""

    producer = forms.ModelChoiceField(
        Producer.objects.all(), label=_("producer"), widget=producer_chooser.widget_class
    )
    holder_name = forms.CharField(label=_("account holder"), max_length=128)
    bank_code = forms.RegexField(
        r"^[0-9]{3}$", label=_("bank"), help_text=_("The bank's code of 3 digits.")
    )
    number = forms.CharField(
        label=_("account number"),
        max_length=30,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )

    class Meta:
        model = PayoutAccount
        fields = []

    def _post_clean(self):
        """Leave the row alone: a form never writes an account, and the services judge it."""
