"""Forms of the staff's list of fee rules. What a rule must be, the services say."""

from datetime import timedelta

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from marketplace.core import thai
from marketplace.core.amount_fields import BahtField, PercentField
from marketplace.core.row_changes import REASON_MAX_LENGTH
from marketplace.producers.models import Producer
from marketplace.producers.wagtail_views import producer_chooser
from marketplace.provenance.models import IncomeKind, Listing, OtopType
from marketplace.villages.models import Programme
from shop.fees.choosers import product_chooser
from shop.fees.errors import InThePast
from shop.fees.facts import FACTS
from shop.fees.models import FeeRule

LARGEST_SATANG = 99_999_999  # of one order
ZERO_FOR_NOTHING = ("percent_ppm", "fixed_satang", "min_satang", "vat_ppm")
_RANGE = _("Write an amount between 0 and 999,999.99 baht.")
_ANY = _("(any)")


def _baht(label, help_text="") -> BahtField:
    limits = [MinValueValidator(0, _RANGE), MaxValueValidator(LARGEST_SATANG, _RANGE)]
    return BahtField(label=label, help_text=help_text, required=False, validators=limits)


def _choice(label, choices) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", _ANY), *choices], required=False)


class RuleForm(WagtailAdminModelForm):
    """Fields are named after the facts of a rule."""

    name = forms.CharField(label=_("name"), max_length=120)
    otop_type = _choice(_("official type"), OtopType.choices)
    income_kind = _choice(_("kind of sale"), IncomeKind.choices)
    producer = forms.ModelChoiceField(
        Producer.objects.all(),
        label=_("producer"),
        required=False,
        widget=producer_chooser.widget_class,
    )
    producer_kind = _choice(_("kind of producer"), Producer.Kind.choices)
    programme = forms.ModelChoiceField(
        Programme.objects.all(), label=_("programme"), required=False, empty_label=_ANY
    )
    area_code = forms.RegexField(
        r"^([0-9]{2}){1,4}$",
        label=_("code of an area"),
        help_text=_("2 digits for a province, 4 amphoe, 6 tambon, 8 village."),
        required=False,
    )
    price_from_satang = _baht(_("price of a piece from (baht)"))
    price_until_satang = _baht(_("price of a piece until (baht)"))
    is_default = forms.BooleanField(
        label=_("This is the default rule"),
        help_text=_("For all that no other rule is for. Without any condition, and tried last."),
        required=False,
    )
    percent_ppm = PercentField(label=_("part of the price (%)"), required=False)
    fixed_satang = _baht(_("fixed amount for a line (baht)"))
    min_satang = _baht(_("at least (baht)"), _("Never more than the line costs."))
    max_satang = _baht(_("at most (baht)"))
    vat_ppm = PercentField(label=_("VAT on the fee (%)"), initial=70_000, required=False)
    passes_gateway_fee = forms.BooleanField(
        label=_("The maker bears the payment fee"),
        help_text=_("What the payment provider keeps of these sales."),
        required=False,
    )
    since = forms.DateField(label=_("in force from"), widget=AdminDateInput)

    class Meta:
        model = FeeRule
        fields = []

    WHOSE = (
        *("otop_type", "income_kind", "producer", "producer_kind", "programme", "area_code"),
        *("price_from_satang", "price_until_satang", "is_default"),
    )
    TAKEN = (
        *("percent_ppm", "fixed_satang", "min_satang", "max_satang", "vat_ppm"),
        "passes_gateway_fee",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["since"] = thai.today() + timedelta(days=1)
        if self.instance.pk:
            self.initial |= {name: getattr(self.instance, name) for name in FACTS}

    @property
    def conditions(self) -> list:
        return [self[name] for name in self.WHOSE]

    @property
    def taken(self) -> list:
        return [self[name] for name in self.TAKEN]

    def _post_clean(self):
        """Leave the row alone: a form never writes a rule, and the services judge it in words."""

    def clean_since(self):
        if self.cleaned_data["since"] < thai.today():
            raise forms.ValidationError(InThePast.message)
        return self.cleaned_data["since"]

    def clean(self):
        facts = super().clean()
        for name in ZERO_FOR_NOTHING:
            facts[name] = facts.get(name) or 0
        facts["price_from_satang"] = facts.get("price_from_satang") or None
        return facts


class EndForm(forms.Form):
    last_day = forms.DateField(label=_("last day"), widget=AdminDateInput)


class SwitchOffForm(forms.Form):
    reason = forms.CharField(label=_("reason"), max_length=REASON_MAX_LENGTH)


class TryForm(forms.Form):
    """What would be taken of so many pieces of a product, on a day."""

    product = forms.ModelChoiceField(
        Listing.objects.all(), label=_("product"), widget=product_chooser.widget_class
    )
    price = BahtField(
        label=_("price of a piece (baht)"),
        help_text=_("Leave it empty for what it costs now."),
        required=False,
        validators=[MinValueValidator(0, _RANGE), MaxValueValidator(LARGEST_SATANG, _RANGE)],
    )
    quantity = forms.IntegerField(label=_("pieces"), min_value=1, max_value=9_999, initial=1)
    day = forms.DateField(label=_("on"), widget=AdminDateInput)
