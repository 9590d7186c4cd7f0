"""Every address of the workbench × every method × everybody, as access.py declares it.

Ten thousand requests, whose answers are decided before any statement that databases differ in.
"""

import pytest
from django.core import mail
from django.urls import get_resolver, reverse
from django.utils.translation import override

from tests.shop.workbench.access import (
    CHOOSE,
    EVERYBODY,
    MATRIX,
    METHODS,
    OUTSIDERS,
    PEOPLE,
    Address,
)
from tests.shop.workbench.groups import (
    Group,
    make_group,
    make_outsiders,
    order_of,
    rows_of,
    undone,
)
from tests.visitor import Visitor

MARK_OF_A, MARK_OF_B = "นกขมิ้น", "ปลาตะเพียน"
TRIED_ON_B = ("GET", "POST")  # the other methods end at the same door, says the test after this
pytestmark = pytest.mark.only_on("sqlite")
every_address = pytest.mark.parametrize("name", sorted(MATRIX))


class Rig:
    """Producers A and B, everybody, and an order with things of both."""

    def __init__(self) -> None:
        self.a = make_group(MARK_OF_A, "50010811")
        self.b = make_group(MARK_OF_B, "34010105")
        order_of("ใครก็ได้", (self.a.products["public"], 1), (self.b.products["public"], 1))
        people = make_outsiders(self.b) | self.a.people
        self.browsers = {person: browser_of(user) for person, user in people.items()}

    def ask(self, person: str, method: str, url: str, body: dict | None = None):
        """Send a request and forget what it did."""
        with undone():
            return send(self, person, method, url, body)


def browser_of(user) -> Visitor:
    browser = Visitor()
    if user:
        browser.force_login(user)
    return browser


@pytest.fixture(scope="module")
def rig(django_db_setup, django_db_blocker):
    """One for all tests here, each of which undoes what it did."""
    with django_db_blocker.unblock(), undone():
        yield Rig()


def url_of(name: str, group: Group, ids_of: Group | None = None) -> str:
    ids = MATRIX[name].ids(ids_of or group)
    with override("th"):  # a request for an English page leaves English switched on
        return reverse(name, kwargs={"producer_id": group.producer.pk} | ids)


def body_of(address: Address, method: str, group: Group) -> dict | None:
    return address.body(group) if method == "POST" else None


def views() -> dict[str, object]:
    """Every name under /workbench/ with its view, as the URLconf has them."""
    resolver = get_resolver().namespace_dict["workbench"][1]
    found, waiting = {}, list(resolver.url_patterns)
    while waiting:
        pattern = waiting.pop()
        if hasattr(pattern, "url_patterns"):
            waiting += pattern.url_patterns
        else:
            found[f"workbench:{pattern.name}"] = pattern.callback
    return found


def test_every_address_is_declared_and_goes_through_the_one_door():
    found = views()

    assert set(found) == {*MATRIX, "workbench:choose"}
    unguarded = {name for name, view in found.items() if not hasattr(view, "workbench_act")}
    assert unguarded == {"workbench:choose"}


@every_address
def test_everybody_gets_the_declared_answer(rig, name):
    address, url = MATRIX[name], url_of(name, rig.a)

    expected = {(one, method): address.answer(one, method) for one in PEOPLE for method in METHODS}
    found = {
        (one, method): rig.ask(one, method, url, body_of(address, method, rig.a)).status_code
        for one, method in expected
    }

    assert found == expected


def test_choosing_leads_people_to_their_own(rig):
    url = reverse("workbench:choose")

    assert {one: rig.ask(one, "GET", url).status_code for one in PEOPLE} == CHOOSE


@every_address
def test_nobody_of_a_reaches_or_changes_anything_of_b(rig, name):
    """B's producer in the address; A's with B's ids in it; A's with B's ids in the form."""
    before = rows_of(rig.b)

    with undone():
        for person in sorted(EVERYBODY):
            for method in TRIED_ON_B:
                _ask_for_things_of_b(rig, person, method, name)
        after = rows_of(rig.b)

    assert after == before


def _ask_for_things_of_b(rig: Rig, person: str, method: str, name: str) -> None:
    address, own = MATRIX[name], url_of(name, rig.a)
    mixed, body = url_of(name, rig.a, ids_of=rig.b), body_of(MATRIX[name], method, rig.b)
    assert send(rig, person, method, url_of(name, rig.b), body).status_code == 404, person
    answer = address.answer(person, method)
    if mixed != own:
        expected = answer if answer in (403, 405) else 404
        assert send(rig, person, method, mixed, body).status_code == expected, person
    elif method == "POST" and answer == address.post:
        assert send(rig, person, method, own, body).status_code == address.foreign_answer, person


def send(rig: Rig, person: str, method: str, url: str, body: dict | None = None):
    """Send a request; unless B's words were sent along, the answer holds none of them."""
    browser = rig.browsers[person]
    response = getattr(browser, method.lower())(url, *([body] if body else []))
    if not body and person != "stranger":
        assert MARK_OF_B not in text_of(response), (person, method, url)
    return response


def text_of(response) -> str:
    content = b"".join(response) if response.streaming else response.content
    return content.decode("utf-8", "replace")


def test_nothing_that_b_wrote_is_shown_or_sent_to_people_of_a(rig):
    """Pages, files and mails of everybody of A, with A's own words as the proof of looking."""
    mail.outbox.clear()

    seen = [
        text_of(rig.ask(person, method, language + url_of(name, rig.a), body))
        for name, address in MATRIX.items()
        for person in sorted(address.who)
        for method, body in (("GET", None), ("POST", address.body(rig.a)))
        if address.answer(person, method) != 405
        for language in ("", "/en")
    ]
    seen += [f"{letter.message()}{letter.body}" for letter in mail.outbox]

    text = "".join(seen)
    assert text.count(MARK_OF_A) > len(seen)
    assert MARK_OF_B not in text


def test_the_machine_watches_rows_of_every_kind(rig):
    kinds = {name.split(":")[0] for name in rows_of(rig.b)}

    assert kinds >= {
        "producers.Producer",
        "producers.Membership",
        "producers.AgentGrant",
        "producers.ProducerClosure",
        "provenance.Provenance",
        "provenance.VillageShare",
        "provenance.LineOrigin",
        "catalogue.Product",
        "partner.StockRecord",
        "parcels.Parcel",
        "order.Order",
        "order.Line",
        "ledger.Transfer",
        "payments.RefundLine",
    }
    assert OUTSIDERS.isdisjoint(EVERYBODY)


def test_a_changed_row_of_b_is_noticed(rig):
    before = rows_of(rig.b)

    with undone():
        rig.b.products["public"].product.stockrecords.update(num_in_stock=77)
        after = rows_of(rig.b)

    assert after != before
