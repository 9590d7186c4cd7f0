"""Products of one's own: the list, and price and stock at once."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.core.errors import DomainError
from marketplace.core.money import format_baht
from marketplace.producers.permissions import Act
from marketplace.provenance.services import change_price
from marketplace.provenance.services.draft_data import baht_text
from search.requests import clean_words, page_number
from shop.workbench.access import workbench
from shop.workbench.forms.products import PriceForm, StockForm
from shop.workbench.queries import products as queries
from shop.workbench.services.products import StockMoved, set_stock_as_seen

READ_OR_SEND = ["GET", "HEAD", "POST"]


@workbench(Act.VIEW)
@require_safe
def products(request, which: str = queries.ALL):
    if which != queries.ALL and which not in queries.SHELVES:
        raise Http404
    words = clean_words(request.GET.get("q", ""))
    page = page_number(request.GET.get("page", ""))
    may_edit = Act.EDIT_PRODUCTS in request.acts
    context = {
        "listing": queries.product_list(request.producer, which, words, page),
        "words": words,
        **_drafts(request, may_edit),
        "may_edit": may_edit,
        "may_count": Act.CHANGE_STOCK in request.acts,
    }
    return render(request, "workbench/products.html", context)


def _drafts(request, may_edit: bool) -> dict:
    """Forms to go on with, those thrown away, and which of these was a moment ago."""
    rows = queries.kept_drafts(request.producer) if may_edit else []
    thrown = [row for row in rows if not row.draft.is_unfinished]
    just_now = request.GET.get("thrown", "")
    return {
        "drafts": [row for row in rows if row.draft.is_unfinished],
        "thrown": thrown,
        "just_thrown": next((row for row in thrown if str(row.draft.pk) == just_now), None),
        "is_gone": bool(just_now) and not any(str(row.draft.pk) == just_now for row in rows),
    }


@workbench(Act.EDIT_PRODUCTS)
@require_http_methods(READ_OR_SEND)
def price(request, pk: int):
    """The price of a product or an option, at once. Its page is shown when it cannot be read."""
    row, piece = _own(request, pk)
    now = piece.price_satang
    form = PriceForm(request.POST or None, initial={"price": "" if now is None else baht_text(now)})
    if request.method == "POST" and form.is_valid():
        try:
            change_price(
                product=queries.own_piece(request.producer, pk),
                price_satang=form.cleaned_data["price"],
                by=request.user,
            )
        except DomainError as error:
            form.add_error("price", error.message)
        else:
            amount = format_baht(form.cleaned_data["price"])
            words = _("“%(product)s” costs %(amount)s now.")
            messages.success(request, words % {"product": row.title, "amount": amount})
            return _back(request, row)
    return _piece_page(request, row, piece, form, "price")


@workbench(Act.CHANGE_STOCK)
@require_http_methods(READ_OR_SEND)
def stock(request, pk: int):
    """How many of a product or an option can be sold, at once."""
    row, piece = _own(request, pk)
    if piece.left is None:
        raise Http404
    form = StockForm(request.POST or None, initial={"seen": piece.left, "quantity": piece.left})
    if request.method == "POST" and form.is_valid():
        try:
            set_stock_as_seen(
                product=queries.own_piece(request.producer, pk),
                seen=form.cleaned_data["seen"],
                quantity=form.cleaned_data["quantity"],
                by=request.user,
            )
        except StockMoved as error:
            messages.error(request, error.message)
            return _back(request, row)
        except DomainError as error:
            form.add_error("quantity", error.message)
        else:
            words = _("Of “%(product)s” %(count)s can be sold now.")
            count = form.cleaned_data["quantity"]
            messages.success(request, words % {"product": row.title, "count": count})
            return _back(request, row)
    return _piece_page(request, row, piece, form, "stock")


def _own(request, pk: int):
    """The row of the request's own product and its piece; raises Http404."""
    row = queries.product_row(request.producer, pk)
    piece = row and next((one for one in row.pieces if one.product_id == pk), None)
    if piece is None:
        raise Http404
    return row, piece


def _piece_page(request, row, piece, form, what: str):
    context = {"row": row, "piece": piece, "form": form, "what": what}
    return render(request, "workbench/product_piece.html", context)


def _back(request, row):
    """Where the visitor was in the list: the same shelf, words, page and row."""
    which = request.POST.get("which", "")
    url = reverse("workbench:products-list", args=[request.producer.pk])
    if which in queries.SHELVES:
        url = reverse("workbench:products-shelf", args=[request.producer.pk, which])
    query = {name: request.POST[name][:200] for name in ("q", "page") if request.POST.get(name)}
    return redirect(f"{url}{'?' if query else ''}{urlencode(query)}#p{row.pk}")
