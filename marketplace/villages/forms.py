"""Forms of the staff's registers. They check shapes; the rules are the services'."""

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from marketplace.villages.models import (
    Programme,
    ProgrammeMembership,
    Route,
    RouteStop,
    Village,
    VillageMembership,
)
from marketplace.villages.wagtail_choosers import village_chooser

PAGE_FIELDS = [
    "is_code_confirmed",
    "charm_th",
    "charm_en",
    "about_th",
    "about_en",
    "founded_year_be",
    "latitude",
    "longitude",
]


class NewVillageForm(WagtailAdminModelForm):
    class Meta:
        model = Village
        fields = ["code", "name_th", "name_en", *PAGE_FIELDS]

    def clean_code(self):
        code = self.cleaned_data["code"]
        self.instance.tambon_id = code[:6]  # its constraint is checked with the form
        return code


class VillageForm(WagtailAdminModelForm):
    class Meta:
        model = Village
        fields = ["name_th", "name_en", "status", "status_reason", *PAGE_FIELDS]


class NewProgrammeForm(WagtailAdminModelForm):
    class Meta:
        model = Programme
        fields = ["code", "name_th", "name_en"]


class ProgrammeForm(WagtailAdminModelForm):
    class Meta:
        model = Programme
        fields = ["name_th", "name_en"]


class NewRouteForm(WagtailAdminModelForm):
    class Meta:
        model = Route
        fields = ["code", "kind", "name_th", "name_en", "summary_th", "summary_en"]


class RouteForm(WagtailAdminModelForm):
    class Meta:
        model = Route
        fields = ["kind", "name_th", "name_en", "summary_th", "summary_en"]


class JoinProgrammeForm(WagtailAdminModelForm):
    class Meta:
        model = ProgrammeMembership
        fields = ["programme", "village", "valid_from"]
        widgets = {"village": village_chooser.widget_class}


class EndForm(WagtailAdminModelForm):
    """Only the last day can be given to something that began."""

    valid_until = forms.DateField(label=_("last day"), widget=AdminDateInput)


class LeaveProgrammeForm(EndForm):
    class Meta:
        model = ProgrammeMembership
        fields = ["valid_until"]


class NewStopForm(WagtailAdminModelForm):
    class Meta:
        model = RouteStop
        fields = ["route", "village", "position", "valid_from", "note_th", "note_en"]
        widgets = {"village": village_chooser.widget_class}


class StopForm(WagtailAdminModelForm):
    class Meta:
        model = RouteStop
        fields = ["position", "note_th", "note_en", "valid_until"]


class NewMemberForm(WagtailAdminModelForm):
    email = forms.EmailField(label=_("e-mail address of a registered person"))

    class Meta:
        model = VillageMembership
        fields = ["village", "role", "valid_from"]
        widgets = {"village": village_chooser.widget_class}

    field_order = ["email"]

    def clean_email(self):
        email = self.cleaned_data["email"]
        person = get_user_model().objects.filter(email__iexact=email, is_active=True).first()
        if person is None:
            raise forms.ValidationError(_("Nobody is registered with this address."))
        self.person = person
        return email


class EndMembershipForm(EndForm):
    class Meta:
        model = VillageMembership
        fields = ["valid_until"]
