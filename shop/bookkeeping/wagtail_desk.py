"""What the pages of these desks share."""

from collections.abc import Mapping

import django_filters
from django import forms
from django.db.models import Q, QuerySet, TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from marketplace.core.refusals import refused
from shop.bookkeeping.permissions import may_keep_books


class StateFilter(django_filters.ChoiceFilter):
    """Rows in one of several states, each a condition: no column holds them."""

    def __init__(self, states: type[TextChoices], conditions: Mapping[str, Q]) -> None:
        super().__init__(
            label=_("status"),
            choices=states.choices,
            widget=forms.RadioSelect,
            empty_label=_("All"),
        )
        self.conditions = conditions

    def filter(self, rows: QuerySet, state: str) -> QuerySet:
        return rows.filter(self.conditions[state]) if state else rows


class DeskPage(WagtailAdminTemplateMixin, View):
    """A page of whoever keeps the books, below a list that is called `above`."""

    above: tuple[str, str] | None = None  # name of its address, and its label

    def dispatch(self, request, *args, **kwargs):
        if not may_keep_books(request.user):
            return refused(request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict]:
        steps = []
        if self.above:
            name, label = self.above
            steps = [{"url": reverse(name), "label": label}]
        return [*self.breadcrumbs_items, *steps, {"url": "", "label": self.page_title}]

    def page(self, status: int = 200, **context):
        return self.render_to_response(self.get_context_data(**context), status=status)
