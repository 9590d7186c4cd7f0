"""Every address of reports × everybody × own and foreign areas, as readers.py declares it."""

import json
from datetime import UTC, date, datetime

import pytest
from django.urls import get_resolver, reverse

from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from marketplace.core.models import AuditEntry
from marketplace.ledger.public_totals import count_public_totals
from marketplace.provenance.models import LineOrigin
from marketplace.villages.addresses import village_slug
from marketplace.villages.services import add_village_member
from shop.reports.exports import making
from shop.reports.exports import services as exports
from shop.reports.mailing import services as mailing
from shop.reports.mailing.stopping import stop_url
from shop.reports.models import Export
from shop.storefront.addresses import province_slug
from shop.targets.importing import read_baselines
from tests.factories import make_member, make_producer, make_user, make_village
from tests.marketplace.ledger import rig
from tests.people import staff
from tests.shop.reports.readers import (
    AREAS,
    HERE,
    PEOPLE,
    ROWS,
    SHARE,
    STRANGERS,
    THERE,
    Asked,
)
from tests.shop.workbench.groups import undone
from tests.visitor import Visitor

PERIOD = "2569"
FIGURE = {"own": "98.76", "foreign": "54.32"}  # baht earned here and there


@pytest.fixture(scope="module")
def facts(django_db_setup, django_db_blocker):
    """A sale here and one there, once for all tests; nobody changes a thing."""
    with django_db_blocker.unblock(), undone(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(thai, "today", lambda: date(2026, 11, 22))
        weavers = make_producer(make_village(HERE, "บ้านดอยปุย"))
        others = make_producer(make_village(THERE, "บ้านปะอาว"))
        at = datetime(2026, 5, 15, 5, tzinfo=UTC)
        rig.sell_in({HERE: 9_876}, at, weavers)
        rig.sell_in({THERE: 5_432}, at, others)
        count_public_totals()
        people = cast(weavers)
        lines = "area_code,fiscal_year,amount_baht,source,confidence\n5001,2568,10,survey,high\n"
        yield {
            "browsers": {person: browser_of(user) for person, user in people.items()},
            "batch": read_baselines(lines.encode(), "before.csv", people["finance"]).pk,
            "share": LineOrigin.objects.get(village_code=HERE).pk,
            "foreign_share": LineOrigin.objects.get(village_code=THERE).pk,
            "month": "2026-05",
            "export": made_for(people["finance"]).pk,
            "token": token_for(people["finance"]),
            "year": PERIOD,
            "province_slug": province_slug("เชียงใหม่"),
            "village_slug": village_slug("บ้านดอยปุย"),
        }


def cast(weavers) -> dict:
    coordinator = make_user()
    add_village_member(
        village=make_village(HERE),
        user=coordinator,
        role="coordinator",
        since=date(2026, 1, 1),
        by=None,
    )
    return {
        "visitor": None,
        "shopper": make_user(),
        "village member": coordinator,
        "producer": make_member(weavers, "owner").user,
        "officer": staff(StaffRole.OFFICER, HERE[:2]),
        "other officer": staff(StaffRole.OFFICER, THERE[:2]),
        "support": staff(StaffRole.SUPPORT),
        "curator": staff(StaffRole.CURATOR),
        "reviewer": staff(StaffRole.REVIEWER),
        "finance": staff(StaffRole.FINANCE),
        "administrator": make_user(is_staff=True, is_superuser=True),
    }


def made_for(user) -> Export:
    export = exports.ask(kind="income", asked={"area": "", "period": PERIOD}, format="csv", by=user)
    making.make(export.pk)
    return export


def token_for(user) -> str:
    subscription = mailing.subscribe(reader=user, area="", language="th", format="pdf")
    return stop_url(subscription).rstrip("/").split("/")[-2]


def browser_of(user) -> Visitor:
    browser = Visitor()
    if user:
        browser.force_login(user)
    return browser


def ask(facts, person: str, url: str, query: dict | None = None):
    with undone():
        return facts["browsers"][person].get(url, query or {})


def text_of(answer) -> str:
    return answer.getvalue().decode("utf-8", "replace")


def mounted() -> set[str]:
    """Names of all addresses of reports: the public's, and those of ours in the admin."""
    public = get_resolver().namespace_dict["reports"][1]
    found = {f"reports:{pattern.name}" for pattern in public.url_patterns}
    waiting = [("", pattern) for pattern in get_resolver().url_patterns]
    while waiting:
        before, pattern = waiting.pop()
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            waiting += [(route, one) for one in pattern.url_patterns]
        elif "cms/reports/" in route and is_ours(pattern.callback):
            found.add(pattern.name)
    return found


def is_ours(view) -> bool:
    module = getattr(view, "view_class", view).__module__
    return module.startswith(("shop.", "marketplace.", "cms."))


def test_every_address_of_reports_has_a_row():
    assert mounted() == {*ROWS, SHARE}


@pytest.mark.parametrize("name", sorted(ROWS))
def test_everybody_gets_the_declared_answer(facts, name):
    row = ROWS[name]
    url = reverse(name, kwargs=row.arguments(facts))
    areas = AREAS if isinstance(row, Asked) else {"own": AREAS["own"]}

    expected = {(who, area): row.status(who, area) for who in PEOPLE for area in areas}
    found, said = {}, {}
    for who, area in expected:
        query = {"area": AREAS[area], "period": PERIOD} if isinstance(row, Asked) else {}
        answer = ask(facts, who, url, query)
        found[who, area], said[who, area] = answer.status_code, text_of(answer)

    assert found == expected
    assert not [
        key
        for key, text in said.items()
        if found[key] != 200 and any(figure in text for figure in FIGURE.values())
    ]


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if isinstance(row, Asked)])
def test_a_file_is_refused_where_the_page_is(facts, name):
    row = ROWS[name]
    noted = AuditEntry.objects.count()
    url = reverse(name, kwargs=row.arguments(facts))

    expected = {
        (who, area, format): row.status(who, area)
        for who in PEOPLE
        for area in AREAS
        for format in row.formats
    }
    found = {
        (who, area, format): ask(
            facts, who, url, {"area": AREAS[area], "period": PERIOD, "export": format}
        ).status_code
        for who, area, format in expected
    }

    assert found == expected
    assert AuditEntry.objects.count() == noted


@pytest.mark.parametrize("area", AREAS)
def test_a_file_has_the_rows_of_the_page_for_everybody(facts, area):
    url, row = reverse("income-report"), ROWS["income-report"]
    query = {"area": AREAS[area], "period": PERIOD}
    readers = [who for who in PEOPLE if row.status(who, area) == 200]
    assert readers

    for who in readers:
        page = ask(facts, who, url, query)
        file = json.loads(ask(facts, who, url, query | {"export": "json"}).getvalue())
        shown = [(one.code, one.income_satang) for one in page.context["report"].rows]
        assert shown == [
            (one["code"], one["income_satang"]) for one in file["tables"]["rows"]["rows"]
        ]


@pytest.mark.parametrize("who", PEOPLE)
def test_a_sale_of_another_area_is_as_one_that_is_not_there(facts, who):
    row = Asked(refused=404)
    found = {
        area: ask(facts, who, reverse(SHARE, args=[facts[share]])).status_code
        for area, share in (("own", "share"), ("foreign", "foreign_share"))
    }

    assert found == {area: row.status(who, area) for area in found}
    if who not in STRANGERS and who != "support":
        nowhere = ask(facts, who, reverse(SHARE, args=[10**15]))
        assert nowhere.status_code == 404


def test_what_an_area_answers_without_being_named_is_ones_own(facts):
    for who, area in (("officer", HERE[:2]), ("other officer", THERE[:2]), ("finance", "")):
        page = ask(facts, who, reverse("income-report"))
        assert page.context["report"].total.code == area


def test_nothing_is_written_where_no_row_says_so(facts):
    for name in [name for name, row in ROWS.items() if not row.writes]:
        url = reverse(name, kwargs=ROWS[name].arguments(facts))
        with undone():
            answer = facts["browsers"]["administrator"].post(url, {"area": ""})
        assert answer.status_code in (405, 404), name
