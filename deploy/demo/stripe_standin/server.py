"""The HTTP server: loopback only, one thread a request, and which part of the stand-in answers
which address.
"""

from __future__ import annotations

import ipaddress
import logging
import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from deploy.demo.stripe_standin.api import answer_api
from deploy.demo.stripe_standin.browser import answer_browser
from deploy.demo.stripe_standin.control import answer_control
from deploy.demo.stripe_standin.pages import answer_page
from deploy.demo.stripe_standin.wire import Answer, ConnectionCut, Request, text_answer

if TYPE_CHECKING:
    from deploy.demo.stripe_standin.running import Standin

logger = logging.getLogger(__name__)
BODY_LIMIT_BYTES = 512 * 1024
PARTS = (
    ("/v1/", answer_api),
    ("/endive/", answer_browser),
    ("/_control/", answer_control),
    ("/", answer_page),
)


def refuse_public_address(host: str) -> None:
    """Raise ValueError unless the address can be reached from this machine only."""
    if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
        raise ValueError(f"the stand-in for Stripe listens on this machine only, not on {host}")


def answer(standin: Standin, request: Request) -> Answer:
    """Answer a request. Raises ConnectionCut when the connection is to be dropped."""
    if f"http://{request.header('Host')}" not in standin.own_origins:
        return text_answer("This stand-in answers to its own machine only.\n", 421)
    part = next(part for prefix, part in PARTS if request.path.startswith(prefix))
    if part in (answer_control, answer_page) and _is_foreign_post(standin, request):
        return text_answer("Only the stand-in's own page may do this.\n", 403)
    return part(standin, request)


def _is_foreign_post(standin: Standin, request: Request) -> bool:
    """A page of another origin must not press our buttons through somebody's browser."""
    return request.method == "POST" and request.header("Origin") not in ("", *standin.own_origins)


def make_server(standin: Standin, host: str, port: int) -> ThreadingHTTPServer:
    """Bind a server, on a free port when `port` is 0. Raises ValueError for an address others could
    reach.
    """
    refuse_public_address(host)

    class Handler(_Handler):
        pass

    Handler.standin = standin
    return _Server((host, port), Handler)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        logger.debug("a connection ended early", exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    standin: Standin
    protocol_version = "HTTP/1.1"
    server_version = "stripe-standin"
    sys_version = ""

    def do_GET(self) -> None:
        self._handle()

    def do_POST(self) -> None:
        self._handle()

    def do_DELETE(self) -> None:
        self._handle()

    def _handle(self) -> None:
        try:
            self._send(self._answer())
        except ConnectionCut:
            self._hang_up()

    def _answer(self) -> Answer:
        length = int(self.headers.get("Content-Length") or 0)
        if length > BODY_LIMIT_BYTES or "Transfer-Encoding" in self.headers:
            self.close_connection = True
            return text_answer("The request is too large.\n", 413)
        request = self._request(self.rfile.read(length))
        try:
            return answer(self.standin, request)
        except ConnectionCut:
            raise
        except (
            Exception
        ) as error:  # the outermost loop: a bug must be seen by tests, not only in a log
            logger.exception("the stand-in failed at %s %s", request.method, request.path)
            self.standin.violations.append(f"{request.method} {request.path}: {error!r}")
            return text_answer(f"The stand-in failed: {error!r}\n", 500)

    def _request(self, body: bytes) -> Request:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Request(self.command, unquote(parts.path), parts.query, headers, body)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        if "Cache-Control" not in answer.headers:
            self.send_header("Cache-Control", "no-store")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: object) -> None:
        logger.debug("%s %s", self.command, urlsplit(self.path).path)
