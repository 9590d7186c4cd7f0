"""The page shoppers see of the makers: story, portrait, notice, days closed; and its preview."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.core.errors import DomainError
from marketplace.producers.permissions import Act
from marketplace.producers.queries import coming_closures
from marketplace.producers.services import change_storefront, lift_closure, plan_closure
from search import engine
from search.requests import SearchRequest
from shop.storefront.queries import page_of
from shop.workbench.access import workbench
from shop.workbench.forms.storefront import TEXTS, ClosureForm, StorefrontForm

READ_OR_SEND = ["GET", "HEAD", "POST"]


@workbench(Act.EDIT_STOREFRONT)
@require_http_methods(READ_OR_SEND)
def page(request):
    now = {name: getattr(request.producer, name) for name in TEXTS}
    form = StorefrontForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            change_storefront(producer=request.producer, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Your page is saved. Shoppers see it now."))
            return redirect("workbench:storefront-page", request.producer.pk)
    return render(request, "workbench/storefront.html", {"form": form})


@workbench(Act.EDIT_STOREFRONT)
@require_http_methods(READ_OR_SEND)
def preview(request):
    """The page as shoppers see it; of a form that is sent here, with what was typed, unsaved."""
    producer = request.producer
    if request.method == "POST":
        form = StorefrontForm(request.POST)
        form.is_valid()
        for name, text in form.cleaned_data.items():
            setattr(producer, name, text)
    context = {
        "maker": page_of(producer),
        "listing": engine.find(SearchRequest(producer_id=producer.pk)),
        "is_saved": request.method != "POST",
    }
    return render(request, "workbench/preview.html", context)


@workbench(Act.EDIT_STOREFRONT)
@require_http_methods(READ_OR_SEND)
def closures(request):
    form = ClosureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            plan_closure(producer=request.producer, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Shoppers will read that you are closed."))
            return redirect("workbench:storefront-closures", request.producer.pk)
    context = {"form": form, "closures": list(coming_closures(request.producer))}
    return render(request, "workbench/closures.html", context)


@workbench(Act.EDIT_STOREFRONT)
@require_POST
def lift(request, pk: int):
    """Open again. A closure that is over, or already lifted, is no error: it is lifted."""
    closure = request.producer.closures.filter(pk=pk).first()
    if closure is None:
        raise Http404
    lift_closure(closure=closure, by=request.user)
    messages.success(request, _("You are open on these days."))
    return redirect("workbench:storefront-closures", request.producer.pk)
