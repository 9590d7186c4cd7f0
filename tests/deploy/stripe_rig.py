"""What the tests of the stand-in share: a real Stripe client, and a shop's webhook that writes down
what it is sent.
"""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import stripe

SECRET = "whsec_for_tests"
PENDANT = {"amount": 125_050, "currency": "thb", "allowed_payment_method_types": ["card"]}


def client_of(standin, *, timeout_seconds=5, retries=0, key="sk_test_x"):
    return stripe.StripeClient(
        key,
        base_addresses={"api": standin.base_url},
        http_client=stripe.RequestsClient(timeout=timeout_seconds),
        max_network_retries=retries,
    )


def pay(client, card="pm_card_visa", **changes):
    """An intent that was paid with a card."""
    params = PENDANT | {"payment_method": card, "confirm": True} | changes
    return client.v1.payment_intents.create(params)


class Shop:
    """A webhook address. `answers` are the statuses of the next requests; 200 once they are used
    up.
    """

    def __init__(self):
        self.received = []
        self.answers = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_for(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}/payments/webhook/"

    def types(self):
        return [event.type for event in self.events()]

    def events(self):
        """What was received, each checked by Stripe's own library."""
        client = stripe.StripeClient("sk_test_x")
        return [client.construct_event(body, header, SECRET) for body, header in self.received]

    def start(self):
        threading.Thread(target=self._server.serve_forever, args=[0.05], daemon=True).start()

    def stop(self):
        self._server.shutdown()
        self._server.server_close()


def _handler_for(shop):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            shop.received.append((body, self.headers["Stripe-Signature"]))
            self.send_response(shop.answers.pop(0) if shop.answers else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            pass

    return Handler


@contextmanager
def listening_shop():
    shop = Shop()
    shop.start()
    try:
        yield shop
    finally:
        shop.stop()
