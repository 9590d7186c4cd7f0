"""From a figure of the report down to its sales, and of each to its events in the ledger."""

import re

import pytest

from marketplace.accounts.roles import StaffRole
from marketplace.ledger.queries import shares
from marketplace.provenance.models import LineOrigin
from tests.factories import make_member, make_user
from tests.shop.reports.test_income_report import PUI, UBON, finance, show, sold, staff

__all__ = ["finance", "sold"]  # the fixtures

LIST = "/cms/reports/income/sales/"


def sales(client, **query):
    return client.get(LIST, query)


def links(page) -> list[str]:
    return [href.replace("&amp;", "&") for href in re.findall(r'href="([^"]+)"', page)]


def test_the_figure_of_a_row_leads_to_what_it_is_made_of(client, finance):
    report = show(client, area="500108", period="2026-05").content.decode()
    [url] = {url for url in links(report) if url.startswith(f"{LIST}?area={PUI}")}

    page = client.get(url)

    assert page.status_code == 200
    assert page.context["page"].total.income_satang == 9_350
    assert [row.income_satang for row, _url in page.context["rows"]] == [0, 0, 9_350]
    assert "฿93.50" in page.content.decode() and "ดอยปุย" in page.content.decode()


def test_a_maker_leads_to_the_sales_of_the_maker_alone(client, finance, sold):
    report = show(client, area=PUI, period="2026-05").content.decode()

    url = next(url for url in links(report) if f"producer={sold.pk}" in url)
    page = client.get(url)

    assert page.context["page"].total.income_satang == 9_350
    assert sold.name_th in page.content.decode()


def test_a_sale_shows_its_events_and_what_each_changed(client, finance):
    [share] = LineOrigin.objects.filter(village_code=PUI, line__isnull=False)

    page = client.get(f"{LIST}{share.pk}/")

    assert page.status_code == 200
    told = [(one.event.kind, one.income_satang) for one in page.context["history"].events]
    assert sorted(told) == [("refund", -700), ("sale", 10_050)]
    text = page.content.decode()
    assert "฿93.50" in text and "฿100.50" in text and share.line.order.number in text


def test_older_sales_are_on_the_next_page(client, finance, monkeypatch):
    monkeypatch.setattr(shares, "ROWS_A_PAGE", 2)
    first = sales(client, area="", period="2026-05")
    [url] = {url for url in links(first.content.decode()) if "older=" in url}

    second = client.get(url)

    numbers = [row.share.pk for page in (first, second) for row, _url in page.context["rows"]]
    assert len(numbers) == 4 and numbers == sorted(set(numbers), reverse=True)
    assert second.context["next_url"] == ""


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"area": "99"}, 400),
        ({"area": "<script>"}, 400),
        ({"area": "50\x00"}, 400),
        ({"period": "2569-q9"}, 400),
        ({"type": "gold"}, 400),
        ({"producer": "1 OR 1=1"}, 400),
        ({"producer": "9" * 40}, 400),
        ({"older": "x"}, 200),
        ({"older": "9" * 40}, 200),
        ({"older": "-1"}, 200),
    ],
)
def test_bad_choices_get_a_sentence(client, finance, query, status):
    page = sales(client, **query)

    assert page.status_code == status
    assert ('role="alert"' in page.content.decode()) == (status == 400)
    assert "<script>alert" not in page.content.decode()


def test_an_officer_reads_the_sales_of_his_areas_alone(client, sold):
    client.force_login(staff(StaffRole.OFFICER, "50"))
    own = LineOrigin.objects.filter(village_code=PUI).first()
    other = LineOrigin.objects.get(village_code=UBON)

    assert sales(client, period="2026-05").context["page"].total.income_satang == 9_350
    assert [sales(client, area=area).status_code for area in ("", "N", "34", UBON)] == [403] * 4
    assert client.get(f"{LIST}{own.pk}/").status_code == 200
    assert client.get(f"{LIST}{other.pk}/").status_code == 404
    assert client.get(f"{LIST}{10**9}/").status_code == 404


def test_others_never_get_in(client, sold):
    share = LineOrigin.objects.first()
    addresses = (LIST, f"{LIST}{share.pk}/")
    assert [client.get(url).status_code for url in addresses] == [302, 302]
    for person in (staff(StaffRole.SUPPORT), staff(StaffRole.OFFICER)):
        client.force_login(person)
        assert [client.get(url).status_code for url in addresses] == [403, 403]
    for person in (make_user(), make_member(sold).user):
        client.force_login(person)
        assert {client.get(url).status_code for url in addresses} <= {302, 403}
