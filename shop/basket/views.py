"""Pages of the basket. Oscar finds `BasketView` and `BasketAddView` under basket.views.

Adding needs no CSRF token, so that cards and product pages can be cached whole: that one view asks
the browser instead which site the form came from.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from marketplace.core.errors import DomainError
from shop.basket import queries, services
from shop.basket.forms import AddForm, LineForm


@method_decorator(never_cache, name="dispatch")
class BasketView(View):
    """The basket, grouped by producer, with each one's delivery and the total."""

    http_method_names = ["get", "head"]

    def get(self, request):
        summary = queries.summarise(request.basket)
        return render(request, "basket/basket.html", {"summary": summary})


def is_same_origin(request) -> bool:
    """Whether the browser says that this form stands on a page of ours; silence is no.

    Browsers forbid scripts to write any of the three headers.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    try:
        parts = urlsplit(source)
    except ValueError:  # "http://[": no browser writes that
        return False
    ours = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return f"{parts.scheme}://{parts.netloc}" in ours


@method_decorator(csrf_exempt, name="dispatch")
class BasketAddView(View):
    """Put a product into the basket: `quantity`, `child_id` for an option, `next` to go back to.

    With htmx the answer is one sentence, and the badge is told to look again; without scripts it
    is a page with the same sentence.
    """

    http_method_names = ["post"]

    def post(self, request, pk):
        if not is_same_origin(request):
            raise PermissionDenied
        form = AddForm({"quantity": "1"} | request.POST.dict())
        if not form.is_valid():
            return self._refuse(request, form.first_error)
        product = self._product(pk, form.cleaned_data["child_id"])
        try:
            services.add_product(
                basket=request.basket, product=product, quantity=form.cleaned_data["quantity"]
            )
        except DomainError as refusal:
            return self._refuse(request, refusal.message)
        return self._accept(request, product)

    def _product(self, pk: int, child_id: int | None):
        product = queries.find_product_to_buy(child_id or pk)
        if product is None or (child_id and product.parent_id != pk):
            raise Http404
        return product

    def _accept(self, request, product):
        text = _("In your basket: %(title)s") % {"title": queries.title_of(product)}
        if request.htmx:
            response = render(request, "basket/added.html", {"text": text})
            response["HX-Trigger"] = "basket-changed"
            add_never_cache_headers(response)
            return response
        messages.success(request, text)
        return self._back(request, reverse("basket:summary"))

    def _refuse(self, request, reason):
        if request.htmx:
            response = render(request, "basket/added.html", {"refusal": reason}, status=422)
            add_never_cache_headers(response)
            return response
        messages.error(request, reason)
        return self._back(request, request.headers.get("Referer", ""))

    def _back(self, request, usual: str):
        for url in (request.POST.get("next", ""), usual):
            if url_has_allowed_host_and_scheme(
                url, {request.get_host()}, require_https=request.is_secure()
            ):
                return HttpResponseRedirect(url)
        return redirect("basket:summary")


class BasketLineView(View):
    """Change the quantity of one line of one's own basket, or take it out."""

    http_method_names = ["post"]

    def post(self, request, pk):
        basket = request.basket
        if not basket.pk:
            raise Http404
        line = next((line for line in basket.all_lines() if line.pk == pk), None)
        if line is None:
            raise Http404
        form = LineForm({"quantity": "0"} if "remove" in request.POST else request.POST)
        if not form.is_valid():
            messages.error(request, form.first_error)
            return redirect("basket:summary")
        try:
            services.set_quantity(basket=basket, line=line, quantity=form.cleaned_data["quantity"])
        except DomainError as refusal:
            messages.error(request, refusal.message)
        return redirect("basket:summary")


@method_decorator(never_cache, name="dispatch")
class BasketBadgeView(View):
    """How many pieces are in the basket, as a fragment that cached pages fetch."""

    http_method_names = ["get", "head"]

    def get(self, request):
        count = queries.count_items(request, settings.OSCAR_BASKET_COOKIE_OPEN)
        return render(request, "basket/badge.html", {"count": count})
