"""An officer records a sale for a producer of her areas: whose, of what, and the form."""

import secrets

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from marketplace.core import thai
from marketplace.core.private_files import send_private
from marketplace.core.refusals import refused
from marketplace.core.registers import find_row, matching
from search.requests import page_number
from shop.stall import queries
from shop.stall.forms import SoldForm, UnlistedForm
from shop.stall.permissions import areas_served, producers_served, receipts_seen
from shop.stall.telling import tell

NAME = "declared-sale-register"
MOST_CHOICES = 30
LONGEST_WORDS = 100
SEARCHED = ("match_key", "home_village__match_key", "home_village__code")
_PLACE = "home_village__tambon__amphoe__province"


class RecordingView(WagtailAdminTemplateMixin, View):
    """Only for those who serve an area; a producer of another one is not found."""

    page_title = _("Record a sale for a producer")
    header_icon = "form"

    def dispatch(self, request, *args, **kwargs):
        if not areas_served(request.user):
            return refused(request)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def producer(self):
        served = producers_served(self.request.user).select_related(_PLACE)
        return find_row(served, str(self.kwargs["producer_id"]))

    @cached_property
    def words(self) -> str:
        return self.request.GET.get("q", "").strip().replace("\x00", "")[:LONGEST_WORDS]

    def get_breadcrumbs_items(self) -> list[dict]:
        desk = {"url": reverse(f"{NAME}:index"), "label": _("Declared sales")}
        return [*self.breadcrumbs_items, desk, {"url": "", "label": self.page_title}]

    def page(self, **context):
        return self.render_to_response(self.get_context_data(words=self.words, **context))


class ChooseProducerView(RecordingView):
    """Producers by a part of their name or village; works without scripts."""

    template_name = "stall/choose_producer.html"

    def get(self, request):
        found = producers_served(request.user).select_related(_PLACE)
        if self.words:
            found = matching(found, self.words, SEARCHED)
        rows = list(found[: MOST_CHOICES + 1])
        return self.page(producers=rows[:MOST_CHOICES], are_more=len(rows) > MOST_CHOICES)


class ChooseThingView(RecordingView):
    """What of the producer's things was sold, or something that is not on the site."""

    template_name = "stall/choose_thing.html"

    def get(self, request, producer_id):
        page = page_number(request.GET.get("page", ""))
        listing = queries.stall_products(self.producer, self.words, page)
        return self.page(producer=self.producer, listing=listing)


class TellView(RecordingView):
    """The same form that the producer has, with the person who told."""

    template_name = "stall/desk_form.html"
    thing = None

    def dispatch(self, request, *args, product_id=None, **kwargs):
        self.product_id = product_id
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, producer_id):
        return self.show(self.form())

    def post(self, request, producer_id):
        form = self.form(data=request.POST, files=request.FILES)
        declared = tell(form, by=request.user, as_officer=True)
        if declared is None:
            return self.show(form)
        if declared.is_new:
            messages.success(request, gettext("The sale is written down for its makers to see."))
        else:
            messages.info(request, gettext("This was recorded already. It was not recorded twice."))
        return redirect(f"{NAME}:inspect", declared.sale.pk)

    def form(self, **sent):
        usual = {"form_token": secrets.token_urlsafe(18), "sold_on": thai.today()}
        facts = {"producer": self.producer, "is_officers": True, **sent}
        if self.product_id is None:
            return UnlistedForm(initial=usual, **facts)
        self.thing = queries.stall_product(self.producer, self.product_id)
        if self.thing is None:
            raise Http404
        if not self.thing.has_options:
            usual["product"] = self.thing.pk
        return SoldForm(initial=usual, thing=self.thing, **facts)

    def show(self, form):
        return self.page(producer=self.producer, form=form, thing=self.thing)


class ReceiptView(View):
    """The picture of a receipt, for those who see its producer's declared sales."""

    http_method_names = ["get", "head"]

    def get(self, request, pk):
        return send_private(find_row(receipts_seen(request.user), str(pk)).name)
