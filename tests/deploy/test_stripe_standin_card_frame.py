"""A browser pays through the card frame, and the shop's page never sees the card."""

import os
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

from deploy.demo.stripe_standin import running_standin
from tests.deploy.stripe_rig import PENDANT, client_of

pytestmark = [pytest.mark.browser, pytest.mark.no_database]

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHECKOUT = """<!doctype html>
<html lang="th"><head><meta charset="utf-8"><title>ชำระเงิน</title>
<script src="{js_url}"></script><script src="/checkout.js" defer></script></head>
<body data-secret="{client_secret}" data-locale="{locale}">
<div id="card"></div><button id="pay">Pay</button><p id="said"></p></body></html>"""
SCRIPT = """
const {secret, locale} = document.body.dataset;
const stripe = Stripe('pk_test_standin');
const elements = stripe.elements({clientSecret: secret, locale});
const element = elements.create('payment', {layout: 'tabs'});
window.heard = [];
element.on('ready', () => window.heard.push('ready'));
element.on('change', (change) => window.heard.push(change.complete));
element.mount('#card');
const said = document.getElementById('said');
document.getElementById('pay').addEventListener('click', async () => {
  const wrong = await elements.submit();
  const result = wrong.error ? wrong : await stripe.confirmPayment({
    elements, confirmParams: {return_url: location.origin + '/done?order=100042'}});
  said.textContent = [result.error.code, result.error.decline_code, result.error.message].join('|');
});
"""
DONE = """<!doctype html><meta charset="utf-8"><title>เสร็จ</title>
<script src="{js_url}"></script><script src="/done.js" defer></script>
<p id="said"></p>"""
DONE_SCRIPT = """
const secret = new URLSearchParams(location.search).get('payment_intent_client_secret');
Stripe('pk_test_standin').retrievePaymentIntent(secret).then((result) => {
  document.getElementById('said').textContent = result.paymentIntent.status;
});
"""


class TinyShop:
    """Two pages on a port of their own, under the policy a real shop would have."""

    def __init__(self):
        self.pages = {}
        self.policy = ""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_for(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def show(self, standin, client_secret, locale):
        host = standin.base_url
        self.policy = f"default-src 'self'; script-src 'self' {host}; frame-src {host}"
        words = {"js_url": standin.js_url, "client_secret": client_secret, "locale": locale}
        self.pages = {
            "/": CHECKOUT.format(**words),
            "/checkout.js": SCRIPT,
            "/done": DONE.format(**words),
            "/done.js": DONE_SCRIPT,
            "/favicon.ico": " ",
        }
        return f"{self.url}/"

    def start(self):
        threading.Thread(target=self._server.serve_forever, args=[0.05], daemon=True).start()

    def stop(self):
        self._server.shutdown()
        self._server.server_close()


def _handler_for(shop):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            path = urlsplit(self.path).path
            body = shop.pages.get(path, "").encode()
            kind = "text/javascript" if path.endswith(".js") else "text/html"
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Security-Policy", shop.policy)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    return Handler


@pytest.fixture
def shop():
    shop = TinyShop()
    shop.start()
    yield shop
    shop.stop()


@pytest.fixture
def standin(shop):
    with running_standin(shop_origins=(shop.url,)) as standin:
        yield standin
        assert standin.violations == []


@pytest.fixture
def secret(standin):
    return client_of(standin).v1.payment_intents.create(PENDANT).client_secret


@contextmanager
def open_page(url, **options):
    with sync_playwright() as playwright:
        path = os.environ["TEST_CHROMIUM"]
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        page = browser.new_page(**options)
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda said: said.type == "error" and page.complaints.append(said.text))
        page.goto(url)
        yield page
        browser.close()


def fill(page, number, labels=("Card number", "Expiry (MM/YY)", "Security code (CVC)")):
    frame = page.frame_locator("iframe")
    for label, text in zip(labels, (number, "1234", "123"), strict=True):
        frame.get_by_label(label).fill("")
        frame.get_by_label(label).press_sequentially(text)
    return frame


def test_a_shopper_is_declined_and_then_pays(standin, shop, secret):
    with open_page(shop.show(standin, secret, "en")) as page:
        fill(page, "4000000000009995")
        page.get_by_text("Pay").click()
        expect(page.locator("#said")).to_have_text(
            "card_declined|insufficient_funds|Your card has insufficient funds."
        )
        heard = page.evaluate("window.heard")
        refused = [message for message in page.complaints if "402" not in message]

        fill(page, "4242424242424242")
        page.get_by_text("Pay").click()
        page.wait_for_url("**/done**")
        expect(page.locator("#said")).to_have_text("succeeded")
        query = parse_qs(urlsplit(page.url).query)

    assert refused == []
    assert (heard[0], heard[-1]) == ("ready", True)
    assert query == {
        "order": ["100042"],
        "payment_intent": [secret.partition("_secret")[0]],
        "payment_intent_client_secret": [secret],
        "redirect_status": ["succeeded"],
    }
    assert standin.intents()[0]["status"] == "succeeded"


def test_the_card_number_never_reaches_the_shops_page(standin, shop, secret):
    with open_page(shop.show(standin, secret, "en")) as page:
        page.evaluate(
            "window.addEventListener('message', (event) => (window.told = (window.told || '')"
            " + JSON.stringify(event.data)))"
        )
        frame = fill(page, "4000000000000002")
        page.get_by_text("Pay").click()
        expect(page.locator("#said")).to_contain_text("generic_decline")

        expect(frame.get_by_label("Card number")).to_have_value("4000 0000 0000 0002")
        assert "0000" not in page.content()
        assert "4000000000000002" not in page.evaluate("window.told").replace(" ", "")
        assert page.evaluate("document.querySelector('iframe').contentDocument") is None


def test_wrong_fields_are_told_in_thai_before_anything_is_sent(standin, shop, secret):
    labels = ("หมายเลขบัตร", "วันหมดอายุ (ดด/ปป)", "รหัสหลังบัตร (CVC)")
    with open_page(shop.show(standin, secret, "th")) as page:
        frame = fill(page, "4242424242424241", labels)
        page.get_by_text("Pay").click()
        expect(page.locator("#said")).to_have_text("invalid_number||หมายเลขบัตรไม่ถูกต้อง")

        number = frame.get_by_label("หมายเลขบัตร")
        expect(number).to_be_focused()
        expect(number).to_have_attribute("aria-invalid", "true")
        expect(number).to_have_accessible_description("หมายเลขบัตรไม่ถูกต้อง")
        assert frame.locator("html").get_attribute("lang") == "th"

    assert [call.path for call in standin.calls if call.from_browser] == []


def test_the_fields_fit_a_small_phone(standin, shop, secret):
    size = {"width": 320, "height": 640}
    with open_page(shop.show(standin, secret, "th"), viewport=size) as page:
        frame = page.frame_locator("iframe")
        frame.get_by_label("หมายเลขบัตร").wait_for()
        heights = [box["height"] for box in _boxes(frame)]
        inside = frame.locator("html").evaluate("html => html.scrollWidth <= html.clientWidth")
        tall = frame.locator("html").evaluate("html => html.scrollHeight <= html.clientHeight")

    assert min(heights) >= 44
    assert (inside, tall) == (True, True)


def _boxes(frame):
    return [each.bounding_box() for each in frame.locator("input").all()]


def test_another_shop_cannot_show_the_fields(standin, shop, secret):
    standin.settings.shop_origins.clear()
    with open_page(shop.show(standin, secret, "en")) as page:
        page.wait_for_timeout(300)
        shown = page.frame_locator("iframe").get_by_label("Card number").count()

    assert shown == 0
