"""`/_control/…`: JSON in, JSON out, so that a test in another process can turn every switch.
README.md lists them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from deploy.demo.stripe_standin.errors import ApiError
from deploy.demo.stripe_standin.settings import Fees
from deploy.demo.stripe_standin.wire import Answer, Request, json_answer

if TYPE_CHECKING:
    from deploy.demo.stripe_standin.running import Standin

Given = dict[str, Any]


def answer_control(standin: Standin, request: Request) -> Answer:
    """Turn a switch and answer with what came of it; 404 for an unknown one, 400 for wrong JSON."""
    name = request.path.removeprefix("/_control/")
    switches = SWITCHES if request.method == "POST" else VIEWS
    if name not in switches:
        return json_answer({"error": f"no such control: {request.method} {name}"}, 404)
    try:
        given = json.loads(request.body or b"{}")
        return json_answer({"result": switches[name](standin, **given)})
    except (TypeError, ValueError, KeyError) as error:
        return json_answer({"error": str(error)}, 400)
    except ApiError as error:
        return json_answer(error.body(), error.status)


def _state(standin: Standin) -> Given:
    return {
        "webhooks": standin.webhooks.describe(),
        "faults": standin.faults.waiting(),
        "violations": list(standin.violations),
        "processing_held": standin.settings.hold_processing,
        "fees_held": standin.settings.hold_fees,
        "balance_satang": standin.balance_satang(),
        "next_declines": list(standin.settings.next_declines),
    }


def _calls(standin: Standin) -> list[Given]:
    return [asdict(call) for call in standin.calls]


def _attempts(standin: Standin) -> list[Given]:
    return [asdict(attempt) for attempt in standin.webhooks.attempts]


def _set_webhook(
    standin: Standin,
    url: str | None = None,
    secrets: list[str] | None = None,
    events: list[str] | None = None,
) -> None:
    if url is not None:
        standin.set_webhook_url(url)
    if secrets is not None:
        standin.settings.webhook_secrets = secrets
    if events is not None:
        standin.settings.enabled_events = tuple(events)


def _set_fees(standin: Standin, hold: bool | None = None, **fees: int) -> None:
    if hold is not None:
        standin.settings.hold_fees = hold
    if fees:
        standin.settings.fees = Fees(**fees)


def _hold_processing(standin: Standin, hold: bool = True) -> None:
    standin.settings.hold_processing = hold


def _set_disputes(standin: Standin, **changes: int | bool) -> None:
    for name, value in changes.items():
        if name not in ("fee_satang", "fee_returned"):
            raise KeyError(name)
        setattr(standin.settings, f"dispute_{name}", value)


def _hold_money(standin: Standin, seconds: int) -> None:
    standin.settings.available_after_seconds = seconds


def _advance_clock(standin: Standin, seconds: int) -> int:
    standin.store.clock_offset_seconds += seconds
    return standin.store.now()


VIEWS: dict[str, Callable[..., Any]] = {"state": _state, "calls": _calls, "attempts": _attempts}
SWITCHES: dict[str, Callable[..., Any]] = {
    "webhook": _set_webhook,
    "hold": lambda standin: standin.webhooks.hold(),
    "release": lambda standin, order=None: standin.webhooks.release(order),
    "drop": lambda standin, times=1: standin.webhooks.drop(times),
    "duplicate": lambda standin, times: standin.webhooks.duplicate(times),
    "reorder": lambda standin, on=True: standin.webhooks.reorder(on),
    "resend": lambda standin, event, times=1: standin.webhooks.resend(event, times),
    "settle": lambda standin, timeout_seconds=5.0: standin.webhooks.settle(timeout_seconds),
    "faults": lambda standin, **fault: standin.faults.add(**fault),
    "faults/clear": lambda standin: standin.faults.clear(),
    "pay": lambda standin, client_secret, number="4242424242424242": standin.pay(
        client_secret, number
    ),
    "decline-next": lambda standin, reason: standin.settings.next_declines.append(reason),
    "processing": _hold_processing,
    "processing/finish": lambda standin, intent: standin.finish_processing(intent),
    "fees": _set_fees,
    "fees/book": lambda standin: standin.book_fees(),
    "disputes": _set_disputes,
    "disputes/open": lambda standin, intent, **facts: standin.open_dispute(intent, **facts),
    "disputes/escalate": lambda standin, dispute: standin.escalate_dispute(dispute),
    "disputes/answer": lambda standin, dispute: standin.answer_dispute(dispute),
    "disputes/end": lambda standin, dispute, won: standin.end_dispute(dispute, is_won=won),
    "available": _hold_money,
    "payouts": lambda standin, amount_satang=None: standin.make_payout(amount_satang),
    "payouts/paid": lambda standin, payout: standin.finish_payout(payout),
    "payouts/failed": lambda standin, payout: standin.fail_payout(payout),
    "clock": _advance_clock,
    "idempotency/forget": lambda standin: standin.idempotency.forget(),
    "shop": lambda standin, origin: standin.settings.shop_origins.add(origin),
}
