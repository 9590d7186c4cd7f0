"""Choosers of villages, products and routes, which find a Thai word also inside a name.

Wagtail's own search finds beginnings of words only, and Thai is written without spaces.
"""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser as views
from wagtail.admin.viewsets.chooser import ChooserViewSet

from marketplace.core.registers import find_row, find_rows
from marketplace.provenance.models import Listing
from marketplace.provenance.queries import split_words
from marketplace.villages.models import Route, Village

PER_PAGE = 12


class WordsForm(BaseFilterForm):
    q = forms.CharField(
        label=_("Part of a name"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Part of a name")}),
    )

    def filter(self, objects):
        words = self.cleaned_data.get("q")
        if not words:
            return objects
        self.is_searching, self.search_query = True, words
        return self.narrow(objects, words)

    def narrow(self, objects, words: str):
        raise NotImplementedError


class VillageForm(WordsForm):
    def narrow(self, objects, words):
        if words.isascii() and words.isdigit():
            return objects.filter(code__startswith=words)
        return objects.named_like(words)


class ListingForm(WordsForm):
    def narrow(self, objects, words):
        for word in split_words(words):
            objects = objects.filter(search_text__contains=word)
        return objects


class RouteForm(WordsForm):
    def narrow(self, objects, words):
        return objects.filter(name_th__icontains=words) | objects.filter(name_en__icontains=words)


class VillageRows:
    per_page = PER_PAGE
    filter_form_class = VillageForm

    def get_object_list(self):
        return Village.objects.visible().select_related("tambon__amphoe__province")

    @property
    def columns(self):
        place = "tambon.amphoe.province"
        return [
            self.title_column,
            Column("tambon", label=_("Tambon"), accessor="tambon"),
            Column("amphoe", label=_("Amphoe"), accessor="tambon.amphoe"),
            Column("province", label=_("Province"), accessor=place),
            Column("code", label=_("Code"), accessor="code"),
        ]


class ListingRows:
    per_page = PER_PAGE
    filter_form_class = ListingForm
    ordering = ("-listed_at", "-product")

    def get_object_list(self):
        return Listing.objects.defer("search_text")

    @property
    def columns(self):
        return [
            self.title_column,
            Column("producer", label=_("Producer"), accessor="producer_name"),
            Column("village", label=_("Village"), accessor="village_name"),
            Column("province", label=_("Province"), accessor="province_name"),
        ]


class RouteRows:
    per_page = PER_PAGE
    filter_form_class = RouteForm

    def get_object_list(self):
        return Route.objects.all()

    @property
    def columns(self):
        return [self.title_column, Column("kind", label=_("Kind"), accessor="get_kind_display")]


class Chosen(views.ChosenView):
    def get_object(self, pk):
        return find_row(self.model_class.objects.all(), pk)


class ChosenSeveral(views.ChosenMultipleView):
    def get_objects(self, pks):
        return find_rows(self.model_class.objects.all(), pks)


def _chooser(name: str, model, rows: type, **facts) -> ChooserViewSet:
    """Put the rows into both views of a chooser: the whole dialogue and its list alone."""
    made = {
        "model": model,
        "choose_view_class": type("ChooseView", (rows, views.ChooseView), {}),
        "choose_results_view_class": type("ResultsView", (rows, views.ChooseResultsView), {}),
        "chosen_view_class": Chosen,
        "chosen_multiple_view_class": ChosenSeveral,
        "per_page": PER_PAGE,
        **facts,
    }
    return type(f"{model.__name__}Chooser", (ChooserViewSet,), made)(name)


village_chooser = _chooser(
    "village_chooser", Village, VillageRows, icon="site", choose_one_text=_("Choose a village"),
    choose_another_text=_("Choose another village"),
)  # fmt: skip
product_chooser = _chooser(
    "product_chooser", Listing, ListingRows, icon="tag", choose_one_text=_("Choose a product"),
    choose_another_text=_("Choose another product"),
)  # fmt: skip
route_chooser = _chooser(
    "route_chooser", Route, RouteRows, icon="arrows-up-down", choose_one_text=_("Choose a route"),
    choose_another_text=_("Choose another route"),
)  # fmt: skip
CHOOSERS = (village_chooser, product_chooser, route_chooser)
