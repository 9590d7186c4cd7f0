"""Categories in the staff's registers, instead of in Oscar's dashboard, which tells nobody."""

from django import forms
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.models import Category
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn

from marketplace.core.registers import Register
from marketplace.provenance.services.categories import (
    NAME_MAX_LENGTH,
    add_category,
    change_category,
)

_INDENT = "— "


def indented(category: Category) -> str:
    return _INDENT * (category.depth - 1) + category.name


class CategoryChoice(forms.ModelChoiceField):
    def label_from_instance(self, category):
        return indented(category)


class NewCategoryForm(WagtailAdminModelForm):
    name_th = forms.CharField(label=_("name (Thai)"), max_length=NAME_MAX_LENGTH)
    name_en = forms.CharField(label=_("name (English)"), max_length=NAME_MAX_LENGTH, required=False)
    parent = CategoryChoice(
        Category.objects.order_by("path"),
        label=_("below"),
        required=False,
        empty_label=_("(at the top)"),
    )

    class Meta:
        model = Category
        fields = []


class CategoryForm(WagtailAdminModelForm):
    name_th = forms.CharField(label=_("name (Thai)"), max_length=NAME_MAX_LENGTH)
    name_en = forms.CharField(label=_("name (English)"), max_length=NAME_MAX_LENGTH, required=False)
    is_public = forms.BooleanField(label=_("shown in the shop"), required=False)

    class Meta:
        model = Category
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= {
            "name_th": self.instance.name,
            "name_en": getattr(getattr(self.instance, "english", None), "name_en", ""),
            "is_public": self.instance.is_public,
        }


class CategoryRegister(Register):
    model = Category
    name = "category-register"
    url_prefix = "registers/categories"
    icon = "folder-open-inverse"
    menu_label = _("Categories")
    menu_order = 64
    ordering = ["path"]
    title_sort_key = None
    search_fields = ("name", "english__name_en")
    inspect_view_enabled = False
    list_display = [
        TitleColumn("name", accessor=indented, url_name="category-register:edit"),
        Column("english", label=_("English name"), accessor="english.name_en"),
        BooleanColumn("is_public", label=_("shown in the shop")),
    ]
    form_class = NewCategoryForm
    edit_form_class = CategoryForm

    def scope(self, user):
        return Category.objects.select_related("english")

    def create(self, form, user):
        return add_category(by=user, **form.cleaned_data)

    def change(self, form, user):
        return change_category(category=form.instance, by=user, **form.cleaned_data)
