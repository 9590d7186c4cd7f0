"""What is told of a sale made elsewhere: by one tap, or in full. Rules are the services'."""

from datetime import date

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.models import Product

from marketplace.core import thai
from marketplace.core.amount_fields import BahtField
from marketplace.core.day_field import DayField
from marketplace.core.errors import DomainError
from marketplace.core.templatetags.thai import baht
from marketplace.ledger.models import Event
from marketplace.producers.models import Producer
from marketplace.provenance.models import IncomeKind, OtopType
from shop.stall import errors
from shop.stall.doubts import Doubts
from shop.stall.models import Receipt
from shop.stall.queries import StallProduct, first_day_to_tell, own_product
from shop.stall.services import (
    LONGEST_NAME,
    LONGEST_TITLE,
    MOST_PIECES,
    Unlisted,
    require_day_to_tell,
    take_receipt,
)

TOKEN = r"^[A-Za-z0-9_-]{20,40}$"
FIELD_OF_REFUSAL = {
    errors.ChooseOption: "product",
    errors.NotEnoughLeft: "quantity",
    errors.WrongQuantity: "quantity",
    errors.WrongAmount: "amount",
    errors.WrongDay: "sold_on",
    errors.NotYetOfVillage: "sold_on",
    errors.WrongChannel: "channel",
    errors.NameIt: "title_th",
    errors.WrongType: "otop_type",
    errors.WhoTold: "told_by",
    errors.WrongTeller: "told_by",
    errors.WrongReceipt: "photo",
}
EMPTY = {"required": _("This cannot be empty.")}


class TapForm(forms.Form):
    """One piece, at its price, today."""

    product = forms.IntegerField(min_value=1, max_value=2**62)
    channel = forms.ChoiceField(choices=Event.Channel.choices)
    form_token = forms.RegexField(TOKEN)


class ToldForm(forms.Form):
    """What is told of any sale: how many, for how much, when and where."""

    form_token = forms.RegexField(TOKEN, widget=forms.HiddenInput)
    quantity = forms.IntegerField(
        label=_("How many"),
        min_value=1,
        max_value=MOST_PIECES,
        initial=1,
        error_messages=EMPTY,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    amount = BahtField(label=_("What you got for all of it, in baht"), error_messages=EMPTY)
    sold_on = DayField(label=_("On which day"), error_messages=EMPTY)
    channel = forms.ChoiceField(
        label=_("Where"),
        choices=Event.Channel.choices,
        widget=forms.RadioSelect,
        error_messages=EMPTY,
    )

    told_by = forms.CharField(
        label=_("Who sold it"),
        help_text=_("If it was somebody else than you."),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    photo = forms.FileField(
        label=_("Picture of the receipt"),
        help_text=_("Shoppers never see it. Your group and the staff who check may open it."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        error_messages={"empty": _("This file is empty. Choose another one.")},
    )
    doubts: Doubts | None = None
    """What sounded odd of the form as it was sent; its key comes back as `confirmed`."""
    kept: Receipt | None = None
    """The picture that is here already, of this form as it was sent before."""

    def __init__(self, *args, producer: Producer, is_officers: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.producer = producer
        if is_officers:
            self.fields["told_by"] = _source_person()
        today = thai.today()
        limits = {"min": first_day_to_tell(today).isoformat(), "max": today.isoformat()}
        self.fields["sold_on"].widget.attrs |= limits

    def clean_sold_on(self) -> date:
        """Said before anything is doubted."""
        try:
            require_day_to_tell(self.cleaned_data["sold_on"], thai.today())
        except errors.WrongDay as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return self.cleaned_data["sold_on"]

    @property
    def token(self) -> str:
        return self.cleaned_data["form_token"]

    @property
    def told_satang(self) -> int:
        """What all of it brought."""
        return self.cleaned_data["amount"]

    @property
    def facts(self) -> dict:
        """What `declare_sale` is told, without what was sold."""
        typed = self.cleaned_data
        told = {name: typed[name] for name in ("quantity", "sold_on", "channel")}
        told |= {"amount_satang": typed["amount"], "told_by": typed["told_by"]}
        return told | {"receipt": self.kept}

    def keep_photo(self, by: AbstractBaseUser) -> None:
        """Take in the picture, also when something else is wrong: it need not be sent again."""
        self.full_clean()
        upload = self.cleaned_data.get("photo")
        if "without_photo" not in self.data:
            self.kept = _receipt(self.producer, self.data.get("receipt", ""))
        if upload:
            try:
                self.kept = take_receipt(producer=self.producer, upload=upload, by=by)
            except DomainError as refusal:
                self.add_error("photo", str(refusal))

    def refuse(self, refusal: errors.CannotDeclare) -> None:
        """Show why a sale was not recorded, beside the field it is about."""
        fields = (name for kind, name in FIELD_OF_REFUSAL.items() if isinstance(refusal, kind))
        self.add_error(next(fields, None), str(refusal))


def _source_person() -> forms.CharField:
    return forms.CharField(
        label=_("Who told you"),
        help_text=_("The person of the group who sold it, or whom you asked."),
        max_length=LONGEST_NAME,
        error_messages=EMPTY,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def _receipt(producer: Producer, key: str) -> Receipt | None:
    """A receipt of the producer that the form was sent with before."""
    is_key = key.isascii() and key.isdecimal() and len(key) < 16
    return producer.receipts.filter(pk=key).first() if is_key else None


class SoldForm(ToldForm):
    """Any number of pieces of one product, at any price."""

    product = forms.TypedChoiceField(
        label=_("Which one"), coerce=int, widget=forms.RadioSelect, error_messages=EMPTY
    )
    field_order = ("form_token", "product")

    def __init__(self, *args, thing: StallProduct, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.thing = thing
        self.fields["amount"].required = False
        self.fields["amount"].help_text = _("Leave it empty if it was the usual price.")
        if thing.has_options:
            self.fields["product"].choices = [
                (option.product_id, f"{option.title} · {baht(option.price_satang)}")
                for option in thing.options
            ]
        else:
            self.fields["product"].widget = forms.HiddenInput()
            self.fields["product"].choices = [(thing.pk, thing.title)]

    @property
    def what(self) -> Product:
        return own_product(self.producer, self.cleaned_data["product"])

    @property
    def token(self) -> str:
        """Of this product: the page of the stall gives all of them one."""
        return f"{super().token}-{self.cleaned_data['product']}"

    @property
    def told_satang(self) -> int:
        typed = self.cleaned_data
        if typed["amount"] is not None:
            return typed["amount"]
        prices = {option.product_id: option.price_satang for option in self.thing.options}
        return prices[typed["product"]] * typed["quantity"]


class UnlistedForm(ToldForm):
    """Something that is no product of this site."""

    title_th = forms.CharField(
        label=_("What was sold"),
        help_text=_("In your own words, for example: five cotton scarves."),
        max_length=LONGEST_TITLE,
        error_messages=EMPTY,
        widget=forms.TextInput(attrs={"lang": "th"}),
    )
    otop_type = forms.ChoiceField(
        label=_("Which kind of product"),
        choices=OtopType.choices,
        widget=forms.RadioSelect,
        error_messages=EMPTY,
    )
    income_kind = forms.ChoiceField(
        label=_("What it was paid for"),
        choices=IncomeKind.choices,
        widget=forms.RadioSelect,
        initial=IncomeKind.GOODS,
        error_messages=EMPTY,
    )
    field_order = ("form_token", "title_th", "otop_type", "income_kind")

    @property
    def what(self) -> Unlisted:
        names = ("title_th", "otop_type", "income_kind")
        return Unlisted(**{name: self.cleaned_data[name] for name in names})
