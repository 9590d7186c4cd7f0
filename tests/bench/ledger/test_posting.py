"""Sales that eight clients post at once, each its own process and connection, fsync on."""

import multiprocessing
import time
from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from django.db import connection, connections, transaction
from django.db.models import Max

from marketplace.ledger import services
from marketplace.ledger.models import Event
from marketplace.ledger.services import Sale, SoldDelivery, SoldShare
from marketplace.producers.models import Producer
from marketplace.provenance.models import LineOrigin

CLIENTS, SALES = 8, 400
NOON = datetime(2026, 9, 30, 5, tzinfo=UTC)  # the last day that was built
PRICE, DELIVERY = 45_000, 4_000


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """What is posted is posted, and stays: the clients are processes of their own."""
    with django_db_blocker.unblock():
        yield


def test_posting(say, committed):
    """Over many villages, and all of one village."""
    producers = list(
        Producer.objects.order_by("pk").values_list("pk", "home_village_id")[: CLIENTS * SALES]
    )
    with connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        say(f"\nposting, {CLIENTS} clients, fsync {cursor.fetchone()[0]}")
    before = Event.objects.count()
    _rate(say, "many villages (asked: 400/s)", producers)
    _rate(say, "one village (asked: 150/s)", producers[:1])
    assert Event.objects.count() == before + 2 * CLIENTS * SALES


def _rate(say, name: str, makers: list[tuple[int, str]]) -> None:
    sales = _sales([makers[n % len(makers)] for n in range(CLIENTS * SALES)])
    connections.close_all()
    start = multiprocessing.get_context("fork")
    ready, done = start.Barrier(CLIENTS), start.Queue()
    clients = [
        start.Process(target=_client, args=(sales[n::CLIENTS], ready, done)) for n in range(CLIENTS)
    ]
    for client in clients:
        client.start()
    took = [done.get() for _ in clients]
    for client in clients:
        client.join()
    seconds = max(last for _first, last, _cpu in took) - min(first for first, _last, _cpu in took)
    cpu = sum(cpu for _first, _last, cpu in took)
    say(
        f"{name:<32} {len(sales) / seconds:6.0f}/s; {1000 * cpu / len(sales):.1f} ms a sale were"
        " the clients' own CPU"
    )


def _client(sales: list[Sale], ready, done) -> None:
    for sale in sales[:3]:  # with a connection, and its statements composed
        services.record_sale(sale)
    ready.wait()
    first, cpu = time.monotonic(), time.process_time()
    for sale in sales[3:]:
        services.record_sale(sale)
    done.put((first, time.monotonic(), time.process_time() - cpu))


def _sales(makers: Iterable[tuple[int, str]]) -> list[Sale]:
    """One paid order for each of these producers and villages, its origin frozen."""
    line = LineOrigin.objects.aggregate(last=Max("line_id"))["last"] + 1
    origins = [_origin(line + n, producer, village) for n, (producer, village) in enumerate(makers)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # no shop, no order lines
        LineOrigin.objects.bulk_create(origins, batch_size=500)
    return [_sale(origin) for origin in origins]


def _origin(line: int, producer: int, village: str) -> LineOrigin:
    return LineOrigin(
        line_id=line,
        share_number=1,
        producer_id=producer,
        product_id=1,
        title_th="ผ้าไหม",
        village_code=village,
        village_name_th="บ้าน",
        tambon_code=village[:6],
        amphoe_code=village[:4],
        province_code=village[:2],
        income_kind="goods",
        otop_type="textile",
        quadrant="D",
        share_ppm=1_000_000,
        quantity=1,
        amount_satang=PRICE,
        fee_satang=PRICE * 3 // 100,
        fee_vat_satang=PRICE * 3 // 100 * 7 // 100,
        buyer_province_code="10",
    )


def _sale(origin: LineOrigin) -> Sale:
    share = SoldShare(
        origin_id=origin.pk,
        line_id=origin.line_id,
        producer_id=origin.producer_id,
        village_code=origin.village_code,
        amount_satang=PRICE,
        fee_satang=origin.fee_satang,
        fee_vat_satang=origin.fee_vat_satang,
    )
    return Sale(
        order_number=f"posted-{origin.line_id}",
        payment_reference=f"pi_posted_{origin.line_id}",
        occurred_at=NOON,
        captured_satang=PRICE + DELIVERY,
        shares=(share,),
        delivery=(SoldDelivery(origin.producer_id, DELIVERY, origin.village_code),),
    )
