"""The stand-in's page, its controls for other processes, its memory, and running it alone."""

import subprocess
import sys

import pytest
import requests

from deploy.demo.stripe_standin import running_standin
from tests.deploy.stripe_rig import PENDANT, SECRET, client_of, listening_shop, pay

pytestmark = pytest.mark.no_database


@pytest.fixture
def shop():
    with listening_shop() as shop:
        yield shop


@pytest.fixture
def standin(shop):
    with running_standin(webhook_url=shop.url, webhook_secret=SECRET) as standin:
        yield standin
        assert standin.violations == []


@pytest.fixture
def client(standin):
    return client_of(standin)


def control(standin, name, **given):
    answer = requests.post(f"{standin.base_url}/_control/{name}", json=given, timeout=10)
    return answer.status_code, answer.json()


def test_another_process_can_turn_every_switch(client, standin, shop):
    assert control(standin, "hold") == (200, {"result": None})
    intent = client.v1.payment_intents.create(PENDANT)
    status, paid = control(standin, "pay", client_secret=intent.client_secret)

    assert (status, paid["result"]["status"]) == (200, "succeeded")
    assert shop.received == []
    control(standin, "release", order="reversed")
    assert control(standin, "settle") == (200, {"result": True})
    assert shop.types()[0] == "charge.updated"


def test_a_fault_can_be_set_from_outside(standin):
    control(standin, "faults", kind="500", route="POST /v1/refunds", times=3)

    state = requests.get(f"{standin.base_url}/_control/state", timeout=5).json()["result"]

    assert state["faults"] == [
        {
            "kind": "500",
            "route": "POST /v1/refunds",
            "times": 3,
            "when": "before",
            "seconds": 30.0,
        }
    ]
    assert state["violations"] == []


@pytest.mark.parametrize(
    ("name", "given", "status"),
    [
        ("nonsense", {}, 404),
        ("duplicate", {}, 400),
        ("faults", {"kind": "earthquake"}, 400),
        ("resend", {"event": "evt_nowhere"}, 404),
    ],
)
def test_a_wrong_control_is_refused(standin, name, given, status):
    assert control(standin, name, **given)[0] == status


def test_the_clock_can_be_moved_forward(client, standin):
    before = client.v1.payment_intents.create(PENDANT).created

    control(standin, "clock", seconds=3600)

    assert client.v1.payment_intents.create(PENDANT).created - before in (3600, 3601)


def test_other_pages_cannot_press_the_buttons(standin):
    foreign = {"Origin": "http://evil.example"}

    for path in ("/hold", "/_control/hold"):
        answer = requests.post(f"{standin.base_url}{path}", headers=foreign, timeout=5)
        assert answer.status_code == 403

    assert standin.webhooks.held is False


def test_it_answers_under_both_names_of_this_machine(standin):
    own = standin.base_url.replace("127.0.0.1", "localhost")

    answer = requests.post(f"{own}/hold", headers={"Origin": own}, timeout=5)

    assert answer.status_code == 200
    assert standin.webhooks.held is True


def test_the_page_says_in_both_languages_that_no_money_moves(standin):
    page = requests.get(standin.base_url, timeout=5)

    assert "ไม่มีเงินจริงเคลื่อนไหว" in page.text
    assert "No money moves." in page.text
    assert "4000 0000 0000 9995" in page.text
    assert "script" not in page.headers["Content-Security-Policy"]


def test_the_page_escapes_what_it_shows(client, standin, shop):
    standin.webhooks.hold()
    standin.set_webhook_url(f"{shop.url}?<script>alert(1)</script>")
    standin.webhooks.release()

    page = requests.get(standin.base_url, timeout=5).text

    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_the_buttons_hold_release_and_send_again(client, standin, shop):
    requests.post(f"{standin.base_url}/hold", timeout=5)
    client.v1.payment_intents.create(PENDANT)
    assert "1 events are held" in requests.get(standin.base_url, timeout=5).text

    event = {"id": standin.events()[0]["id"]}
    requests.post(f"{standin.base_url}/duplicate", data=event, timeout=5)
    requests.post(f"{standin.base_url}/release", timeout=5)

    assert standin.webhooks.settle()
    assert len(shop.received) == 3


def test_payments_survive_a_restart(tmp_path):
    state = tmp_path / "standin.json"
    key = {"idempotency_key": "100042:1:create"}
    with running_standin(state_path=state) as standin:
        paid = pay(client_of(standin))
        created = client_of(standin).v1.payment_intents.create(PENDANT, key)

    with running_standin(state_path=state) as standin:
        client = client_of(standin)
        assert client.v1.payment_intents.retrieve(paid.id).status == "succeeded"
        assert client.v1.payment_intents.create(PENDANT, key).id == created.id
        assert client.v1.refunds.create({"payment_intent": paid.id}).amount == 125_050
    assert state.stat().st_mode & 0o077 == 0


def test_card_numbers_are_not_kept(tmp_path):
    state = tmp_path / "standin.json"
    with running_standin(state_path=state) as standin:
        intent = client_of(standin).v1.payment_intents.create(PENDANT)
        standin.pay(intent.client_secret, "4242424242424242")

    assert "4242424242424242" not in state.read_text(encoding="utf-8")


def test_undelivered_events_are_sent_after_a_restart(tmp_path, shop):
    options = {"state_path": tmp_path / "standin.json", "webhook_secret": SECRET}
    with running_standin(**options, webhook_url=shop.url) as standin:
        standin.webhooks.hold()
        client_of(standin).v1.payment_intents.create(PENDANT)

    with running_standin(**options, webhook_url=shop.url) as standin:
        assert standin.webhooks.settle()

    assert shop.types() == ["payment_intent.created"]


def test_it_runs_alone():
    command = [sys.executable, "-m", "deploy.demo.stripe_standin", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        url = process.stdout.readline().split(" on ")[1].split()[0]
        page = requests.get(url, timeout=5)
        process.terminate()

    assert page.status_code == 200
    assert process.returncode == 0


def test_it_refuses_to_run_for_others():
    command = [sys.executable, "-m", "deploy.demo.stripe_standin", "--host", "0.0.0.0"]

    finished = subprocess.run(command, capture_output=True, text=True, timeout=20)

    assert finished.returncode != 0
    assert "this machine only" in finished.stderr
