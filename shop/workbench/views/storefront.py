"""The page shoppers see of the makers: story, portrait, notice, days closed; and its preview."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.core.errors import DomainError
from marketplace.producers.permissions import Act
from marketplace.producers.queries import coming_closures
from marketplace.producers.services import (
    change_storefront,
    lift_closure,
    plan_closure,
    set_portrait,
)
from marketplace.provenance.models import Photo
from marketplace.provenance.services import PhotoRefused, rotate_photo, take_photo
from search import engine
from search.requests import SearchRequest
from shop.storefront.queries import page_of
from shop.workbench.access import workbench
from shop.workbench.forms.storefront import TEXTS, ClosureForm, PortraitForm, StorefrontForm

READ_OR_SEND = ["GET", "HEAD", "POST"]


@workbench(Act.EDIT_STOREFRONT)
@require_http_methods(READ_OR_SEND)
def page(request):
    form = StorefrontForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        try:
            change_storefront(producer=request.producer, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Your page is saved. Shoppers see it now."))
            return redirect("workbench:storefront-page", request.producer.pk)
    return _page(request, form)


def _page(request, form: StorefrontForm | None = None, portrait: PortraitForm | None = None):
    now = {name: getattr(request.producer, name) for name in TEXTS}
    context = {
        "form": form or StorefrontForm(initial=now),
        "portrait_form": portrait or PortraitForm(),
    }
    return render(request, "workbench/storefront.html", context)


@workbench(Act.EDIT_STOREFRONT)
@require_POST
def portrait(request):
    """Take another picture of the makers, turn it, or take it away."""
    act = _PORTRAIT_ACTS.get(request.POST.get("do", ""), _take)
    return act(request) or redirect("workbench:storefront-page", request.producer.pk)


def _take(request):
    form = PortraitForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, portrait=form)
    upload = form.cleaned_data["picture"]
    try:
        photo = take_photo(producer=request.producer, upload=upload, by=request.user)
    except PhotoRefused as error:
        form.add_error("picture", error.message)
        return _page(request, portrait=form)
    if not photo.may_be_published:
        form.add_error("picture", photo.sentences)
        return _page(request, portrait=form)
    set_portrait(producer=request.producer, name=photo.name, by=request.user)
    messages.success(request, _("Shoppers see the new picture now."))
    for sentence in photo.sentences:
        messages.warning(request, sentence)
    return None


def _turn(request) -> None:
    """Only what came in here can be turned; an older portrait stays as it is."""
    name = request.producer.portrait.name
    photo = Photo.objects.of(request.producer).filter(name=name).first() if name else None
    if photo:
        rotate_photo(photo=photo, by=request.user)
        set_portrait(producer=request.producer, name=photo.name, by=request.user)


def _remove(request) -> None:
    set_portrait(producer=request.producer, name="", by=request.user)
    messages.success(request, _("The picture is taken away."))


_PORTRAIT_ACTS = {"turn": _turn, "remove": _remove}


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
