"""Forms by which a person settles imported rows; the rules are the services'."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core import thai
from marketplace.core.money import to_baht, to_satang
from marketplace.provenance.alcohol import may_be_alcoholic
from marketplace.provenance.imports.judging import rejected_name
from marketplace.provenance.imports.settling import REASON_MAX_LENGTH
from marketplace.provenance.models import ImportRow, OtopType, StockKind
from marketplace.villages.models import Village
from marketplace.villages.wagtail_choosers import village_chooser

_OF_OPTIONS = ("price_baht", "quantity")  # options have their own
_USUAL_WEIGHT_GRAMS = 500


class SettleForm(forms.Form):
    """What was read of a row, to be corrected, and the village that only a person can name."""

    village = forms.ModelChoiceField(
        Village.objects.all(),
        label=_("village"),
        required=False,
        widget=village_chooser.widget_class,
    )
    title_th = forms.CharField(label=_("name of the product (Thai)"), max_length=255)
    otop_type = forms.ChoiceField(label=_("official type"), choices=OtopType.choices)
    is_alcoholic = forms.BooleanField(
        label=_("It is an alcoholic drink, which is never shown or sold here"), required=False
    )
    otop_code = forms.CharField(label=_("OTOP code"), max_length=20, required=False)
    price_baht = forms.DecimalField(
        label=_("price in baht, VAT included"), max_digits=12, decimal_places=2, required=False
    )
    stock_kind = forms.ChoiceField(label=_("stock"), choices=StockKind.choices)
    quantity = forms.IntegerField(label=_("how many can be sold"), min_value=0, required=False)
    lead_days = forms.IntegerField(
        label=_("days to make"), min_value=0, max_value=365, required=False
    )
    weight_grams = forms.IntegerField(
        label=_("weight with packing, grams"), min_value=1, max_value=1_000_000, required=False
    )
    producer_name = forms.CharField(
        label=_("public name of the group"),
        max_length=128,
        required=False,
        help_text=_("Empty: the community of the village, until a group claims it."),
    )

    def __init__(self, row: ImportRow, data=None) -> None:
        super().__init__(data, initial=_initial(row), prefix="settle")
        self.row = row
        if row.facts.get("options"):
            for name in _OF_OPTIONS:
                del self.fields[name]
        if row.village_code:
            self.fields["village"].help_text = _(
                "Empty: the village of code %(code)s, which the row names."
            ) % {"code": row.village_code}

    def clean_title_th(self) -> str:
        title = thai.normalise(self.cleaned_data["title_th"])
        if reason := rejected_name(title):
            raise forms.ValidationError(reason)
        if thai.contains_phone(title):
            raise forms.ValidationError(_("Take the telephone number out of the name."))
        return title

    def clean(self):
        facts = super().clean()
        if not facts.get("village") and not self.row.village_code and "village" not in self.errors:
            self.add_error("village", _("Choose the village that the product comes from."))
        return facts

    @property
    def village_code(self) -> str:
        village = self.cleaned_data["village"]
        return village.pk if village else self.row.village_code

    @property
    def corrections(self) -> dict:
        """What `settle_row` takes: money in satang, and what was left empty as not said."""
        facts = {name: fact for name, fact in self.cleaned_data.items() if name != "village"}
        if "price_baht" in facts:
            price = facts.pop("price_baht")
            facts["price_satang"] = None if price is None else to_satang(price)
        facts["lead_days"] = facts["lead_days"] or 0
        facts["weight_grams"] = facts["weight_grams"] or _USUAL_WEIGHT_GRAMS
        return facts


class RejectForm(forms.Form):
    reason = forms.CharField(
        label=_("reason, in Thai: those who keep the list read it"), max_length=REASON_MAX_LENGTH
    )

    def __init__(self, row: ImportRow, data=None) -> None:
        super().__init__(data, prefix="reject")


def _initial(row: ImportRow) -> dict:
    facts = row.facts
    price = facts.get("price_satang")
    title, otop_type = facts.get("title_th", row.title_th), facts.get("otop_type", "")
    return {
        **facts,
        "title_th": title,
        "village": Village.objects.filter(pk=row.village_code).first()
        if row.village_code
        else None,
        "price_baht": None if price is None else to_baht(price),
        "is_alcoholic": may_be_alcoholic(title, otop_type),
    }
