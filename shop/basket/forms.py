"""What a browser may say about a basket: which option, how many. Never a price."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.partner.availability import MOST_OF_ONE_THING

LARGEST_ID = 2**63 - 1


def quantity_field(least: int) -> forms.IntegerField:
    say = {
        "required": _("Write how many pieces you want."),
        "invalid": _("Write the quantity as a whole number."),
        "min_value": _("Choose at least one piece."),
        "max_value": _("At most %(limit_value)s can be bought at once. Choose fewer."),
    }
    return forms.IntegerField(
        label=_("Quantity"),
        min_value=least,
        max_value=MOST_OF_ONE_THING,
        error_messages=say,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class AddForm(forms.Form):
    """`child_id` is the chosen option of a product that has options."""

    quantity = quantity_field(least=1)
    child_id = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)

    @property
    def first_error(self) -> str:
        return next(iter(self.errors.values()))[0]


class LineForm(forms.Form):
    """How many pieces a line of the basket shall have; 0 takes it out."""

    quantity = quantity_field(least=0)

    @property
    def first_error(self) -> str:
        return next(iter(self.errors.values()))[0]
