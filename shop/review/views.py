"""The queue of what waits for review inside Wagtail's admin, and the page of one item."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from marketplace.core import bilingual
from marketplace.core.refusals import refused
from shop.review import queries
from shop.review.forms import DecisionForm, FilterForm, parse_keys
from shop.review.items import read_sheet
from shop.review.permissions import areas_reviewed
from shop.review.services import APPROVE, decide

QUEUE, ITEM = "review-queue", "review-item"


class ReviewView(WagtailAdminTemplateMixin, View):
    header_icon = "check"
    page_title = gettext_lazy("Review of products")

    def dispatch(self, request, *args, **kwargs):
        self.areas = areas_reviewed(request.user)
        if not self.areas:
            return refused(request)
        return super().dispatch(request, *args, **kwargs)


class QueueView(ReviewView):
    """What waits, oldest first; several can be decided at once."""

    template_name = "review/queue.html"
    outcomes = ()
    chosen: frozenset[str] = frozenset()
    decision: DecisionForm | None = None

    def get(self, request):
        return self.render_to_response(self.get_context_data())

    def post(self, request):
        """Answers with the page itself: what became of each stands on top, once."""
        keys = request.POST.getlist("items")
        self.decision = DecisionForm(request.POST)
        if not keys:
            self.decision.add_error(None, _("Tick the products that this is about."))
        if self.decision.is_valid():
            self.outcomes = self.decide(keys)
            self.decision = None
            if not self.outcomes:
                messages.warning(request, _("None of these is yours to decide any more."))
        else:
            self.chosen = frozenset(keys)
        return self.render_to_response(self.get_context_data())

    def decide(self, keys: list[str]):
        named = parse_keys(keys)
        found = queries.find_items(self.areas, list(named))
        return decide(
            chosen=[(item, named[key]) for key, item in found.items()],
            act=self.decision.cleaned_data["act"],
            reason=self.decision.cleaned_data["reason"],
            by=self.request.user,
            from_list=True,
        )

    @cached_property
    def filters(self) -> FilterForm:
        form = FilterForm(self.request.GET)
        form.is_valid()
        return form

    def get_breadcrumbs_items(self) -> list[dict]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def area(self) -> tuple[str, str, list]:
        """The code to narrow by, its name, and areas to choose from where words fit several."""
        words = self.filters.cleaned_data.get("area", "")
        if not words:
            return "", "", []
        place = queries.area_of_code(words)
        named = [place] if place else queries.areas_named(words, self.areas)
        if len(named) == 1:
            return named[0].pk, bilingual.pick(named[0].name_th, named[0].name_en), []
        return "", "", named

    def get_context_data(self, **kwargs):
        code, name, choices = self.area()
        asked = self.filters.cleaned_data
        is_unknown = bool(asked.get("area")) and not code
        page = self.request.GET.get("p", "")
        filters = queries.Filters(code, asked.get("producer", ""), asked.get("risk", ""))
        number = int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 1
        listing = (
            queries.QueuePage() if is_unknown else queries.read_queue(self.areas, filters, number)
        )
        return super().get_context_data(**kwargs) | {
            "queue": listing,
            "count": ngettext("%(number)d thing waits", "%(number)d things wait", listing.total)
            % {"number": listing.total},
            "filters": self.filters,
            "area_name": name,
            "area_choices": [(self.link(area=place.pk), _label(place)) for place in choices],
            "is_unknown": is_unknown,
            "is_filtered": any(asked.values()),
            "previous": self.link(p=listing.page - 1) if listing.page > 1 else "",
            "next": self.link(p=listing.page + 1) if listing.page < listing.pages else "",
            "here": self.link(),
            "outcomes": self.outcomes,
            "left_out": [outcome for outcome in self.outcomes if outcome.is_left_out],
            "chosen": self.chosen,
            "decision": self.decision or DecisionForm(),
        }

    def link(self, **changed) -> str:
        asked = {name: text for name, text in self.filters.cleaned_data.items() if text} | changed
        query = urlencode(asked)
        return reverse(QUEUE) + (f"?{query}" if query else "")


class ItemView(ReviewView):
    """One thing that waits: what it says, what would change, and the decision."""

    template_name = "review/item.html"
    decision: DecisionForm | None = None

    def dispatch(self, request, *args, kind, pk, **kwargs):
        self.named = (kind, int(pk))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def item(self) -> queries.Item:
        found = queries.find_items(self.areas, [self.named])
        if self.named not in found:
            raise Http404
        return found[self.named]

    def get(self, request):
        return self.render_to_response(self.get_context_data())

    def post(self, request):
        item, self.decision = self.item, DecisionForm(request.POST)
        if not self.decision.is_valid():
            return self.render_to_response(self.get_context_data())
        seen = parse_keys(request.POST.getlist("items")).get(self.named)
        facts = self.decision.cleaned_data
        outcome = decide(
            chosen=[(item, seen)], act=facts["act"], reason=facts["reason"], by=request.user
        )[0]
        if not outcome.is_done:
            messages.warning(request, outcome.sentence)
            return redirect(request.path)
        said = (
            _("“%(title)s” is approved: shoppers see it now.")
            if facts["act"] == APPROVE
            else _("“%(title)s” is refused: its producer reads the reason.")
        )
        messages.success(request, said % {"title": item.title})
        return redirect(QUEUE)

    def get_page_subtitle(self) -> str:
        return self.item.title

    def get_breadcrumbs_items(self) -> list[dict]:
        queue = {"url": reverse(QUEUE), "label": self.page_title}
        return [*self.breadcrumbs_items, queue, {"url": "", "label": self.item.title}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "item": self.item,
            "sheet": read_sheet(self.item),
            "decision": self.decision or DecisionForm(),
        }


def _label(place) -> str:
    name = bilingual.pick(place.name_th, place.name_en)
    province = getattr(place, "province", None)
    return f"{name}, {bilingual.pick(province.name_th, province.name_en)}" if province else name
