"""Of one form with many photos one form a photo: villages make batches of single pieces."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marketplace.core.errors import DomainError
from marketplace.producers.permissions import Act
from marketplace.provenance.models import OtopType, ProductDraft
from marketplace.provenance.services import split_draft, submit_draft
from marketplace.provenance.services.errors import DraftClosed, DraftIncomplete
from shop.workbench.access import workbench
from shop.workbench.forms.drafts import SplitForm
from shop.workbench.queries import drafts as queries
from shop.workbench.views.drafts import READ_OR_SEND, closed_already, to_form, to_list


@workbench(Act.EDIT_PRODUCTS)
@require_http_methods(READ_OR_SEND)
def split(request, key):
    """Make of one form with many photos one form a photo, each with its price.

    A second tap is answered like the first one: the form knows its pieces.
    """
    mine = queries.own_draft(request.producer, key)
    if mine is None:
        raise Http404
    if not mine.is_unfinished or mine.provenance:
        return closed_already(request, mine)
    photos = [one for one in queries.photos_of(mine, mine.data).photos if one.photo]
    if len(photos) < 2:
        return to_form(mine, "#photos")
    form = SplitForm(request.POST if request.method == "POST" else None, mine.data, photos)
    if form.names_others:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            return _made(request, split_draft(draft=mine, pieces=form.pieces, by=request.user))
        except DraftClosed:
            mine.refresh_from_db()
            return closed_already(request, mine)
        except DomainError as error:
            messages.error(request, str(error.message))
    context = {"draft": mine, "form": form, "otop_type": _type_words(mine)}
    return render(request, "workbench/product_split.html", context)


def _made(request, pieces: list[ProductDraft]):
    sent = [one for one in pieces if _send_in(request, one)] if _wants_review(request) else []
    if sent:
        words = _(
            "%(count)s products are sent for review. You can read here when they are on sale."
        )
        messages.success(request, words % {"count": len(sent)})
    if len(sent) < len(pieces):
        words = _("%(count)s products are begun. Open each, and send it for review.")
        messages.info(request, words % {"count": len(pieces) - len(sent)})
    return to_list(request)


def _wants_review(request) -> bool:
    return request.POST.get("do") == "submit"


def _send_in(request, piece: ProductDraft) -> bool:
    """Send a piece in, if nothing is missing; otherwise it stays among the unfinished."""
    try:
        submit_draft(draft=piece, by=request.user)
    except (DraftIncomplete, DraftClosed):
        return False
    return True


def _type_words(draft: ProductDraft) -> str:
    chosen = draft.data.get("otop_type")
    return str(OtopType(chosen).label) if chosen in OtopType.values else ""
