"""One request to `/v1`: who asks, is it well formed, was it asked before, do it, check the answer,
tell the webhooks.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from deploy.demo.stripe_standin import keys
from deploy.demo.stripe_standin.act import Act
from deploy.demo.stripe_standin.answers import findings
from deploy.demo.stripe_standin.errors import ApiError, invalid
from deploy.demo.stripe_standin.expanding import check_paths, expand
from deploy.demo.stripe_standin.faults import FaultAnswer
from deploy.demo.stripe_standin.forms import decode_form
from deploy.demo.stripe_standin.params import read_params
from deploy.demo.stripe_standin.public_view import for_browser
from deploy.demo.stripe_standin.routes import BROWSER_ONLY, Route, find_route
from deploy.demo.stripe_standin.settings import API_VERSION
from deploy.demo.stripe_standin.store import new_id
from deploy.demo.stripe_standin.wire import Answer, Request, json_answer

if TYPE_CHECKING:
    from deploy.demo.stripe_standin.running import Standin

logger = logging.getLogger(__name__)


@dataclass
class Call:
    """What was asked, kept for tests to look at. Card data is left out."""

    request_id: str
    method: str
    path: str
    idempotency_key: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    from_browser: bool = False
    status: int = 0
    replayed: bool = False


def answer_api(standin: Standin, request: Request) -> Answer:
    """Answer a request to `/v1`. Raises ConnectionCut when a fault says so; a bug of ours is a
    recorded 500.
    """
    key = request.header("Idempotency-Key") or None
    call = Call(new_id("req", 14), request.method, request.path, key)
    standin.calls.append(call)
    answer = _answer(standin, request, call)
    call.status = answer.status
    answer.headers |= {"Request-Id": call.request_id, "Stripe-Version": API_VERSION}
    if call.idempotency_key:
        answer.headers["Idempotency-Key"] = call.idempotency_key
    return answer


def _answer(standin: Standin, request: Request, call: Call) -> Answer:
    try:
        return _checked(standin, request, call)
    except ApiError as error:
        return json_answer(error.body(), error.status)
    except FaultAnswer as fault:
        return fault.answer
    except _Violation as violation:
        return _violated(standin, call, violation.args[0])


def _checked(standin: Standin, request: Request, call: Call) -> Answer:
    fields = _fields(request)
    key = keys.read_key(request, fields)
    call.from_browser = keys.is_publishable(key)
    call.fields = _without_card(fields)
    keys.check_version(request)
    route, ids = find_route(request.method, request.path)
    keys.check_side(key, route.for_browser)
    _check_page(standin, request, call)
    standin.faults.strike(f"{call.method} {call.path}", "before")
    params = read_params(
        route.operation, fields, BROWSER_ONLY if call.from_browser else frozenset()
    )
    route.refuse_unbuilt(params)
    check_paths(route.operation, params.get("expand", []))
    answer = _once(standin, call, key, lambda: _perform(standin, call, route, ids, params))
    if call.method == "POST":
        standin.store.save()
    standin.faults.strike(f"{call.method} {call.path}", "after")
    return answer


def _fields(request: Request) -> dict[str, Any]:
    if request.method == "GET":
        return decode_form(request.query)
    try:
        return decode_form(request.body.decode())
    except (UnicodeDecodeError, ValueError) as error:
        raise invalid("The request body is not a form that can be read.") from error


def _without_card(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: "(card)" if name == "card" else value for name, value in fields.items()}


def _check_page(standin: Standin, request: Request, call: Call) -> None:
    """Browsers call from the card frame only: a shop's page that sends a card itself must fail."""
    if call.from_browser and request.header("Origin") not in ("", *standin.own_origins):
        raise invalid("Card data may come from the card frame only.", status=403)


def _once(standin: Standin, call: Call, key: str, act: Callable[[], Answer]) -> Answer:
    if call.method != "POST" or not call.idempotency_key:
        return act()
    scope = f"{key}:{call.idempotency_key}"
    saved = standin.idempotency.begin(scope, call.path, call.fields)
    if saved is not None:
        call.replayed = True
        return saved
    answer = None
    try:
        answer = act()
        return answer
    finally:
        standin.idempotency.finish(scope, call.path, call.fields, answer)


class _Violation(Exception):
    """The stand-in was about to say something Stripe would not."""


def _perform(
    standin: Standin, call: Call, route: Route, ids: tuple[str, ...], params: dict[str, Any]
) -> Answer:
    standin.faults.strike(f"{call.method} {call.path}", "during")
    act = standin.new_act(call)
    try:
        with standin.store.lock:
            return _respond(standin, act, route, ids, params)
    finally:
        standin.webhooks.put([event["id"] for event in act.events])


def _respond(
    standin: Standin, act: Act, route: Route, ids: tuple[str, ...], params: dict[str, Any]
) -> Answer:
    try:
        thing = route.handler(act, params, *ids)
        body, status = expand(standin.store, thing, params.get("expand", [])), 200
    except ApiError as error:
        body, status = error.body(), error.status
    problems = findings(body) + [problem for event in act.events for problem in findings(event)]
    if problems:
        raise _Violation(problems)
    return json_answer(for_browser(body) if act.from_browser else body, status)


def _violated(standin: Standin, call: Call, problems: list[str]) -> Answer:
    standin.violations += [f"{call.method} {call.path}: {problem}" for problem in problems]
    logger.error("%d violations in the answer to %s %s", len(problems), call.method, call.path)
    message = f"The stand-in broke Stripe's annotations: {'; '.join(problems)}"
    return json_answer({"error": {"type": "api_error", "message": message}}, 500)
