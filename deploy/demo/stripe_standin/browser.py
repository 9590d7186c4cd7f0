"""What the shopper's browser loads: the script, the frame with the card fields, and their style and
code.

The script may be used by any page (it holds nothing), the frames are shown only inside the shop's
own pages.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from deploy.demo.stripe_standin.settings import API_VERSION
from deploy.demo.stripe_standin.wire import Answer, Request, text_answer

if TYPE_CHECKING:
    from deploy.demo.stripe_standin.running import Standin

STATIC = Path(__file__).parent / "static"
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
FRAMES = ("card_frame", "quiet_frame")
ASSETS = (
    "stripe.js",
    "card_frame.js",
    "card_fields.js",
    "card_texts.js",
    "channel.js",
    "card_frame.css",
    "page.css",
)


def answer_browser(standin: Standin, request: Request) -> Answer:
    """A frame or a static file; 404 for anything else."""
    name = request.path.removeprefix("/endive/")
    if request.method == "GET" and name in FRAMES:
        return _frame(standin, name)
    if request.method == "GET" and name in ASSETS:
        return static_file(name)
    return text_answer("Not here.\n", 404)


def static_file(name: str) -> Answer:
    path = STATIC / name
    answer = Answer(200, path.read_bytes(), TYPES[path.suffix])
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _frame(standin: Standin, name: str) -> Answer:
    origins = " ".join(sorted(standin.settings.shop_origins))
    framed_by = origins or "'none'"
    page = Template((STATIC / f"{name}.html").read_text(encoding="utf-8"))
    text = page.substitute(shop_origins=escape(origins), version=API_VERSION)
    answer = text_answer(text, 200, "text/html; charset=utf-8")
    answer.headers["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
        f" base-uri 'none'; form-action 'none'; frame-ancestors {framed_by}"
    )
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
