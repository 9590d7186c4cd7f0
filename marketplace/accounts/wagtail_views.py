"""Which areas officers answer for, in the administrators' registers."""

import django_filters
from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from marketplace.accounts import services
from marketplace.accounts.models import AreaGrant
from marketplace.core.registers import Register


class NewGrantForm(WagtailAdminModelForm):
    email = forms.EmailField(label=_("e-mail address of the officer"))

    class Meta:
        model = AreaGrant
        fields = ["area_code", "valid_from", "valid_until"]

    field_order = ["email"]

    def clean_email(self):
        email = self.cleaned_data["email"]
        self.officer = get_user_model().objects.filter(email__iexact=email, is_active=True).first()
        if self.officer is None:
            raise forms.ValidationError(_("Nobody is registered with this address."))
        return email


class EndGrantForm(WagtailAdminModelForm):
    valid_until = forms.DateField(label=_("last day"), widget=AdminDateInput)

    class Meta:
        model = AreaGrant
        fields = ["valid_until"]


class GrantFilters(WagtailFilterSet):
    area_code = django_filters.CharFilter(label=_("Code begins with"), lookup_expr="startswith")


class AreaGrantRegister(Register):
    """No role has permissions for it: administrators only."""

    model = AreaGrant
    name = "area-grant-register"
    url_prefix = "registers/area-grants"
    icon = "key"
    menu_label = _("Areas of officers")
    menu_order = 60
    ordering = ["user__email", "area_code"]
    title_sort_key = "user__email"
    search_fields = ("user__email", "area_code")
    filterset_class = GrantFilters
    list_display = ["user", "area_code", "valid_from", "valid_until"]
    inspect_view_fields = ["user", "area_code", "valid_from", "valid_until", "granted_by"]
    form_class = NewGrantForm
    edit_form_class = EndGrantForm

    def scope(self, user):
        return AreaGrant.objects.select_related("user")

    def create(self, form, user):
        facts = form.cleaned_data
        return services.grant_area(
            user=form.officer,
            area_code=facts["area_code"],
            since=facts["valid_from"],
            until=facts["valid_until"],
            by=user,
        )

    def change(self, form, user):
        return services.end_area(
            grant=form.instance, last_day=form.cleaned_data["valid_until"], by=user
        )


REGISTERS = (AreaGrantRegister(),)
