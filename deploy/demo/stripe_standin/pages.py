"""The stand-in's own page: that no money moves, the test cards, what happened lately, and buttons
for the webhooks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from string import Template
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from deploy.demo.stripe_standin.browser import STATIC
from deploy.demo.stripe_standin.cards import CARDS, SUCCESS
from deploy.demo.stripe_standin.disputes import ENDED
from deploy.demo.stripe_standin.errors import ApiError
from deploy.demo.stripe_standin.wire import Answer, Request, redirect, text_answer

if TYPE_CHECKING:
    from deploy.demo.stripe_standin.running import Standin

ROWS_SHOWN = 30
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)


def answer_page(standin: Standin, request: Request) -> Answer:
    """The page, or one of its buttons, which answers by showing the page again."""
    if request.method == "POST" and request.path in BUTTONS:
        return _press(standin, request)
    if request.method == "GET" and request.path == "/":
        return _page(standin)
    return text_answer("Not here.\n", 404)


def _press(standin: Standin, request: Request) -> Answer:
    given = dict(parse_qsl(request.body.decode("utf-8", "replace")))
    try:
        BUTTONS[request.path](standin, given.get("id", ""))
    except ApiError as error:
        return text_answer(f"{error}\n", error.status)
    return redirect("/")


BUTTONS: dict[str, Callable[[Any, str], None]] = {
    "/resend": lambda standin, event: standin.webhooks.resend(event),
    "/duplicate": lambda standin, event: standin.webhooks.resend(event, 2),
    "/hold": lambda standin, nothing: standin.webhooks.hold(),
    "/release": lambda standin, nothing: standin.webhooks.release(),
    "/won": lambda standin, dispute: standin.end_dispute(dispute, is_won=True),
    "/lost": lambda standin, dispute: standin.end_dispute(dispute, is_won=False),
    "/payout": lambda standin, nothing: standin.make_payout(),
    "/arrived": lambda standin, payout: standin.finish_payout(payout),
    "/sent-back": lambda standin, payout: standin.fail_payout(payout),
}


def _page(standin: Standin) -> Answer:
    with standin.store.lock:
        text = Template((STATIC / "page.html").read_text(encoding="utf-8")).substitute(
            cards=_rows(_card_row(card) for card in CARDS),
            webhooks=_webhooks(standin),
            intents=_rows(
                map(_intent_row, standin.store.newest_first("payment_intent")[:ROWS_SHOWN])
            ),
            balance=_baht(standin.balance_satang()),
            payout=_button("/payout", "ส่งเข้าธนาคาร / Send to the bank"),
            disputes=_rows(map(_dispute_row, standin.store.newest_first("dispute")[:ROWS_SHOWN])),
            payouts=_rows(map(_payout_row, standin.store.newest_first("payout")[:ROWS_SHOWN])),
            events=_rows(map(_event_row, standin.store.newest_first("event")[:ROWS_SHOWN])),
            violations=_violations(standin),
        )
    answer = text_answer(text, 200, "text/html; charset=utf-8")
    answer.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    return answer


def _rows(rows: Iterable[list[str]]) -> str:
    """Table rows of cells that are HTML already."""
    lines = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    return "\n".join(f"<tr>{line}</tr>" for line in lines) or "<tr><td>–</td></tr>"


def _code(text: Any) -> str:
    return f"<code>{escape(str(text))}</code>"


def _card_row(card: Any) -> list[str]:
    number = " ".join(card.number[start : start + 4] for start in range(0, 16, 4))
    sign = "✓" if card.outcome == SUCCESS else "✕"
    thai = f'<span lang="th">{escape(card.effect_th)}</span>'
    return [_code(number), f"{sign} {thai}", f'<span lang="en">{escape(card.effect_en)}</span>']


def _intent_row(intent: dict[str, Any]) -> list[str]:
    error = intent["last_payment_error"] or {}
    reason = error.get("decline_code") or error.get("code") or ""
    amount = _baht(intent["amount"])
    return [_code(intent["id"]), amount, escape(intent["status"]), escape(reason)]


def _baht(amount_satang: int) -> str:
    sign, satang = ("−" if amount_satang < 0 else ""), abs(amount_satang)
    return f"{sign}฿{satang // 100:,}.{satang % 100:02d}"


def _dispute_row(dispute: dict[str, Any]) -> list[str]:
    buttons = ""
    if dispute["status"] not in ENDED:
        buttons = _button("/won", "ร้านชนะ / Won", dispute["id"])
        buttons += _button("/lost", "ร้านแพ้ / Lost", dispute["id"])
    status = escape(dispute["status"])
    return [_code(dispute["id"]), _baht(dispute["amount"]), status, buttons]


def _payout_row(payout: dict[str, Any]) -> list[str]:
    buttons = ""
    if payout["status"] == "in_transit":
        buttons = _button("/arrived", "ถึงแล้ว / Arrived", payout["id"])
    if payout["status"] != "failed":
        buttons += _button("/sent-back", "ธนาคารส่งคืน / Sent back", payout["id"])
    return [_code(payout["id"]), _baht(payout["amount"]), escape(payout["status"]), buttons]


def _event_row(event: dict[str, Any]) -> list[str]:
    state = "รอส่ง / not delivered" if event["pending_webhooks"] else "ส่งแล้ว / delivered"
    buttons = _button("/resend", "ส่งซ้ำ / Resend", event["id"])
    buttons += _button("/duplicate", "ส่งสองครั้ง / Send twice", event["id"])
    return [_code(event["type"]), _code(event["id"]), state, buttons]


def _button(to: str, text: str, about: str = "") -> str:
    hidden = f'<input type="hidden" name="id" value="{escape(about)}">' if about else ""
    return f'<form method="post" action="{to}">{hidden}<button>{escape(text)}</button></form>'


def _webhooks(standin: Standin) -> str:
    url = standin.settings.webhook_url
    if not url:
        return "<p>ไม่ได้ตั้งที่อยู่ปลายทาง / No webhook address is set.</p>"
    if standin.webhooks.held:
        count = len(standin.webhooks.waiting)
        said = f"<p>พักการส่งไว้ {count} รายการ / {count} events are held.</p>"
        return said + _button("/release", "ปล่อยทั้งหมด / Release all")
    return f"<p>ส่งไปที่ / Sent to {_code(url)}</p>" + _button("/hold", "พักการส่ง / Hold webhooks")


def _violations(standin: Standin) -> str:
    if not standin.violations:
        return ""
    items = "".join(f"<li>{_code(problem)}</li>" for problem in standin.violations[-ROWS_SHOWN:])
    return f'<h2 lang="en">Faults of the stand-in itself</h2><ul>{items}</ul>'
