"""Checkout in three steps at addresses of their own: contact and address, delivery, pay.

Oscar's checkout views are not used: they take the money before they make the order.
"""

import re
import secrets

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from marketplace.core.errors import DomainError
from marketplace.ledger.sealing import proof_of_sale
from marketplace.places.queries import place_of
from shop.basket.queries import is_anything_sent, summarise
from shop.checkout.forms import AddressForm, ContactForm, PlaceForm, address_in, contact_in
from shop.payments.queries import stage_of
from shop.placing import errors
from shop.placing.queries import placement_of, read_order
from shop.placing.services import place_order

SESSION_KEY = "checkout"
PLACED_KEY = "placed"
TOKEN_BYTES = 24
_DELIVERY_FIELD = re.compile(r"delivery-([0-9]{1,18})")


def steps(current: int) -> list[dict]:
    """Names of the three steps for the stepper; 0 is the first."""
    names = (_("Your address"), _("Delivery and review"), _("Pay"))
    urls = (reverse("checkout:index"), reverse("checkout:delivery"), "")
    states = ["done"] * current + ["current"] + ["next"] * (len(names) - current - 1)
    return [
        {"label": name, "url": url, "state": state}
        for name, url, state in zip(names, urls, states, strict=True)
    ]


@method_decorator(never_cache, name="dispatch")
class CheckoutStep(View):
    """A step needs a basket; with an empty one the shopper is sent where they can go on."""

    http_method_names = ["get", "head", "post"]

    @cached_property
    def summary(self):
        return summarise(self.request.basket)

    def without_basket(self, request):
        token = request.session.get(PLACED_KEY)
        if token:  # Back from the payment page: the order is there, the basket is not
            return redirect("storefront:order", token)
        messages.info(request, errors.BasketEmpty.message)
        return redirect("basket:summary")


class AddressView(CheckoutStep):
    """Step 1. What was typed stays in the session, and comes back with every error."""

    def dispatch(self, request, *args, **kwargs):
        if not request.basket.pk or not request.basket.all_lines():
            return self.without_basket(request)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self._page(request, self._form(initial=self._initial(request)))

    def post(self, request):
        form = self._form(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        request.session[SESSION_KEY] = form.cleaned_data
        return redirect("checkout:delivery")

    def _form(self, *args, **kwargs) -> ContactForm:
        form_class = AddressForm if is_anything_sent(self.request.basket) else ContactForm
        return form_class(*args, **kwargs)

    def _initial(self, request) -> dict:
        known = request.session.get(SESSION_KEY)
        if known is None and request.user.is_authenticated:
            known = {"email": request.user.email, "name": request.user.get_full_name()}
        return known or {}

    def _page(self, request, form, status=200):
        context = {"form": form, "summary": self.summary, "steps": steps(0)}
        return render(request, "checkout/address.html", context, status=status)


class DeliveryView(CheckoutStep):
    """Step 2: how each parcel is sent, the whole order once more, and the button that places it."""

    def get(self, request):
        return self._page(request, secrets.token_urlsafe(TOKEN_BYTES))

    def post(self, request):
        form, known = PlaceForm(request.POST), request.session.get(SESSION_KEY)
        if not form.is_valid():
            return self._page(request, secrets.token_urlsafe(TOKEN_BYTES), errors.NeedsReview())
        try:
            placed = place_order(
                basket=request.basket,
                contact=contact_in(known),
                address=address_in(known),
                delivery=self._delivery(request),
                language=get_language(),
                user=request.user,
                **form.cleaned_data,
            )
        except DomainError as refusal:
            return self._page(request, form.cleaned_data["form_token"], refusal)
        request.session.pop(SESSION_KEY, None)
        request.session[PLACED_KEY] = placed.token
        return redirect("checkout:pay", placed.token)

    def _delivery(self, request) -> dict[int, str]:
        """Return the chosen method by producer id; place_order asks only for those it needs."""
        found = ((_DELIVERY_FIELD.fullmatch(name), code) for name, code in request.POST.items())
        return {int(match[1]): code for match, code in found if match}

    def _page(self, request, form_token: str, refusal: DomainError | None = None):
        if not self.summary.lines:
            return self.without_basket(request)
        known = request.session.get(SESSION_KEY)
        address = address_in(known)
        if contact_in(known) is None or (self.summary.parcels and address is None):
            return redirect("checkout:index")
        context = {
            "summary": self.summary,
            "contact": contact_in(known),
            "address": address,
            "place": place_of(address.tambon_code) if address else None,
            "form_token": form_token,
            "refusal": refusal,
            "steps": steps(1),
        }
        status = 422 if refusal else 200
        return render(request, "checkout/delivery.html", context, status=status)


@method_decorator(never_cache, name="dispatch")
class OrderView(View):
    """The order, for whoever holds its link: nobody is asked to sign in, nobody else finds it."""

    http_method_names = ["get", "head"]

    def get(self, request, token):
        order = read_order(token)
        if order is None:
            raise Http404
        context = {"order": order, "stage": stage_of(order.placement)}
        response = render(request, "order/order.html", context)
        return _kept_private(response)


@require_safe
@never_cache
def order_proof(request, token: str) -> HttpResponse:
    """The proof that the sale of an order is in the sealed ledger, as `verifier.py` reads it.

    At most 2 kB. 404 until the day of its seal is over.
    """
    placement = placement_of(token)
    proof = placement and proof_of_sale(placement.order.number)
    if not proof:
        raise Http404
    response = JsonResponse(proof, json_dumps_params={"ensure_ascii": False})
    name = f"proof-{placement.order.number}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _kept_private(response)


def _kept_private(response: HttpResponse) -> HttpResponse:
    """Whose link is a secret tells it neither to search engines nor to the next page."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
