"""Report pages and questions over the whole country: statements, and milliseconds of the database.

Beside questions that a roll-up answers stands the same question answered from the transfers.
"""

import statistics
from collections.abc import Callable
from datetime import date
from unittest import mock
from urllib.parse import urlencode

import pytest

from marketplace.accounts.roles import StaffRole
from marketplace.ledger import disclosure
from marketplace.ledger.models import AreaMonth, Transfer
from marketplace.ledger.periods import month_period, year_period
from marketplace.ledger.public_totals import count_public_totals
from marketplace.ledger.queries import (
    Before,
    City,
    Dimension,
    Level,
    Question,
    distribution,
    group_report,
    income_change,
    income_report,
    money_flows,
    only_city,
    shares_behind,
    sources,
)
from marketplace.ledger.queries.areas import regions
from marketplace.ledger.services.posting import balance_of
from marketplace.villages.addresses import village_url
from marketplace.villages.models import Village
from tests.bench.ledger.meter import metered, timed
from tests.people import staff
from tests.visitor import Visitor

pytestmark = pytest.mark.django_db
ROUNDS = 5
SECONDARY = only_city(City.SECONDARY)
YEAR, BEFORE = year_period(2568), year_period(2567)
MONTH, MONTH_BEFORE = month_period(date(2025, 5, 1)), month_period(date(2024, 5, 1))


def _busiest(level: Level) -> str:
    """The area of a level that earned most: the dearest to report on."""
    rows = AreaMonth.objects.filter(level=level).values_list("area_code", flat=True)
    return rows.order_by("-sales").first()


@pytest.fixture
def dear() -> tuple[str, str]:
    return _busiest(Level.PROVINCE), _busiest(Level.VILLAGE)


def test_questions(say, dear):
    say(f"\n{Transfer.objects.count():,} transfers; busiest province and village: {dear}")
    say("from roll-ups                                  SQL       ms   (from transfers)")
    for name, question in _questions(*dear).items():
        ms, statements, sums = _measured(lambda q=question: sources.sums_of(q, regions()))
        raw_ms, raw_sums = _from_transfers(question)
        assert sums == raw_sums
        say(f"{name:<46} {statements:>3} {ms:8.1f}   ({raw_ms:7.0f}, {raw_ms / ms:5.0f} times)")


def test_answers(say, dear):
    say("\nanswers                                        SQL       ms")
    for name, work in _answers(*dear).items():
        ms, statements, answer = _measured(work)
        assert answer is not None or work is count_public_totals
        say(f"{name:<46} {statements:>3} {ms:8.1f}")


def test_pages(say, dear):
    """Whole pages of a finance officer and the public, with all that is around the report."""
    count_public_totals(YEAR.last)
    visitor = Visitor()
    visitor.force_login(staff(StaffRole.FINANCE))
    say("\npages                                          SQL       ms  s in all")
    for name, address in _pages(*dear).items():
        visitor.get(address)
        with metered() as meter:
            seconds, response = timed(lambda address=address: visitor.get(address))
        assert response.status_code == 200, address
        say(f"{name:<46} {len(meter.statements):>3} {meter.ms:8.1f} {seconds:9.2f}")


def _questions(province: str, village: str) -> dict[str, Question]:
    found = {
        "village, year": Question(village, YEAR),
        "country by region, year": Question("", YEAR, Level.REGION),
        "country by province, year": Question("", YEAR, Level.PROVINCE),
        "country by village, year": Question("", YEAR, Level.VILLAGE),
        "province by amphoe, year": Question(province, YEAR, Level.AMPHOE),
        "province by village, month": Question(province, MONTH, Level.VILLAGE),
        "village by producer, year": Question(village, YEAR, Dimension.PRODUCER),
        "country by kind of city, year": Question("", YEAR, Dimension.CITY),
        "secondary cities by province, year": Question("", YEAR, Level.PROVINCE, SECONDARY),
        "secondary cities by village, year": Question("", YEAR, Level.VILLAGE, SECONDARY),
    }
    for by in (Dimension.OTOP_TYPE, Dimension.QUADRANT, Dimension.PROGRAMME, Dimension.ROUTE):
        found[f"country by {by.value}, year"] = Question("", YEAR, by)
    found["country by buyers' province, year"] = Question("", YEAR, Dimension.BUYERS)
    return found


def _answers(province: str, village: str) -> dict[str, Callable]:
    tambon = village[:6]
    producer = Transfer.objects.filter(village_code=village, kind="sale").first().credit
    by_month = Question("", YEAR, Level.PROVINCE)
    return {
        "country by province x month": lambda: sources.sums_of(by_month, regions(), by_month=True),
        "report: country, against last year": lambda: income_report(
            Question("", YEAR), Before.LAST_YEAR
        ),
        "report: country by province, three years": lambda: income_report(
            Question("", YEAR, Level.PROVINCE), Before.THREE_YEARS
        ),
        "report: province": lambda: income_report(Question(province, YEAR), Before.LAST_YEAR),
        "report: village": lambda: income_report(Question(village, YEAR), Before.LAST_YEAR),
        "report: tambon by type (transfers)": lambda: income_report(
            Question(tambon, YEAR, Dimension.OTOP_TYPE)
        ),
        "report: province by type x routes (transfers)": lambda: income_report(
            Question(province, YEAR, Dimension.OTOP_TYPE, {Dimension.PROGRAMME: "nawatwithi"})
        ),
        "distribution of the country": lambda: distribution("", YEAR),
        "distribution of secondary cities": lambda: distribution("", YEAR, City.SECONDARY),
        "groups of secondary cities": lambda: group_report("", YEAR, City.SECONDARY),
        "groups of the country": lambda: group_report("", YEAR),
        "flows of the country": lambda: money_flows("", YEAR),
        "change: village": lambda: income_change(village, YEAR, BEFORE),
        "change: province": lambda: income_change(province, YEAR, BEFORE),
        "change: country, month": lambda: income_change("", MONTH, MONTH_BEFORE),
        "line shares: village": lambda: shares_behind(Question(village, YEAR)),
        "line shares: country": lambda: shares_behind(Question("", YEAR)),
        "owed to a producer": lambda: balance_of(producer),
        "public: a village's year": lambda: disclosure.village_income(village, [YEAR]),
        "public totals of all areas (hourly job)": count_public_totals,
    }


def _pages(province: str, village: str) -> dict[str, str]:
    home = Village.objects.get(pk=village)

    def report(**fields: str) -> str:
        return f"/cms/reports/income/?{urlencode({'period': YEAR.key} | fields)}"

    return {
        "country by region": report(),
        "country by province, against last year": report(by="province", before="last-year"),
        "country by village": report(by="village"),
        "country by type": report(by="type"),
        "province": report(area=province, before="last-year"),
        "tambon": report(area=village[:6]),
        "village": report(area=village, before="last-year"),
        "sales behind a village's year": f"/cms/reports/income/sales/?area={village}"
        f"&period={YEAR.key}",
        "secondary cities by province": report(by="province", city="secondary"),
        "groups of secondary cities": f"/cms/reports/groups/?period={YEAR.key}&city=secondary",
        "groups": f"/cms/reports/groups/?period={YEAR.key}",
        "flows": f"/cms/reports/flows/?period={YEAR.key}",
        "why: village": f"/cms/reports/change/?area={village}&period={YEAR.key}",
        "public: country": "/income/2568/",
        "public: village": village_url(home.pk, home.name_th) + "income/",
    }


def _measured(work: Callable) -> tuple[float, int, object]:
    """Milliseconds of the database, the median of some rounds; how many statements; the answer."""
    times, answer = [], work()
    for _ in range(ROUNDS):
        with metered() as meter:
            work()
        times.append(meter.ms)
    return statistics.median(times), len(meter.statements), answer


def _from_transfers(question: Question) -> tuple[float, dict]:
    """The same where no roll-up is known."""
    nothing = mock.patch.object(sources, "roll_up_for", lambda *asked: None)
    with nothing, metered() as meter:
        sums = sources.sums_of(question, regions())
    return meter.ms, sums
