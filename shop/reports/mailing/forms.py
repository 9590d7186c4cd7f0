"""What is chosen for a monthly mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.reports.models import Subscription


class SubscriptionForm(forms.Form):
    """`areas` are the codes and names offered; the view asks whether they may be read."""

    area = forms.ChoiceField(label=_("Area"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=Subscription.Language.choices)
    format = forms.ChoiceField(label=_("File"), choices=Subscription.Format.choices)

    def __init__(self, areas: list[tuple[str, str]], *arguments, **options) -> None:
        super().__init__(*arguments, **options)
        self.fields["area"].choices = areas
