"""A sale made elsewhere, told in full; and the picture of its receipt (shop.stall)."""

import secrets

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.core import thai
from marketplace.core.private_files import send_private
from marketplace.producers.permissions import Act
from shop.stall import queries
from shop.stall.forms import SoldForm, UnlistedForm
from shop.stall.telling import tell
from shop.workbench.access import workbench
from shop.workbench.views.stall import READ_OR_SEND, back_to_stall


@workbench(Act.DECLARE_SALES)
@require_http_methods(READ_OR_SEND)
def more(request, pk: int):
    """Several pieces, another price, another day: told in full."""
    thing = queries.stall_product(request.producer, pk)
    if thing is None:
        raise Http404
    form = SoldForm(**_sent(request), thing=thing, initial=_usual(request, thing))
    return _answer(request, form, thing)


@workbench(Act.DECLARE_SALES)
@require_http_methods(READ_OR_SEND)
def other(request):
    """Something that is no product here: it is named, and its kind chosen."""
    form = UnlistedForm(**_sent(request), initial=_usual(request))
    return _answer(request, form)


def _sent(request) -> dict:
    """What a form is made of; nothing was sent by a GET."""
    sent = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    return sent | {"producer": request.producer}


def _answer(request, form, thing: queries.StallProduct | None = None) -> HttpResponse:
    """Back to the stall once the sale is recorded; until then the form."""
    declared = tell(form, by=request.user) if request.method == "POST" else None
    if declared:
        return back_to_stall(request, declared)
    return render(request, "workbench/stall_more.html", {"form": form, "thing": thing})


def _usual(request, thing: queries.StallProduct | None = None) -> dict:
    usual = {
        "form_token": secrets.token_urlsafe(18),
        "sold_on": thai.today(),
        "channel": queries.last_channel(request.producer, request.user),
    }
    if thing and not thing.has_options:
        usual["product"] = thing.pk
    elif thing and len(thing.available) == 1:
        usual["product"] = thing.available[0].product_id
    return usual


@workbench(Act.DECLARE_SALES)
@require_safe
def receipt(request, pk: int):
    """The picture of one of the producer's receipts; another's is not found."""
    found = request.producer.receipts.filter(pk=pk).first()
    if found is None:
        raise Http404
    return send_private(found.name)
