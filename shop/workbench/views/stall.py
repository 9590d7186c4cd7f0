"""Sold at the stall: one tap a piece, a form for all else, and a way back (shop.stall)."""

import secrets
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.core import thai
from marketplace.ledger.models import Event
from marketplace.ledger.periods import InvalidPeriod, Period, month_period, parse_period
from marketplace.ledger.queries import declared_sales_of
from marketplace.producers.permissions import Act
from search.requests import page_number
from shop.stall import queries
from shop.stall.errors import CannotDeclare
from shop.stall.forms import TapForm
from shop.stall.services import Declared, declare_sale, take_back
from shop.workbench.access import workbench

READ_OR_SEND = ["GET", "HEAD", "POST"]
LONGEST_WORDS = 100


@workbench(Act.DECLARE_SALES)
@require_http_methods(READ_OR_SEND)
def sell(request):
    """The stall itself. A form sent here is one piece sold now, at its price."""
    if request.method == "POST":
        return _tapped(request)
    channel = request.GET.get("channel", "")
    if channel not in Event.Channel.values:
        channel = queries.last_channel(request.producer, request.user)
    words = request.GET.get("q", "").strip().replace("\x00", "")[:LONGEST_WORDS]
    page = page_number(request.GET.get("page", ""))
    context = {
        "listing": queries.stall_products(request.producer, words, page),
        "words": words,
        "channel": Event.Channel(channel),
        "channels": Event.Channel,
        "form_token": secrets.token_urlsafe(18),
        "sold": _just_sold(request),
        "today": queries.sales_of_today(request.producer),
        "month": month_period(thai.today()),
        "last_month": month_period(thai.today().replace(day=1) - timedelta(days=1)),
    }
    return render(request, "workbench/stall.html", context)


def _just_sold(request):
    """The sale that the visitor comes from, for the toast; raises Http404 for no own one."""
    if "sold" not in request.GET:
        return None
    sale = queries.sale_of(request.producer, page_number(request.GET["sold"]))
    if sale is None:
        raise Http404
    return None if sale.is_taken_back else sale


def _tapped(request):
    form = TapForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose which one was sold. Nothing was recorded."))
        return back_to_stall(request)
    product = queries.own_product(request.producer, form.cleaned_data["product"])
    if product is None:
        raise Http404
    try:
        declared = declare_sale(
            producer=request.producer,
            product=product,
            channel=form.cleaned_data["channel"],
            form_token=f"{form.cleaned_data['form_token']}-{product.pk}",
            by=request.user,
        )
    except CannotDeclare as refusal:
        messages.error(request, f"{product.get_title()}: {refusal}")
        return back_to_stall(request)
    return back_to_stall(request, declared)


def back_to_stall(request, declared: Declared | None = None) -> HttpResponse:
    """Where the visitor was: the same words, page and place on it, with the toast of a sale."""
    query = {name: request.POST[name] for name in ("q", "page") if request.POST.get(name)}
    if declared:
        query["sold"] = declared.sale.pk
        if not declared.is_new:
            messages.info(request, _("This was recorded already. It was not recorded twice."))
    url = reverse("workbench:stall-sell", args=[request.producer.pk])
    place = f"#p{request.POST['place']}" if declared and _is_number(request, "place") else ""
    return redirect(f"{url}?{urlencode(query)}{place}" if query else url)


def _is_number(request, name: str) -> bool:
    text = request.POST.get(name, "")
    return text.isascii() and text.isdecimal()


@workbench(Act.DECLARE_SALES)
@require_safe
def sales(request, key: str):
    """All that was told to be sold in a month, each with a way back."""
    period = _month(key)
    page = page_number(request.GET.get("page", ""))
    context = {
        "period": period,
        "listing": queries.sales_of_month(request.producer, period.first, page),
        "sums": declared_sales_of(request.producer, period),
    }
    return render(request, "workbench/stall_sales.html", context)


def _month(key: str) -> Period:
    """A month that has begun; raises Http404."""
    try:
        period = parse_period(key)
    except InvalidPeriod as error:
        raise Http404 from error
    if len(period.months) > 1 or period.first > thai.today():
        raise Http404
    return period


@workbench(Act.DECLARE_SALES)
@require_POST
def undo(request, pk: int):
    """Take a declared sale back. One that was taken back before is no error: it is."""
    sale = queries.sale_of(request.producer, pk)
    if sale is None:
        raise Http404
    take_back(sale=sale, by=request.user)
    messages.success(request, _words_of_return(sale))
    if request.POST.get("to") == "month":
        return redirect(
            "workbench:stall-sales", request.producer.pk, month_period(sale.sold_on).key
        )
    return redirect("workbench:stall-sell", request.producer.pk)


def _words_of_return(sale) -> str:
    if sale.pieces_back == 0 and sale.is_counted and sale.product_id:
        return _(
            "Taken back. It is one piece only, and it is in stock or ordered already: the number in"
            " stock stays as it is."
        )
    if sale.is_counted and sale.product_id:
        return _("Taken back. The pieces are in stock again.")
    return _("Taken back.")
