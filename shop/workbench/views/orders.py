"""Parcels of one's own: what to pack, where it goes, what was sent."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.core.errors import DomainError
from marketplace.producers.permissions import Act
from search.requests import page_number
from shop.parcels.models import Parcel
from shop.parcels.queries import parcel_of
from shop.workbench.access import workbench
from shop.workbench.forms.parcels import SendingForm
from shop.workbench.queries import orders
from shop.workbench.queries.income import sums_of_order
from shop.workbench.queries.owed import Sums
from shop.workbench.services.parcels import pack, send_or_correct, unpack


@workbench(Act.PACK_ORDERS)
@require_safe
def parcels(request, which: str):
    page = page_number(request.GET.get("page", ""))
    context = {"listing": orders.parcel_list(request.producer, which, page)}
    return render(request, "workbench/orders.html", context)


@workbench(Act.PACK_ORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def parcel(request, pk: int):
    """One parcel. Its form says that it is sent, or corrects what was said."""
    sheet = orders.parcel_page(request.producer, pk)
    if sheet is None:
        raise Http404
    form = SendingForm(request.POST or None, initial=_already_said(request, sheet.parcel))
    if request.method == "POST" and form.is_valid() and _was_sent(request, sheet.parcel, form):
        return redirect("workbench:orders-parcel", request.producer.pk, pk)
    context = {"sheet": sheet, "form": form, "sums": _sums(request, sheet.parcel)}
    return render(request, "workbench/parcel.html", context)


def _sums(request, parcel: Parcel) -> Sums | None:
    """What the order brings, for who may see money."""
    if Act.SEE_MONEY not in request.acts:
        return None
    return sums_of_order(request.producer, parcel.order.number)


def _already_said(request, parcel: Parcel) -> dict:
    """What the form shows at first: what is on the parcel, or who carried the last one."""
    if parcel.is_sent:
        return {"carrier": parcel.carrier, "tracking_number": parcel.tracking_number}
    return {"carrier": orders.last_carrier(request.producer)}


def _was_sent(request, parcel: Parcel, form: SendingForm) -> bool:
    """Do what the form says; False, with the reason in the form, when that cannot be done."""
    words = _("Saved. The buyer sees it on the page of the order.")
    if not parcel.is_sent:
        words = _("Sent. The buyer gets a mail now.")
    try:
        send_or_correct(parcel=parcel, by=request.user, **form.cleaned_data)
    except DomainError as error:
        form.add_error(None, error.message)
        return False
    messages.success(request, words)
    return True


@workbench(Act.PACK_ORDERS)
@require_POST
def pack_parcel(request, pk: int):
    return _do(request, pk, pack, _("Packed. Send it when you can."))


@workbench(Act.PACK_ORDERS)
@require_POST
def unpack_parcel(request, pk: int):
    return _do(request, pk, unpack, _("It is to be packed again."))


def _do(request, pk: int, act, words: str):
    """Pack or unpack; a second tap changes nothing and says the same."""
    mine = parcel_of(request.producer, pk)
    if mine is None:
        raise Http404
    try:
        act(parcel=mine, by=request.user)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        if mine.is_to_send:
            messages.success(request, words)
    return redirect("workbench:orders-parcel", request.producer.pk, pk)


@workbench(Act.PACK_ORDERS)
@require_safe
def slip(request, pk: int):
    """What is put into the parcel, with its label, on paper; while it is open."""
    sheet = orders.parcel_page(request.producer, pk)
    if sheet is None or sheet.label is None:
        raise Http404
    return render(request, "workbench/slip.html", {"sheet": sheet})


@workbench(Act.PACK_ORDERS)
@require_safe
def pick_list(request):
    return render(
        request, "workbench/pick_list.html", {"picks": orders.pick_list(request.producer)}
    )
