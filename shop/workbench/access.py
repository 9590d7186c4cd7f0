"""The one door to a producer's pages: who comes in, to which producer, and to do what.

Every view behind `/workbench/<producer_id>/` is wrapped in `@workbench(Act.…)` and finds
`request.producer` and `request.acts`. What a view reads or changes starts from `request.producer`;
an id that comes with the request is looked up among that producer's things and nowhere else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.views.decorators.cache import never_cache

from marketplace.core.prepared import Prepared
from marketplace.producers.models import Membership, Producer
from marketplace.producers.permissions import Act, Rights, rights_of


@dataclass(frozen=True)
class Workplace:
    """A producer as somebody who works or acts for it meets it."""

    producer: Producer
    rights: Rights
    has_others: bool

    @property
    def is_agents(self) -> bool:
        """Whether this person acts for the producer without working there."""
        return not self.rights.role

    @property
    def role_name(self) -> str:
        return str(Membership.Role(self.rights.role).label) if self.rights.role else ""


def workbench(act: Act) -> Callable:
    """Let a view be seen by those who may do `act` with the producer of the address.

    Somebody not signed in is asked to; a producer that is not one's own is a 404, as one that does
    not exist; a member without the right reads so in words (403). Five statements with the
    session's and the user's.
    """

    def decorate(view: Callable) -> Callable:
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, producer_id: int, *args, **kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return ask_to_sign_in(request)
            enter(request, producer_id)
            if act not in request.acts:
                return render(request, "workbench/not_allowed.html", status=403)
            return view(request, *args, **kwargs)

        guarded.workbench_act = act
        return guarded

    return decorate


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in page, and back afterwards: to a page, never to a form's answer."""
    is_page = request.method in ("GET", "HEAD")
    back = request.get_full_path() if is_page else resolve_url("workbench:choose")
    return redirect_to_login(back, resolve_url("account_login"))


def enter(request: HttpRequest, producer_id: int) -> None:
    """Give the request its producer and what may be done with it; raises Http404."""
    workplace = workplace_of(request.user, producer_id)
    if workplace is None:
        raise Http404
    request.workplace = workplace
    request.producer = workplace.producer
    request.acts = workplace.rights.acts


def workplace_of(user, producer_id: int) -> Workplace | None:
    """A producer somebody may enter, in three statements; None for all others."""
    everywhere = rights_of(user)
    if producer_id not in everywhere:
        return None
    producer = _producer.first(pk=producer_id)
    rights = everywhere[producer_id].with_status(producer.status)
    if Act.VIEW not in rights.acts:
        return None
    return Workplace(producer, rights, has_others=len(everywhere) > 1)


_producer = Prepared(lambda pk: Producer.objects.select_related("home_village").filter(pk=pk))


def workplaces_of(user) -> list[Workplace]:
    """All producers whose workbench somebody may enter, in Thai order; three statements."""
    everywhere = rights_of(user)
    producers = Producer.objects.filter(pk__in=everywhere).select_related("home_village")
    return [
        Workplace(one, everywhere[one.pk].with_status(one.status), len(everywhere) > 1)
        for one in producers
        if Act.VIEW in everywhere[one.pk].acts
    ]
