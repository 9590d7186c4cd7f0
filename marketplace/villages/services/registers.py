"""Acts on the dated registers of programmes and routes."""

import re
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from marketplace.core import audit, outbox
from marketplace.core.errors import DomainError
from marketplace.core.row_changes import save_facts
from marketplace.places.services import tidy_english_name, tidy_facts, tidy_name
from marketplace.villages import dated
from marketplace.villages.models import (
    Programme,
    ProgrammeMembership,
    Route,
    RouteStop,
    Village,
)

User = AbstractBaseUser
_CODE = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")


class InvalidCode(DomainError):
    message = _("A code has small Latin letters, digits, dashes or underscores.")


class CodeTaken(DomainError):
    message = _("This code is already in use.")


# --- Programmes ----------------------------------------------------------------------------------
def register_programme(
    *, code: str, name_th: str, name_en: str = "", by: User | None = None
) -> Programme:
    """Add a state programme under a code that never changes. Raises CodeTaken, InvalidName."""
    programme = Programme(
        code=_checked_code(code, longest=32),
        name_th=tidy_name(name_th),
        name_en=tidy_english_name(name_en),
    )
    return _add(programme, "programme.register", by)


def change_programme(
    *, programme: Programme, name_th: str, name_en: str, by: User | None
) -> Programme:
    """Correct a programme's names; frozen origins of old sales keep what they hold."""
    facts = {"name_th": tidy_name(name_th), "name_en": tidy_english_name(name_en)}
    return _change(programme, facts, "programme.change", by)


def join_programme(
    *, village: Village, programme: Programme, since: date, by: User | None
) -> ProgrammeMembership:
    """Take a village into a programme from a day on.

    While it is in, that membership is returned unchanged. Raises dated.OverlappingDates.
    """
    with transaction.atomic():
        Village.objects.select_for_update().get(pk=village.pk)
        rows = ProgrammeMembership.objects.filter(village=village, programme=programme)
        facts = {"village": village, "programme": programme}
        membership, created = dated.begin(rows, since=since, **facts)
        if created:
            _note(village, "programme.join", by, programme=programme.pk, since=str(since))
    return membership


def leave_programme(
    *, village: Village, programme: Programme, last_day: date, by: User | None
) -> ProgrammeMembership:
    """End a village's membership. Raises dated.NothingOpen, dated.EndsBeforeItBegins."""
    with transaction.atomic():
        Village.objects.select_for_update().get(pk=village.pk)
        rows = ProgrammeMembership.objects.filter(village=village, programme=programme)
        ended = dated.end(rows, last_day=last_day)
        _note(village, "programme.leave", by, programme=programme.pk, last_day=str(last_day))
    return ended


# --- Routes --------------------------------------------------------------------------------------
def register_route(
    *, code: str, kind: str, name_th: str, name_en: str = "", by: User | None = None, **facts
) -> Route:
    """Add a route under a code that never changes; stops come after. Raises CodeTaken."""
    route = Route(
        code=_checked_code(code, longest=64),
        kind=Route.Kind(kind),
        name_th=tidy_name(name_th),
        name_en=tidy_english_name(name_en),
        **tidy_facts(Route, facts),
    )
    return _add(route, "route.register", by)


def change_route(*, route: Route, by: User | None, **facts) -> Route:
    """Change a route's kind, names or summaries; equal ones are no change."""
    if unknown := set(facts) - {"kind", "name_th", "name_en", "summary_th", "summary_en"}:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    facts = tidy_facts(Route, facts)
    if "name_th" in facts:
        facts["name_th"] = tidy_name(facts["name_th"])
    return _change(route, facts, "route.change", by)


def add_route_stop(
    *,
    route: Route,
    village: Village,
    position: int,
    since: date,
    by: User | None,
    note_th: str = "",
    note_en: str = "",
) -> RouteStop:
    """Let a route stop in a village from a day on, as the `position`th stop.

    While it stops there, that stop is kept, with its position and notes brought up to date.
    Raises dated.OverlappingDates.
    """
    facts = {"position": position} | tidy_facts(RouteStop, {"note_th": note_th, "note_en": note_en})
    with transaction.atomic():
        Route.objects.select_for_update().get(pk=route.pk)
        rows = RouteStop.objects.filter(route=route, village=village)
        stop, created = dated.begin(rows, since=since, route=route, village=village, **facts)
        if created:
            _note(village, "route.stop", by, route=route.pk, since=str(since))
        else:
            _change(stop, facts, "route.stop-change", by)
    return stop


def end_route_stop(*, route: Route, village: Village, last_day: date, by: User | None) -> RouteStop:
    """Let a route no longer stop there. Raises dated.NothingOpen, dated.EndsBeforeItBegins."""
    with transaction.atomic():
        Route.objects.select_for_update().get(pk=route.pk)
        rows = RouteStop.objects.filter(route=route, village=village)
        ended = dated.end(rows, last_day=last_day)
        _note(village, "route.stop-end", by, route=route.pk, last_day=str(last_day))
    return ended


# --- Shared --------------------------------------------------------------------------------------
def _checked_code(code: str, longest: int) -> str:
    if len(code) > longest or not _CODE.fullmatch(code):
        raise InvalidCode
    return code


def _add(row: Programme | Route, act: str, by: User | None):
    with transaction.atomic():
        if type(row).objects.filter(pk=row.pk).exists():
            raise CodeTaken
        row.save(force_insert=True)
        _note(row, act, by)
    return row


def _change(row, facts: dict, act: str, by: User | None):
    with transaction.atomic():
        if changed := save_facts(row, facts):
            _note(row, act, by, fields=" ".join(changed))
    return row


def _note(row, act: str, by: User | None, **details: int | str) -> None:
    kind = row._meta.model_name
    outbox.note(kind, row.pk)
    audit.note(actor=by, act=act, target=f"{kind}:{row.pk}", **details)
