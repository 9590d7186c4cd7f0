"""End a subscription by the link in its mail, without signing in.

Opening the link ends nothing: mail programs and scanners open links by themselves.
"""

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.core.numbers import id_in
from shop.reports.exports.describing import area_words
from shop.reports.mailing import services
from shop.reports.models import Subscription


def stop_url(subscription: Subscription) -> str:
    """The whole address, in the language of the mail; it holds as long as the subscription."""
    token = _signer().sign(str(subscription.pk))
    with override(subscription.language):
        return settings.SITE_URL + reverse("reports:stop-mail", args=[token])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, token: str) -> HttpResponse:
    """Ask whether to end it; a POST does. Ended already: says so."""
    subscription = _subscription_of(token)
    if request.method == "POST":
        services.end(subscription, Subscription.End.READER)
        return redirect("reports:stop-mail", token)
    area = area_words({subscription.area})[subscription.area]
    context = {"subscription": subscription, "area": area}
    return render(request, "reports/mailing/stop.html", context)


def _signer() -> signing.Signer:
    return signing.Signer(salt="shop.reports.mailing.stop")


def _subscription_of(token: str) -> Subscription:
    try:
        number = id_in(_signer().unsign(token))
    except signing.BadSignature as error:
        raise Http404 from error
    found = Subscription.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    return found
