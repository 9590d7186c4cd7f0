"""Places in the staff's registers: to look at, since rows come from `import_places`."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column

from marketplace.core.registers import Register, RegisterChooser
from marketplace.places.models import Amphoe, Province, Region, Tambon

COMMON_FIELDS = ["code", "name_th", "name_en", "latitude", "longitude", "valid_from", "valid_until"]


class InProvince(WagtailFilterSet):
    """77 provinces fit a select; amphoe and tambon are reached by the beginning of their code."""

    province = django_filters.ModelChoiceFilter(
        label=_("province"), queryset=Province.objects.all(), method="of_province"
    )
    code = django_filters.CharFilter(label=_("Code begins with"), lookup_expr="startswith")

    def of_province(self, rows, _name, province):
        return rows.filter(code__startswith=province.code)


class ProvinceFilters(WagtailFilterSet):
    region = django_filters.ChoiceFilter(
        label=_("region"), choices=Region.choices, widget=forms.RadioSelect, empty_label=_("All")
    )
    is_secondary_city = django_filters.BooleanFilter(label=_("secondary city"))


class PlaceRegister(Register):
    icon = "globe"
    search_fields = ("match_key", "code")
    inspect_view_fields = COMMON_FIELDS

    def scope(self, user):
        return self.model.objects.all()


class ProvinceRegister(PlaceRegister):
    model = Province
    name = "province-register"
    url_prefix = "registers/provinces"
    menu_order = 70
    filterset_class = ProvinceFilters
    list_display = [
        "name_th",
        "name_en",
        "code",
        "region",
        BooleanColumn("is_secondary_city", label=_("secondary city")),
    ]
    inspect_view_fields = [*COMMON_FIELDS, "region", "is_secondary_city"]


class AmphoeRegister(PlaceRegister):
    model = Amphoe
    name = "amphoe-register"
    url_prefix = "registers/amphoes"
    menu_order = 80
    filterset_class = InProvince
    list_display = [
        "name_th",
        "name_en",
        "code",
        Column("province", label=_("province")),
        "valid_until",
    ]
    inspect_view_fields = [*COMMON_FIELDS, "province"]

    def scope(self, user):
        return Amphoe.objects.select_related("province")


class TambonRegister(PlaceRegister):
    model = Tambon
    name = "tambon-register"
    url_prefix = "registers/tambons"
    menu_order = 90
    filterset_class = InProvince
    list_display = [
        "name_th",
        "name_en",
        "code",
        Column("amphoe", label=_("amphoe")),
        Column("province", label=_("province"), accessor="amphoe.province"),
        "valid_until",
    ]
    inspect_view_fields = [*COMMON_FIELDS, "amphoe", "postcodes"]

    def scope(self, user):
        return Tambon.objects.select_related("amphoe__province")


class TambonChooser(RegisterChooser):
    model = Tambon
    icon = "globe"
    choose_one_text = _("Choose a tambon")
    choose_another_text = _("Choose another tambon")
    search_fields = ("match_key", "code")
    shown = (
        Column("amphoe", label=_("amphoe")),
        Column("province", label=_("province"), accessor="amphoe.province"),
        Column("code", label=_("code")),
    )

    def scope(self, user):
        return Tambon.objects.in_force().select_related("amphoe__province")


tambon_chooser = TambonChooser("tambon_chooser", url_prefix="choose/tambons")
REGISTERS = (ProvinceRegister(), AmphoeRegister(), TambonRegister(), tambon_chooser)
