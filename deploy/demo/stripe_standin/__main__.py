"""`python -m deploy.demo.stripe_standin`: run the stand-in alone, until interrupted."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from pathlib import Path

from deploy.demo.stripe_standin.running import Standin
from deploy.demo.stripe_standin.settings import PUBLISHABLE_KEY, SECRET_KEY, WEBHOOK_SECRET


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    standin = Standin(
        webhook_url=options.webhook,
        webhook_secret=options.secret,
        shop_origins=tuple(options.shop),
        state_path=options.state,
        host=options.host,
        port=options.port,
    )
    standin.start()
    _announce(standin, options.secret)
    _wait()
    standin.stop()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="stripe_standin", description="A stand-in for Stripe. No money moves."
    )
    parser.add_argument("--host", default="127.0.0.1", help="loopback only")
    parser.add_argument("--port", type=int, default=12111, help="0 picks a free one")
    parser.add_argument("--webhook", help="address that events are posted to")
    parser.add_argument("--secret", default=WEBHOOK_SECRET, help="signs the events")
    parser.add_argument(
        "--shop", action="append", default=[], help="origin of a shop that may show the card frame"
    )
    parser.add_argument("--state", type=Path, help="JSON file that keeps payments between runs")
    return parser


def _announce(standin: Standin, secret: str) -> None:
    print(f"Stand-in for Stripe on {standin.base_url} (no money moves)")
    print(f"  script {standin.js_url}")
    print(f"  keys   {SECRET_KEY} {PUBLISHABLE_KEY}")
    print(f"  events {standin.settings.webhook_url or 'are not sent'}", flush=True)


def _wait() -> None:
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    stop.wait()


if __name__ == "__main__":
    sys.exit(main())
