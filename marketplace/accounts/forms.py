from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core import thai


class NameForm(forms.Form):
    """One field for the whole name: Thai names have no split that a form could ask for."""

    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_name(self) -> str:
        return thai.normalise(self.cleaned_data["name"])
