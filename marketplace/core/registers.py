"""Registers in Wagtail's admin: lists of our own rows that staff search, look at and keep.

What differs from Wagtail's own model views: rows come from a scope (an officer sees his areas, in
the list and by address alike), a Thai word is found inside a name, saving goes through services,
and nothing is deleted. Rows are audited by the services, not by Wagtail's log.
"""

import itertools

from django import forms
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_permission_codename
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views import generic
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import BaseChooser

from marketplace.core import thai
from marketplace.core.errors import DomainError
from marketplace.core.name_keys import fold

MENU_HOOK = "register_registers_menu_item"
LINKS_HOOK = "register_links_of_a_row"
"""Packages above add links to the pages of a row: functions of row and user give buttons."""

ROWS_PER_PAGE = 50
ROWS_PER_CHOICE = 12
MOST_CHOSEN = 100


def matching(queryset: QuerySet, words: str, fields: tuple[str, ...]) -> QuerySet:
    """Rows with the words inside one of the fields; codes by their beginning.

    A field called match_key is compared without spaces, hyphens and case.
    """
    words, folded = thai.normalise(words), fold(words)
    condition = Q(pk__in=[])
    for field in fields:
        if field.endswith("match_key"):
            condition |= Q(**{f"{field}__contains": folded}) if folded else Q()
        elif field.endswith("code"):
            condition |= Q(**{f"{field}__startswith": thai.arabic_digits(words)})
        else:
            condition |= Q(**{f"{field}__icontains": words})
    return queryset.filter(condition)


def find_row(queryset: QuerySet, key: str) -> Model:
    """The row that an address names; raises Http404 also for a key that can be nobody's."""
    found = find_rows(queryset, [key])
    if not found:
        raise Http404
    return found[0]


def find_rows(queryset: QuerySet, keys: list[str]) -> list[Model]:
    """Rows by the keys of an address, without those that can be nobody's; 100 at most."""
    possible = [key for key in keys[:MOST_CHOSEN] if _can_be_key(queryset.model, key)]
    return list(queryset.filter(pk__in=possible))


def _can_be_key(model: type[Model], key: str) -> bool:
    field = model._meta.pk
    field = field.target_field if field.is_relation else field
    try:
        field.run_validators(field.to_python(key))
    except ValidationError:
        return False
    return "\0" not in key  # which PostgreSQL refuses to look for


# --- Views ---------------------------------------------------------------------------------------
class IndexView(generic.IndexView):
    scope = None
    title_sort_key = None
    title_label = _("Name")

    def get_base_queryset(self):
        return self.scope(self.request.user)

    def get_filterset_kwargs(self):
        return super().get_filterset_kwargs() | {"queryset": self.get_base_queryset()}

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        return matching(queryset, self.search_query, self.search_fields)

    @cached_property
    def columns(self):
        columns = super().columns
        columns[0].label = self.title_label
        columns[0].sort_key = self.title_sort_key
        return columns


class ThroughService:
    """Saves by a function of the register; a broken rule is shown above the form."""

    save_through = None

    def form_valid(self, form):
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except DomainError as error:
            form.add_error(None, str(error))
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def save_instance(self):
        return self.save_through(self.form, self.request.user)


class CreateView(ThroughService, generic.CreateView):
    pass


class WithLinks:
    """Shows the links that packages above have for the row."""

    @cached_property
    def header_more_buttons(self):
        found = [make(self.object, self.request.user) for make in hooks.get_hooks(LINKS_HOOK)]
        return [*super().header_more_buttons, *itertools.chain(*found)]


class EditView(WithLinks, ThroughService, generic.EditView):
    scope = None

    def get_object(self, queryset=None):
        return find_row(self.scope(self.request.user), unquote(str(self.kwargs["pk"])))


class InspectView(WithLinks, generic.InspectView):
    scope = None

    def get_object(self, queryset=None):
        return find_row(self.scope(self.request.user), unquote(str(self.pk)))


# --- Registers -----------------------------------------------------------------------------------
class Register(ModelViewSet):
    """One table. Subclasses give `model`, `scope`, forms, and `create` and `change` by services."""

    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView
    inspect_view_class = InspectView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None  # Wagtail's search finds no Thai word inside a name
    list_per_page = ROWS_PER_PAGE
    menu_hook = MENU_HOOK
    title_sort_key = "sort_key"
    form_class: type[forms.ModelForm] | None = None
    edit_form_class: type[forms.ModelForm] | None = None

    def scope(self, user) -> QuerySet:
        """The rows somebody sees, with everything the list shows already joined."""
        raise NotImplementedError

    def create(self, form: forms.ModelForm, user) -> Model:
        raise NotImplementedError

    def change(self, form: forms.ModelForm, user) -> Model:
        raise NotImplementedError

    def get_form_class(self, for_update=False):
        return self.edit_form_class if for_update else self.form_class

    def get_edit_handler(self):
        return None

    def get_common_view_kwargs(self, **kwargs):
        # A missing name takes the button away; the address is not there either.
        gone = {"delete_url_name": None, "history_url_name": None, "usage_url_name": None}
        if not self.form_class:
            gone["add_url_name"] = None
        if not self.edit_form_class:
            gone["edit_url_name"] = None
        facts = {"scope": self.scope, "title_sort_key": self.title_sort_key}
        return super().get_common_view_kwargs(**gone, **facts, **kwargs)

    def get_add_view_kwargs(self, **kwargs):
        return super().get_add_view_kwargs(save_through=self.create, **kwargs)

    def get_edit_view_kwargs(self, **kwargs):
        return super().get_edit_view_kwargs(save_through=self.change, **kwargs)

    def get_urlpatterns(self):
        kept = {"index", "index_results", "inspect"}
        kept |= {"add"} if self.form_class else set()
        kept |= {"edit"} if self.edit_form_class else set()
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in kept]

    def get_permissions_to_register(self):
        delete = get_permission_codename("delete", self.model_opts)
        return super().get_permissions_to_register().exclude(codename=delete)

    def register_admin_url_finder(self):
        if self.edit_form_class:
            super().register_admin_url_finder()


class Registers(ViewSetGroup):
    """The group of the menu that every package's registers hang under."""

    menu_label = _("Registers")
    menu_icon = "list-ul"
    menu_name = "registers"
    menu_order = 250
    submenu_hook = MENU_HOOK


# --- Choosers ------------------------------------------------------------------------------------
class WordsForm(BaseFilterForm):
    fields_searched: tuple[str, ...] = ()

    q = forms.CharField(
        label=_("Part of a name, or a code"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Part of a name, or a code")}),
    )

    def filter(self, objects):
        if words := self.cleaned_data.get("q"):
            self.is_searching, self.search_query = True, words
            objects = matching(objects, words, self.fields_searched)
        return super().filter(objects)


class ChosenRow(BaseChooser):
    """Shows what was chosen; nothing for a key that can be nobody's, which a form then refuses."""

    def get_instance(self, value):
        if value is None or isinstance(value, self.model_class):
            return value
        return next(iter(find_rows(self.model_class.objects.all(), [str(value)])), None)


class RegisterChooser(ChooserViewSet):
    """Chooses a row in a dialogue with a search and pages, instead of a select of thousands."""

    base_widget_class = ChosenRow
    search_fields: tuple[str, ...] = ("match_key",)
    shown: tuple = ()  # columns beside the name
    per_page = ROWS_PER_CHOICE

    def scope(self, user) -> QuerySet:
        raise NotImplementedError

    @property
    def choose_view_class(self):
        return self._with_rows(chooser.ChooseView)

    @property
    def choose_results_view_class(self):
        return self._with_rows(chooser.ChooseResultsView)

    @property
    def chosen_view_class(self):
        return type("Chosen", (chooser.ChosenView,), {"get_object": _get_one(self.scope)})

    @property
    def chosen_multiple_view_class(self):
        rows = {"get_objects": _get_several(self.scope)}
        return type("ChosenSeveral", (chooser.ChosenMultipleView,), rows)

    def _with_rows(self, view: type) -> type:
        form = type("Words", (WordsForm,), {"fields_searched": self.search_fields})
        rows = {
            "filter_form_class": form,
            "get_object_list": _get_all(self.scope),
            "columns": _columns(self.shown),
        }
        return type(view.__name__, (view,), rows)

    def get_urlpatterns(self):
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


def _get_all(scope):
    return lambda view: scope(view.request.user)


def _get_one(scope):
    return lambda view, pk: find_row(scope(view.request.user), pk)


def _get_several(scope):
    return lambda view, keys: find_rows(scope(view.request.user), keys)


def _columns(shown: tuple):
    return property(lambda view: [view.title_column, *shown])
