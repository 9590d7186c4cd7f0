"""The basket of a request, loaded when something asks for it and not before.

In the place of Oscar's, which asks for the user on every request and so puts `Vary: Cookie` on
pages that anybody may be shown, and which applies offers. There are none: an offer of Oscar's does
not say who bears it, and a village's income depends on that.
"""

from django.conf import settings
from django.contrib import messages
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from oscar.apps.basket import middleware
from oscar.apps.basket.models import Basket

from shop.basket import queries, services
from shop.partner.strategy import VillageStrategy


class BasketMiddleware(middleware.BasketMiddleware):
    """Sets `request.basket` and `request.strategy` without a statement or a look at cookies."""

    def __call__(self, request):
        request.cookies_to_delete = []
        request.strategy = VillageStrategy()
        request._basket_cache = None
        request.basket = SimpleLazyObject(lambda: self._load(request))
        response = self.get_response(request)
        return self._harden_cookie(self.process_response(request, response))

    def process_template_response(self, request, response):
        return response  # pages that show the basket put it there themselves

    def get_basket(self, request):
        """Return the owner's open basket, the cookie's, or a new one that is not stored yet."""
        if request._basket_cache is None:
            request._basket_cache = self._find(request) or self._new(request)
        return request._basket_cache

    def _load(self, request) -> Basket:
        basket = self.get_basket(request)
        basket.strategy = request.strategy
        if basket.pk:
            basket._lines = queries.lines_of(basket)
        return basket

    def _find(self, request) -> Basket | None:
        key = self.get_cookie_key(request)
        from_cookie = self.get_cookie_basket(key, request, Basket.open)
        if not request.user.is_authenticated:
            return from_cookie
        owned = Basket.open.filter(owner=request.user).order_by("pk").first()
        if from_cookie is None:
            return owned
        request.cookies_to_delete.append(key)
        if services.take_over(from_cookie, request.user, owned):
            messages.info(request, _("What you chose before you signed in is in your basket."))
        return owned or from_cookie

    def _new(self, request) -> Basket:
        return Basket(owner=request.user if request.user.is_authenticated else None)

    def _harden_cookie(self, response):
        cookie = response.cookies.get(settings.OSCAR_BASKET_COOKIE_OPEN)
        if cookie is not None and cookie.value:
            cookie["samesite"] = "Lax"
        return response
