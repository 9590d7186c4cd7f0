"""A product's form: whatever button is pressed, what was typed is kept first."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.core.errors import DomainError
from marketplace.core.money import format_baht
from marketplace.producers.permissions import Act
from marketplace.provenance.models import OtopType, Photo, ProductDraft, Provenance, StockKind
from marketplace.provenance.services import (
    PhotoRefused,
    discard_draft,
    rotate_photo,
    save_draft,
    split_draft,
    start_draft,
    submit_draft,
    take_photo,
)
from marketplace.provenance.services.draft_reading import MOST_PHOTOS
from marketplace.provenance.services.drafting import photo_key
from marketplace.provenance.services.errors import DraftClosed, DraftIncomplete, StaleDraft
from shop.workbench.access import workbench
from shop.workbench.forms.drafts import SplitForm, data_of_form, moved, typed_price
from shop.workbench.queries import drafts as queries

READ_OR_SEND = ["GET", "HEAD", "POST"]


@workbench(Act.EDIT_PRODUCTS)
@require_POST
def new(request):
    """Begin a form: empty, or with the words of a product (`copy`)."""
    copied = _own_product(request, request.POST["copy"]) if request.POST.get("copy") else None
    draft = None if copied else queries.untouched_draft(request.producer, request.user)
    if draft is None:
        draft = start_draft(producer=request.producer, by=request.user, copy_of=copied)
    return _to(draft)


@workbench(Act.EDIT_PRODUCTS)
@require_POST
def change(request, pk: int):
    """Begin to change a product; or go on, where that was begun already."""
    product = _own_product(request, str(pk))
    return _to(start_draft(producer=request.producer, by=request.user, provenance=product))


def _own_product(request, key: str) -> Provenance:
    number = photo_key(key) or 0
    found = request.producer.products.filter(product=number).select_related("product").first()
    if found is None:
        raise Http404
    return found


def _to(draft: ProductDraft, place: str = ""):
    url = reverse("workbench:products-draft", args=[draft.producer_id, draft.pk])
    return redirect(url + place)


def _to_list(request):
    return redirect("workbench:products-list", request.producer.pk)


@workbench(Act.EDIT_PRODUCTS)
@require_http_methods(READ_OR_SEND)
def draft(request, key):
    """The form. Sent with `do=autosave` it answers in JSON, for the script."""
    mine = queries.own_draft(request.producer, key)
    if mine is None:
        raise Http404
    if request.method != "POST" and mine.submitted_at is None:
        return _page(request, mine, mine.data, mine.version)
    if mine.submitted_at is not None:
        return _sent_already(request)
    return _Sent(request, mine).answer()


def _sent_already(request):
    sentence = _("This was sent in already. Its product is in the list.")
    if request.POST.get("do") == "autosave":
        return JsonResponse({"words": sentence}, status=409)
    messages.info(request, sentence)
    return _to_list(request)


class _Sent:
    """A form that was sent: keep it, then do what its button says."""

    def __init__(self, request, draft: ProductDraft) -> None:
        self.request, self.draft = request, draft
        self.act, *self.args = request.POST.get("do", "").split(":")
        self.data = data_of_form(request.POST)
        version = photo_key(request.POST.get("version"))
        self.version = -1 if version is None else version

    def answer(self):
        if not queries.names_only_own(self.draft, self.data):
            raise Http404
        turned = self.photo_to_turn()
        if self.act == "discard":
            discard_draft(draft=self.draft, by=self.request.user)
            messages.success(self.request, _("Thrown away."))
            return _to_list(self.request)
        refusals = self.take_photos()
        self.change_rows()
        try:
            self.draft = save_draft(
                draft=self.draft, data=self.data, version=self.version, by=self.request.user
            )
        except DomainError as error:
            return self.refuse(error)
        if refusals:
            return _page(
                self.request, self.draft, self.data, self.draft.version, {"photos": refusals}
            )
        return self.go_on(turned)

    def refuse(self, error: DomainError):
        """Not kept: say why, with all that was typed; sent once more, a stale form is kept."""
        if isinstance(error, DraftClosed):
            return _sent_already(self.request)
        words = [str(error.message)]
        if isinstance(error, StaleDraft):
            words.append(_("What you typed is still here. If you save again, yours is kept."))
        if self.act == "autosave":
            return JsonResponse({"words": " ".join(words)}, status=409)
        found = {"": " ".join(words)}
        return _page(self.request, self.draft, self.data, self.draft.version, found, status=409)

    def take_photos(self) -> str:
        """Add the photos sent along; return why some were refused, by the names of their files."""
        refusals = []
        uploads = self.request.FILES.getlist("new_photos")
        for upload in uploads[:MOST_PHOTOS]:
            try:
                photo = take_photo(
                    producer=self.request.producer, upload=upload, by=self.request.user
                )
            except PhotoRefused as error:
                refusals.append(f"{upload.name}: {error.message}")
            else:
                if photo.pk not in self.data["photos"]:
                    self.data["photos"].append(photo.pk)
        if len(uploads) > MOST_PHOTOS:
            refusals.append(_("More than 24 photos came at once; the first 24 were taken."))
        return " ".join(refusals)

    def change_rows(self) -> None:
        """Photos and options in another order, one more, one less."""
        kind, _dash, act = self.act.partition("-")
        if kind == "photo" and act in ("up", "down", "remove") and self.args:
            self.data["photos"] = moved(self.data["photos"], (act, self.args[0]))
        elif kind == "option" and act in ("up", "down", "remove") and self.args:
            self.data["options"] = moved(self.data["options"], (act, self.args[0]))
        elif self.act == "option-add":
            self.data["options"].append({"title_th": "", "price_baht": self.data["price_baht"]})

    def photo_to_turn(self) -> Photo | None:
        """The photo that the button turns, if it is still as it was seen; raises Http404."""
        if self.act != "photo-turn" or len(self.args) != 2:
            return None
        photos = Photo.objects.of(self.request.producer)
        photo = photos.filter(pk=photo_key(self.args[0]) or 0).first()
        if photo is None:
            raise Http404
        # A second tap names the picture as it was before the first one.
        return photo if photo.name == self.args[1] else None

    def go_on(self, turned: Photo | None):
        if self.act == "autosave":
            return JsonResponse(self.saved())
        if self.act == "submit":
            return self.submit()
        if self.act == "split":
            return redirect("workbench:products-split", self.draft.producer_id, self.draft.pk)
        if self.act == "later":
            messages.success(self.request, _("Saved. You can go on with it at any time."))
            return _to_list(self.request)
        if turned:
            self.turn(turned)
        kind = self.act.partition("-")[0]
        places = {"photo": "#photos", "photos": "#photos", "option": "#options"}
        return _to(self.draft, places.get(kind, ""))

    def saved(self) -> dict:
        hour = time_format(timezone.localtime(), "H:i")
        return {
            "version": self.draft.version,
            "words": _("Saved at %(hour)s") % {"hour": hour},
            "reaches": reaches_words(self.data.get("price_baht")),
        }

    def turn(self, photo: Photo) -> None:
        try:
            rotate_photo(photo=photo, by=self.request.user)
        except PhotoRefused as error:
            messages.error(self.request, str(error.message))

    def submit(self):
        try:
            product = submit_draft(draft=self.draft, by=self.request.user)
        except DraftIncomplete as error:
            found = error.errors
        except DomainError as error:
            found = {"": str(error.message)}
        else:
            waits = product.status == Provenance.Status.IN_REVIEW
            words = _("Saved. Price and stock are changed; other changes wait for review.")
            if waits:
                words = _("Sent for review. You can read here when it is on sale.")
            messages.success(self.request, words)
            return _to_list(self.request)
        return _page(self.request, self.draft, self.data, self.draft.version, found)


@workbench(Act.EDIT_PRODUCTS)
@require_http_methods(READ_OR_SEND)
def split(request, key):
    """Make of one form with many photos one form a photo, each with its price."""
    mine = queries.own_draft(request.producer, key)
    if mine is None:
        raise Http404
    if mine.submitted_at or mine.provenance:
        return _sent_already(request)
    photos = [one for one in queries.photos_of(mine, mine.data) if one.photo]
    if len(photos) < 2:
        return _to(mine, "#photos")
    form = SplitForm(request.POST if request.method == "POST" else None, mine.data, photos)
    if form.names_others:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            made = split_draft(draft=mine, pieces=form.pieces, by=request.user)
        except DraftClosed:
            return _sent_already(request)
        except DomainError as error:
            messages.error(request, str(error.message))
        else:
            words = _("%(count)s products are begun. Open each, and send it for review.")
            messages.success(request, words % {"count": len(made)})
            return _to_list(request)
    return render(request, "workbench/product_split.html", {"draft": mine, "form": form})


def reaches_words(typed: object) -> str:
    """What reaches the producer of a price: all of it, since no fee is taken (queries.income)."""
    satang = typed_price(typed)
    if satang is None:
        return _("Write a price to see what reaches you.")
    amount = format_baht(satang)
    return _("%(amount)s of each piece reaches you. The buyer pays the delivery on top.") % {
        "amount": amount
    }


def _page(request, draft, data, version, found: dict | None = None, status: int = 200):
    found = found or {}
    context = {
        "draft": draft,
        "data": data,
        "version": version,
        "photos": queries.photos_of(draft, data),
        "options": _options(data, found),
        "otop_types": OtopType,
        "stock_kinds": StockKind,
        "months": _months(data),
        "categories": _categories(data),
        "errors": found,
        "reaches": reaches_words(data.get("price_baht")),
        "is_live": bool(draft.provenance and draft.provenance.published_at),
    }
    return render(request, "workbench/product_form.html", context, status=status)


def _months(data: dict) -> list[dict]:
    chosen = {str(month) for month in data.get("season_months") or ()}
    return [
        {"number": number, "name": name, "is_chosen": str(number) in chosen}
        for number, name in MONTHS.items()
    ]


def _categories(data: dict) -> list[dict]:
    chosen = {str(category) for category in data.get("categories") or ()}
    return [
        {"category": one, "is_chosen": str(one.pk) in chosen} for one in queries.category_choices()
    ]


def _options(data: dict, found: dict) -> list[dict]:
    rows = data.get("options")
    return [
        {
            "row": row,
            "errors": {
                name: found.get(f"options-{number}-{name}", "")
                for name in ("title_th", "title_en", "price_baht", "quantity", "photo")
            },
        }
        for number, row in enumerate(rows if isinstance(rows, list) else [])
    ]
