"""What a producer tells shoppers of itself: story, notice, portrait, and the days it is closed."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from marketplace.core import thai
from marketplace.core.errors import DomainError
from marketplace.core.plain_text import plain_text
from marketplace.producers.models import NOTICE_MAX_LENGTH, Producer, ProducerClosure
from marketplace.producers.permissions import on_behalf_of
from marketplace.producers.queries import coming_closures
from marketplace.producers.services.producers import change_producer
from marketplace.producers.services.records import User, lock, record

STORY_MAX_LENGTH = 5_000
NOTE_MAX_LENGTH = 200
LONGEST_AHEAD = timedelta(days=2 * 365)


class TextTooLong(DomainError):
    def __init__(self, most: int) -> None:
        text = ngettext_lazy(
            "Write at most %(most)d character.", "Write at most %(most)d characters.", most
        )
        super().__init__(text % {"most": most})


class InvalidDays(DomainError):
    message = _("Give days from today on, and a last day that is not before the first.")


class AlreadyClosed(DomainError):
    message = _("You are closed on some of these days already. Take that back first.")


def change_storefront(
    *,
    producer: Producer,
    story_th: str,
    story_en: str,
    notice_th: str,
    notice_en: str,
    by: User | None,
) -> Producer:
    """Change what the producer's page says, as plain text; equal texts are no change.

    Tags are taken out. Raises TextTooLong and then keeps the old texts.
    """
    texts = {
        "story_th": _text(story_th, STORY_MAX_LENGTH),
        "story_en": _text(story_en, STORY_MAX_LENGTH),
        "notice_th": _text(notice_th, NOTICE_MAX_LENGTH),
        "notice_en": _text(notice_en, NOTICE_MAX_LENGTH),
    }
    return change_producer(producer=producer, by=by, **texts)


def set_portrait(*, producer: Producer, name: str, by: User | None) -> Producer:
    """Show another picture of the makers: the name of a cleaned file in storage, "" for none."""
    return change_producer(producer=producer, by=by, portrait=name)


def plan_closure(
    *,
    producer: Producer,
    first_day: date,
    last_day: date | None,
    by: User | None,
    note_th: str = "",
    note_en: str = "",
) -> ProducerClosure:
    """Sell nothing from a day until a day, both included, or until further notice.

    The same days again: the closure that stands, with the notes of this time. Raises InvalidDays
    for the past and the far future, AlreadyClosed for days of another closure, TextTooLong.
    """
    _check_days(first_day, last_day)
    notes = {"note_th": _line(note_th), "note_en": _line(note_en)}
    with transaction.atomic():
        lock(producer)
        days = {"producer": producer, "valid_from": first_day, "valid_until": last_day}
        standing = ProducerClosure.objects.filter(**days).first()
        if standing is None and _closed_between(producer, first_day, last_day).exists():
            raise AlreadyClosed
        closure = standing or ProducerClosure(**days)
        if standing is None or any(getattr(standing, name) != notes[name] for name in notes):
            closure.note_th, closure.note_en = notes["note_th"], notes["note_en"]
            closure.save()
            _record(closure, "closure.plan", by, first_day=str(first_day), last_day=str(last_day))
    return closure


def lift_closure(*, closure: ProducerClosure, by: User | None) -> None:
    """Sell again from today on. Days that are over stay written down; called twice: no change."""
    today = thai.today()
    with transaction.atomic():
        lock(closure.producer)
        fresh = coming_closures(closure.producer).filter(pk=closure.pk).first()
        if fresh is None:
            return
        _record(fresh, "closure.lift", by)
        if fresh.valid_from >= today:
            fresh.delete()
        else:
            fresh.valid_until = today - timedelta(days=1)
            fresh.save(update_fields=["valid_until"])


def _closed_between(producer: Producer, first_day: date, last_day: date | None):
    reaches = Q(valid_until=None) | Q(valid_until__gte=first_day)
    begins = Q(valid_from__lte=last_day) if last_day else Q()
    return ProducerClosure.objects.filter(reaches, begins, producer=producer)


def _check_days(first_day: date, last_day: date | None) -> None:
    today = thai.today()
    is_in_order = today <= first_day <= (last_day or first_day)
    if not is_in_order or (last_day or first_day) > today + LONGEST_AHEAD:
        raise InvalidDays


def _record(closure: ProducerClosure, act: str, by: User | None, **details: str) -> None:
    producer = closure.producer
    record(producer, act, by, on_behalf_of(by, producer), closure=closure.pk, **details)


def _text(text: str, most: int) -> str:
    text = thai.normalise(plain_text(text), keep_lines=True)
    if len(text) > most:
        raise TextTooLong(most)
    return text


def _line(text: str) -> str:
    return _text(thai.normalise(text), NOTE_MAX_LENGTH)
