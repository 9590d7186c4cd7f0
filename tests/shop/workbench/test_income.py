"""What a producer receives: the ledger's own figures, to the satang, on page and in the file."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db.models import Sum
from django.urls import reverse

from marketplace.core import thai
from marketplace.core.models import AuditEntry
from marketplace.ledger.models import Transfer
from marketplace.ledger.periods import month_period
from shop.order.utils import OrderCreator
from shop.workbench.queries import income
from tests.factories import (
    give_back,
    make_member,
    make_producer,
    make_product,
    make_village,
    pay,
    place_order,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 5, tzinfo=UTC)
NET = -2  # the column before what was paid out
LAST_NIGHT_OF_OCTOBER = datetime(2026, 10, 31, 17, 30, tzinfo=UTC)  # already November in Bangkok


@pytest.fixture(autouse=True)
def _november(monkeypatch):
    monkeypatch.setattr(thai, "today", lambda: NOW.date())


@pytest.fixture
def shop():
    """Awkward prices, two villages in one product, another producer in the same order."""
    here, there = make_village("50010811"), make_village("50010812", "บ้านสอง")
    producer, other = make_producer(here), make_producer(there)
    shares = {"50010811": 333_333, "50010812": 666_667}
    shared = make_product(producer, price_baht="333.35", stock=9, shares=shares, title_th="ผ้าร่วม")
    alone = make_product(producer, price_baht="99.99", stock=9, title_th="ผ้าเดี่ยว")
    foreign = make_product(other, price_baht="777", stock=9, title_th="ของคนอื่น")
    order = place_order((shared, 2), (alone, 3), (foreign, 1), form_token="one")
    pay(order, at=NOW)
    small = place_order((alone, 1), form_token="two")
    pay(small, at=LAST_NIGHT_OF_OCTOBER)
    line = order.order.lines.get(product=shared.product)
    fee = order.order.parcels.get(producer=producer).fee_satang
    give_back(order, lines={line.pk: 10_001}, delivery={producer.pk: fee}, at=NOW)
    old = place_order((alone, 1), form_token="three")
    pay(old, at=datetime(2026, 9, 2, tzinfo=UTC))
    return producer


def net_of_ledger(producer, month: str) -> int:
    """What the accounts owed to the producer moved by, straight from the transfers."""
    period = [date for date in thai.month_range(*map(int, month.split("-")))]
    ours = Transfer.objects.filter(day__range=period)
    owed = Sum("amount_satang", default=0)
    to = ours.filter(credit__producer=producer).aggregate(owed=owed)["owed"]
    return to - ours.filter(debit__producer=producer).aggregate(owed=owed)["owed"]


def test_every_month_is_what_the_ledger_owes_the_producer(shop):
    months = {month.period.key: month for month in income.months_of(shop)}

    assert list(months) == sorted(months, reverse=True) and len(months) == 12
    for key, month in months.items():
        assert month.net_satang == net_of_ledger(shop, key), key
        assert month == income.month_of(shop, month.period)
    assert months["2026-11"].sales == 2 and months["2026-09"].sales == 1
    assert months["2026-10"].net_satang == 0  # the night of the 31st was November in Bangkok


def test_each_sale_has_its_price_discount_delivery_and_net(shop):
    page = income.entries_of(shop, month_period(NOW.date()))

    refund, sale, small = page.rows
    assert [line.title_th for line in sale.goods] == ["ผ้าร่วม", "ผ้าเดี่ยว"]
    assert [line.quantity for line in sale.goods] == [2, 3]
    assert [line.sums.price_satang for line in sale.goods] == [66_670, 29_997]
    assert sale.sums.discount_satang == sale.sums.taken_satang == 0
    assert sale.sums.delivery_satang == -refund.sums.delivery_satang > 0
    assert (sale.words, refund.words) == ("ขาย", "คืนเงิน")
    assert refund.sums.price_satang == -10_001
    assert small.sums.goods_satang == 9_999
    total = sum(entry.sums.net_satang for entry in page.rows)
    assert total == net_of_ledger(shop, "2026-11")


def test_a_discount_is_told_apart_from_the_price(shop, monkeypatch):
    write = OrderCreator.create_line_models
    before = {"line_price_before_discounts_incl_tax": Decimal("110.02")}
    monkeypatch.setattr(
        OrderCreator,
        "create_line_models",
        lambda self, order, line, extra=None: write(self, order, line, before),
    )
    thing = make_product(shop, price_baht="99.99", title_th="ผ้าลดราคา")
    pay(place_order(thing, form_token="cheaper"), at=NOW)

    sale = income.entries_of(shop, month_period(NOW.date())).rows[0]

    line = sale.goods[0]
    assert (line.sums.price_satang, line.sums.discount_satang) == (11_002, 1_003)
    assert sale.sums.net_satang == 9_999 + sale.sums.delivery_satang


def test_the_pages_show_the_figures_of_their_producer_alone(shop, client):
    client.force_login(make_member(shop, "finance").user)
    month = income.month_of(shop, month_period(NOW.date()))

    url = reverse("workbench:income-month", args=[shop.pk, "2026-11"])
    page = client.get(url).content.decode()
    overview = client.get(reverse("workbench:income-months", args=[shop.pk])).content.decode()

    figure = f"฿{month.net_satang // 100:,}.{month.net_satang % 100:02}"
    assert figure in page and figure in overview
    assert "ของคนอื่น" not in page and "฿777" not in page
    assert overview.count("<rect ") == 12
    assert overview.index("<title id=") < overview.index("<desc id=")


@pytest.mark.parametrize("key", ["2026-13", "2027-01", "2569-q9", "x", "2569-q1", "9999"])
def test_a_month_that_is_none_or_to_come_is_not_there(shop, client, key):
    client.force_login(make_member(shop).user)

    assert client.get(reverse("workbench:income-month", args=[shop.pk, key])).status_code == 404


def test_the_file_opens_in_excel_and_adds_up_to_the_ledger(shop, client):
    owner = make_member(shop).user
    client.force_login(owner)

    answer = client.get("/en" + reverse("workbench:income-csv", args=[shop.pk, "2026-11"]))

    content = answer.getvalue()
    assert content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["Content-Disposition"].endswith(f'"income-{shop.pk}-2026-11.csv"')
    header, *rows, total = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert len(header) == 14 and len(rows) == 3 + 2 + 2
    assert sum(Decimal(row[NET]) for row in rows) == Decimal(total[NET])
    assert Decimal(total[NET]) * 100 == net_of_ledger(shop, "2026-11")
    assert {row[0] for row in rows} == {"1/11/2569", "22/11/2569"}
    entry = AuditEntry.objects.get(act="income.export")
    assert (entry.actor, entry.target) == (owner, f"producer:{shop.pk}")


def test_a_fiscal_year_is_one_file(shop, client):
    client.force_login(make_member(shop).user)
    url = reverse("workbench:income-csv", args=[shop.pk, "2569"])

    rows = list(csv.reader(io.StringIO(client.get(url).getvalue().decode("utf-8-sig"))))

    assert [row[0] for row in rows[1:-1]] == ["2/9/2569", "2/9/2569"]
    assert Decimal(rows[-1][NET]) * 100 == net_of_ledger(shop, "2026-09")


def test_many_sales_come_in_pages(shop):
    period = month_period(NOW.date())

    first = income.entries_of(shop, period, page=1)
    beyond = income.entries_of(shop, period, page=9)

    assert (first.total, first.pages) == (3, 1)
    assert beyond.rows == first.rows
