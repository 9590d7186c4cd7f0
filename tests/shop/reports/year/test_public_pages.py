"""What the public reads is the books' figure, its band or nothing, by the rule as it is written."""

import re
from collections.abc import Iterable
from datetime import date

import pytest

from tests.shop.reports.year.asked import REGIONS as REGION_CODES
from tests.shop.reports.year.asked import Asked, Days, fiscal_year, month_of
from tests.shop.reports.year.cast import BANG, QUIET, REGIONS, REGISTER, SRI, UBON
from tests.shop.reports.year.reading import baht, month_name, table_under, text_of

BANDS = (10_000, 50_000, 100_000, 500_000, 1_000_000)
AGREED = {"potters": date(2025, 8, 1), "soapers": date(2025, 8, 1), "weavers": date(2026, 2, 10)}
NEVER = date.max
THIS_YEAR, LAST_YEAR = fiscal_year(2570), fiscal_year(2569)
MONTHS = [month_of(2026, month) for month in range(11, 0, -1)] + [month_of(2025, 12)]
NOT_SHOWN = "ไม่แสดง"


# --- The rule ------------------------------------------------------------------------------------


def earning(year, village: str, month: Days) -> set[int]:
    """Producers with income of the village in the month."""
    return {
        fact.producer
        for fact in year.answers.told(Asked(village, month), month)
        if {"sales", "refunds", "moved_satang"} & fact.measures.keys()
    }


def is_exact(year, village: str, month: Days) -> bool:
    """Everybody with income of the village in the month had agreed by its first day."""
    since = {year.story.makers[whose].pk: day for whose, day in AGREED.items()}
    return all(
        since.get(producer, NEVER) <= month.first for producer in earning(year, village, month)
    )


def months_in(period: Days) -> list[Days]:
    found, day = [], period.first
    while day <= period.last:
        found.append(month_of(day.year, day.month))
        day = date.fromordinal(found[-1].last.toordinal() + 1)
    return found


def income(year, area: str, period: Days) -> int:
    return year.answers.income(Asked(area, period), period)


def of_village(year, village: str, period: Days) -> str:
    """Exact where every month is, a band where none with income is, else nothing."""
    with_income = [month for month in months_in(period) if earning(year, village, month)]
    exact = [month for month in with_income if is_exact(year, village, month)]
    if exact == with_income:
        return baht(income(year, village, period))
    return NOT_SHOWN if exact else band_around(income(year, village, period))


def band_around(satang: int) -> str:
    edges = [edge * 100 for edge in BANDS]
    if satang < edges[0]:
        return f"ต่ำกว่า {baht(edges[0])}"
    if satang >= edges[-1]:
        return f"ตั้งแต่ {baht(edges[-1])} ขึ้นไป"
    low = max(edge for edge in edges if edge <= satang)
    return f"{baht(low)} ถึง {baht(edges[edges.index(low) + 1])}"


def of_area(year, area: str, period: Days) -> str:
    months = months_in(period)
    shown = all(len(uncovered(year, area, month)) != 1 for month in months)
    return baht(income(year, area, period)) if shown else NOT_SHOWN


def uncovered(year, area: str, month: Days) -> set[str]:
    """Hidden villages that no sum inside the area covers: a sum covers those that the sums inside
    it leave, unless that is one. A tambon's is shown only where nothing is hidden."""
    left = set()
    for part in parts_of(year, area):
        inside = hidden(year, part, month) if len(part) == 6 else uncovered(year, part, month)
        left |= inside if len(part) == 6 or len(inside) == 1 else set()
    return left


def parts_of(year, area: str) -> Iterable[str]:
    if not area:
        return REGION_CODES
    digits = 2 if area in REGION_CODES else len(area) + 2
    return {village[:digits] for village in REGISTER if year.answers.lies_in(village, area)}


def hidden(year, tambon: str, month: Days) -> set[str]:
    return {
        village
        for village in REGISTER
        if village.startswith(tambon) and not is_exact(year, village, month)
    }


# --- The pages -----------------------------------------------------------------------------------


def years_shown(html: str) -> list[str]:
    """The figures above the months."""
    facts = re.search(r'<dl class="facts income-years">(.*?)</dl>', html, re.DOTALL)
    return [text_of(one) for one in re.findall(r"<dd[^>]*>(.*?)</dd>", facts[1], re.DOTALL)]


@pytest.mark.parametrize("village", REGISTER)
def test_a_village_shows_its_figure_or_its_band_and_never_more(year, client, village):
    html = client.get(f"/villages/{village}/x/income/", follow=True).text

    assert years_shown(html) == [of_village(year, village, one) for one in (THIS_YEAR, LAST_YEAR)]
    months = table_under(html, "รายได้ของหมู่บ้านรายเดือน")
    assert months == [
        [month_name(one.first.year, one.first.month), of_village(year, village, one)]
        for one in MONTHS
    ]
    exact = [is_exact(year, village, month) for month in MONTHS]
    assert all(exact) == (village in {UBON, BANG, SRI, QUIET})
    secret, told = (
        {
            baht(income(year, village, month))
            for month in MONTHS
            if is_exact(year, village, month) is one
        }
        for one in (False, True)
    )
    assert not (secret - told) & set(text_of(html).split())


@pytest.mark.parametrize("village", REGISTER)
def test_a_village_tells_the_difference_of_two_exact_figures_and_no_other(year, client, village):
    page = client.get(f"/villages/{village}/x/income/", follow=True)

    over, before = month_of(2026, 10), month_of(2025, 10)
    now, then = income(year, village, over), income(year, village, before)
    is_told = all(is_exact(year, village, one) for one in (over, before)) and (now or then)
    found = re.findall(
        r"หมู่บ้านมีรายได้ (\S+) (มากกว่า|น้อยกว่า) .*?\((\S+)\) อยู่ (\S+)", text_of(page.text)
    )
    more = "มากกว่า" if now > then else "น้อยกว่า"
    assert found == ([(baht(now), more, baht(then), baht(abs(now - then)))] if is_told else [])


@pytest.mark.parametrize("province", ["50", "34", "10", "90"])
def test_a_province_shows_the_sums_that_give_nobody_away(year, client, province):
    page = client.get(f"/provinces/{province}/x/income/", follow=True)

    years = THIS_YEAR, LAST_YEAR
    assert years_shown(page.text) == [of_area(year, province, one) for one in years]
    amphoe = sorted({village[:4] for village in REGISTER if village.startswith(province)})
    rows = table_under(page.text, "รายได้รายอำเภอ")
    assert [row[1:] for row in rows] == [[of_area(year, one, y) for y in years] for one in amphoe]
    shown = [one.exact_satang for one in page.context["months"]]
    wanted = [of_area(year, province, month) for month in reversed(MONTHS)]
    assert [NOT_SHOWN if one is None else baht(one) for one in shown] == wanted


def test_some_sums_are_shown_and_some_are_not(year):
    """Else the proof would prove less than it says."""
    told = {
        of_area(year, village[:n], one) for village in REGISTER for n in (2, 4) for one in MONTHS
    }

    assert NOT_SHOWN in told and len(told) > 20


@pytest.mark.parametrize("year_be", [2569, 2570])
def test_the_country_shows_its_sum_or_that_of_the_villages_that_publish_theirs(
    year, client, year_be
):
    html = client.get(f"/income/{year_be}/").text

    period = fiscal_year(year_be)
    whole = of_area(year, "", period)
    disclosed = sum(
        income(year, village, month)
        for village in REGISTER
        for month in months_in(period)
        if is_exact(year, village, month)
    )
    villages = len(year.answers.selling(Asked("", period)))
    first = baht(disclosed) if whole == NOT_SHOWN else whole
    assert years_shown(html) == [first, str(villages)]
    figures = text_of(html[html.index('id="map-figures"') :])
    for province in REGIONS:
        told = of_area(year, province, period)
        link = re.search(rf'href="/provinces/{province}/[^"]*">([^<]*)</a></th>', html)
        assert f"{link[1]} {told}" in figures, province
