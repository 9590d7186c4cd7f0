"""What a curator has to do, for the first page of the admin: four lists, one statement each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, Window
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Revision, TaskState

from cms import columns
from cms.home.models import FeaturedVillage
from marketplace.core import thai
from marketplace.ledger.models import Transfer
from marketplace.provenance.models import Listing
from marketplace.villages.models import Village

LONGEST = 10
"""Rows of a list; how many there are is said above it."""
QUIET_DAYS = 90
DUE = timedelta(weeks=1)


@dataclass(frozen=True)
class Rows:
    """The first of a list, and how many there are in all."""

    shown: Sequence
    total: int


@dataclass(frozen=True)
class Desk:
    waiting: Rows  # TaskState: what the user may approve, the oldest first
    due: Rows  # Revision: planned within a week; `is_late` where it could not be published
    ending: Rows  # FeaturedVillage: `is_asleep` where the village is not shown
    quiet: Rows  # Village: something for sale and nothing sold


def read_desk(user) -> Desk:
    """All that waits for a curator, in four statements however much it is."""
    now, day = timezone.now(), thai.today()
    return Desk(
        waiting=_first(_waiting(user)),
        due=_first(_due(now), now=now),
        ending=_first(_ending(day)),
        quiet=_first(_quiet(day)),
    )


def _first(rows, now: datetime | None = None) -> Rows:
    shown = list(rows.annotate(in_all=Window(Count("pk")))[:LONGEST])
    for row in shown:
        row.is_late = now is not None and row.approved_go_live_at < now
    return Rows(shown, shown[0].in_all if shown else 0)


def _waiting(user):
    """Tasks of the user's groups; of everybody's for an administrator."""
    tasks = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    if not user.is_superuser:
        mine = user.groups.values("pk")
        tasks = tasks.filter(task__in=_tasks_of(mine))
    return tasks.select_related("revision", "workflow_state__requested_by").order_by("started_at")


def _tasks_of(groups):
    through = GroupApprovalTask.groups.through.objects
    return through.filter(group__in=groups).values("groupapprovaltask")


def _due(now: datetime):
    planned = Revision.objects.page_revisions().filter(approved_go_live_at__lte=now + DUE)
    return planned.defer("content").order_by("approved_go_live_at", "pk")


def _ending(day: date):
    """Turns whose last day lies in this week, and those of villages that fell asleep meanwhile."""
    sunday = day + timedelta(6 - day.weekday())
    ends = Q(valid_until__range=(day, sunday))
    asleep = ~Q(village__status=Village.Status.ACTIVE)
    turns = FeaturedVillage.objects.filter(Q(valid_until=None) | Q(valid_until__gte=day))
    shown = turns.filter(ends | asleep).select_related(
        "village__tambon__amphoe__province", "page__locale"
    )
    return shown.only(*columns.FEATURED_VILLAGE, "page__locale__language_code").order_by(
        "valid_until", "pk"
    )


def _quiet(day: date):
    """Active villages that sell something here and sold nothing for 90 days, by code."""
    sold = Transfer.objects.filter(
        village_code=OuterRef("code"), day__gt=day - timedelta(QUIET_DAYS), kind=Transfer.Kind.SALE
    )
    offers = Listing.objects.filter(village_code=OuterRef("code"))
    villages = Village.objects.filter(Exists(offers), ~Exists(sold), status=Village.Status.ACTIVE)
    return villages.select_related("tambon__amphoe__province").order_by("code")
