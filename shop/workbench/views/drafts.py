"""A product's form: whatever button is pressed, what was typed is kept first."""

from contextlib import suppress

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.core.errors import DomainError
from marketplace.producers.permissions import Act
from marketplace.provenance.models import Photo, ProductDraft, Provenance
from marketplace.provenance.services import (
    PhotoRefused,
    bring_back_draft,
    discard_draft,
    rotate_photo,
    save_draft,
    start_draft,
    submit_draft,
)
from marketplace.provenance.services.drafting import photo_key
from marketplace.provenance.services.errors import (
    BegunAnew,
    DraftClosed,
    DraftIncomplete,
    StaleDraft,
    TooManyDrafts,
)
from shop.workbench.access import workbench
from shop.workbench.forms.drafts import data_of_form, has_words, moved, without_photo
from shop.workbench.queries import drafts as queries
from shop.workbench.services.photos import take_photos
from shop.workbench.views.draft_pages import (
    form_page,
    photo_parts,
    prospect_of,
    reaches_words,
)

READ_OR_SEND = ["GET", "HEAD", "POST"]
OF_SCRIPT = ("autosave", "photo-send")


@workbench(Act.EDIT_PRODUCTS)
@require_POST
def new(request):
    """Begin a form: empty, or with the words of a product (`copy`)."""
    copied = _own_product(request, request.POST["copy"]) if request.POST.get("copy") else None
    draft = None if copied else queries.untouched_draft(request.producer, request.user)
    return to_form(draft) if draft else _begin(request, copy_of=copied)


@workbench(Act.EDIT_PRODUCTS)
@require_POST
def change(request, pk: int):
    """Begin to change a product; or go on, where that was begun already."""
    product = _own_product(request, str(pk))
    return _begin(request, provenance=product)


def _begin(request, **source: Provenance | None):
    try:
        return to_form(start_draft(producer=request.producer, by=request.user, **source))
    except TooManyDrafts as error:
        messages.error(request, str(error.message))
        return to_list(request)


@workbench(Act.EDIT_PRODUCTS)
@require_POST
def bring_back(request, key):
    """Open a form again that was thrown away."""
    mine = queries.own_draft(request.producer, key)
    if mine is None:
        raise Http404
    try:
        bring_back_draft(draft=mine, by=request.user)
    except DraftClosed:
        return closed_already(request, mine)
    except BegunAnew as error:
        messages.error(request, str(error.message))
        return to_list(request)
    messages.success(request, _("It is back, with all that you typed."))
    return to_form(mine)


def _own_product(request, key: str) -> Provenance:
    number = photo_key(key) or 0
    found = request.producer.products.filter(product=number).select_related("product").first()
    if found is None:
        raise Http404
    return found


def to_form(draft: ProductDraft, place: str = ""):
    url = reverse("workbench:products-draft", args=[draft.producer_id, draft.pk])
    return redirect(url + place)


def to_list(request, thrown: ProductDraft | None = None):
    """The list of products; with a form that was thrown away just now, and can be brought back."""
    url = reverse("workbench:products-list", args=[request.producer.pk])
    return redirect(f"{url}?thrown={thrown.pk}" if thrown else url)


@workbench(Act.EDIT_PRODUCTS)
@require_http_methods(READ_OR_SEND)
def draft(request, key):
    """The form. Sent with an act of `OF_SCRIPT` it answers in JSON, for the script."""
    mine = queries.own_draft(request.producer, key)
    if mine is None:
        raise Http404
    if not mine.is_unfinished:
        return closed_already(request, mine)
    if request.method != "POST":
        return form_page(request, mine, mine.data, mine.version)
    return _Sent(request, mine).answer()


def closed_already(request, draft: ProductDraft):
    """Say what became of a form that cannot be filled in any more, and lead to the list."""
    sentence = queries.closed_words(draft)
    if request.POST.get("do") in OF_SCRIPT:
        return JsonResponse({"words": sentence}, status=409)
    if draft.closing == ProductDraft.Closing.DISCARDED:
        return to_list(request, thrown=draft)
    messages.info(request, sentence)
    return to_list(request)


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
            return self.discard()
        refusals = self.take_photos()
        self.change_rows()
        try:
            self.draft = save_draft(
                draft=self.draft, data=self.data, version=self.version, by=self.request.user
            )
        except DomainError as error:
            return self.refuse(error)
        if self.act == "photo-send":
            return JsonResponse(self.saved() | self.sent_photo(refusals))
        if refusals:
            return form_page(
                self.request, self.draft, self.data, self.draft.version, {"photos": refusals}
            )
        return self.go_on(turned)

    def discard(self):
        """Throw it away with what was typed last, so that all of it can be brought back."""
        if has_words(self.data):
            with suppress(DomainError):  # somebody else's newer words are what is thrown away then
                save_draft(
                    draft=self.draft, data=self.data, version=self.version, by=self.request.user
                )
        discard_draft(draft=self.draft, by=self.request.user)
        return to_list(self.request, thrown=self.draft)

    def refuse(self, error: DomainError):
        """Not kept: say why, with all that was typed; sent once more, a stale form is kept."""
        if isinstance(error, DraftClosed):
            self.draft.refresh_from_db()
            return closed_already(self.request, self.draft)
        words = [str(error.message)]
        if isinstance(error, StaleDraft):
            words.append(_("What you typed is still here. If you save again, yours is kept."))
        if self.is_of_script:
            return JsonResponse({"words": " ".join(words)}, status=409)
        found = {"": " ".join(words)}
        return form_page(self.request, self.draft, self.data, self.draft.version, found, status=409)

    @property
    def is_of_script(self) -> bool:
        return self.act in OF_SCRIPT

    def take_photos(self) -> str:
        """Add the photos sent along; return what must be said of those that were not taken."""
        photos = self.data["photos"]
        taken = take_photos(
            producer=self.request.producer,
            uploads=self.request.FILES.getlist("new_photos"),
            there=photos,
            by=self.request.user,
        )
        photos += [key for key in dict.fromkeys(taken.keys) if key not in photos]
        return " ".join(taken.sentences())

    def change_rows(self) -> None:
        """Photos and options in another order, one more, one less."""
        kind, _dash, act = self.act.partition("-")
        if kind == "photo" and act in ("up", "down", "remove") and self.args:
            before = self.data["photos"]
            self.data["photos"] = moved(before, (act, self.args[0]))
            for gone in [one for one in before if one not in self.data["photos"]]:
                self.data["options"] = without_photo(self.data, gone)
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
            return to_list(self.request)
        if turned:
            self.turn(turned)
        kind = self.act.partition("-")[0]
        places = {"photo": "#photos", "photos": "#photos", "option": "#options"}
        return to_form(self.draft, places.get(kind, ""))

    def saved(self) -> dict:
        hour = time_format(timezone.localtime(), "H:i")
        thing = prospect_of(self.request, self.draft, self.data)
        return {
            "version": self.draft.version,
            "words": _("Saved at %(hour)s") % {"hour": hour},
            "reaches": reaches_words(thing, self.data.get("price_baht")),
            "reaches_of_options": [
                reaches_words(thing, option.get("price_baht")) for option in self.data["options"]
            ],
        }

    def sent_photo(self, refusals: str) -> dict:
        parts = photo_parts(self.request, self.draft, self.data)
        return parts | {"refused": refusals}

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
            return to_list(self.request)
        return form_page(self.request, self.draft, self.data, self.draft.version, found)
