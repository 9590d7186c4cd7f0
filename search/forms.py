"""Oscar finds `SearchForm` under search.forms. Ours reads an address, and never refuses it."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    """The words of the search box; Oscar's own pages only ask that it exists."""

    q = forms.CharField(label=_("Search"), required=False)
