"""Decide about what waits, one or several at once, and let the producer know."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core.errors import DomainError
from marketplace.provenance import services as provenance
from shop.review.mails import owe_mails
from shop.review.queries import PRODUCT, Item

APPROVE, REFUSE = "approve", "refuse"


@dataclass(frozen=True)
class Outcome:
    """What became of one item, in a sentence; `is_left_out`: a person has to look at it first."""

    item: Item
    is_done: bool
    sentence: str
    is_left_out: bool = False


def decide(
    *,
    chosen: Iterable[tuple[Item, datetime | None]],
    act: str,
    by: AbstractBaseUser,
    reason: str = "",
    from_list: bool = False,
) -> list[Outcome]:
    """Approve or refuse each item by itself: what cannot be done says why, the others are done.

    With each comes `submitted_at` as the reviewer saw it. Its producer's people get a mail. From
    a list, where nobody sees the warning, nothing is approved whose name may say alcohol.
    """
    return [
        _left_out(item)
        if from_list and act == APPROVE and item.sounds_alcoholic
        else _decide(item, seen, act, by, reason)
        for item, seen in chosen
    ]


def _left_out(item: Item) -> Outcome:
    sentence = _("not approved: its name may say alcohol, look at it by itself")
    return Outcome(item, False, sentence, is_left_out=True)


def _decide(
    item: Item, seen: datetime | None, act: str, by: AbstractBaseUser, reason: str
) -> Outcome:
    facts = {"by": by, "seen": seen} | ({"reason": reason} if act == REFUSE else {})
    try:
        with transaction.atomic():
            _service(item, act)(**_about(item), **facts)
            owe_mails(item.row, is_approved=act == APPROVE, reason=reason)
    except DomainError as error:
        return Outcome(item, False, str(error))
    return Outcome(item, True, _("approved") if act == APPROVE else _("refused"))


def _service(item: Item, act: str) -> Callable:
    if item.kind == PRODUCT:
        return provenance.approve_product if act == APPROVE else provenance.refuse_product
    return provenance.approve_change if act == APPROVE else provenance.refuse_change


def _about(item: Item) -> dict:
    return {"provenance" if item.kind == PRODUCT else "change": item.row}
