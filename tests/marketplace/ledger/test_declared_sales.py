"""Declared sales: in the same ledger, under accounts and kinds of their own, never income."""

from collections import Counter
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from marketplace.core import thai
from marketplace.ledger import disclosure, errors, queries, services, verification
from marketplace.ledger.guards.sqlite import writing_roll_ups
from marketplace.ledger.models import Account, Event, PublicTotal, Transfer
from marketplace.ledger.periods import parse_period
from marketplace.ledger.public_totals import count_public_totals
from marketplace.producers.services import record_disclosure
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig

PUI, MAE = "50010811", "50010812"
MAY, JUNE, YEAR = (parse_period(key) for key in ("2026-05", "2026-06", "2569"))


@pytest.fixture
def weavers(db):
    make_village(MAE, "บ้านแม่")
    return make_producer(make_village(PUI))


def balances():
    sums = Counter()
    for one in Transfer.objects.select_related("debit", "credit"):
        sums[one.debit.code] += one.amount_satang
        sums[one.credit.code] -= one.amount_satang
    return {code: satang for code, satang in sums.items() if satang}


def refused(error, act):
    before = rig.rows()
    with pytest.raises(error), transaction.atomic():
        act()
        connection.check_constraints()
    assert rig.rows() == before


def test_a_declared_sale_is_credited_apart_with_its_channel(weavers):
    sale = rig.declare_in({PUI: 67, MAE: 33}, weavers, channel="fair")

    event = Event.objects.get()
    assert (event.kind, event.channel, event.source) == ("declared", "fair", "declared")
    assert (event.order_number, event.total_satang) == ("", 100)
    assert balances() == {"declared.elsewhere": 100, f"producer.declared:{weavers.pk}": -100}
    assert rig.income(PUI) == {"declared": 67} and rig.income(MAE) == {"declared": 33}
    assert services.record_declared_sale(sale) == event
    assert Transfer.objects.count() == 2
    assert list(verification.verify()) == []


def test_a_sale_of_this_site_has_no_channel(weavers):
    rig.sell_in({PUI: 100}, producer=weavers)

    event = Event.objects.get()
    assert (event.channel, event.source) == ("", "site")


def test_taking_back_leaves_zero_on_every_account_and_happens_once(weavers):
    sale = rig.declare_in({PUI: 67, MAE: 33}, weavers)
    june = rig.NOON.replace(month=6)

    back = rig.take_back(sale, june)

    assert (back.kind, back.channel, back.day) == ("declared-reversal", "stall", date(2026, 6, 15))
    assert balances() == {}
    assert rig.take_back(sale, june.replace(day=20)) == back
    assert rig.income(PUI) == {"declared": 67}
    assert rig.income(PUI, date(2026, 6, 1)) == {"declared": -67}
    assert Event.objects.count() == 2
    assert list(verification.verify()) == []


def test_what_differs_or_was_never_declared_is_refused(weavers):
    sale = rig.declare(rig.Part(weavers, {PUI: 67, MAE: 33}))
    record = services.record_declared_sale

    refused(errors.AmountsDiffer, lambda: record(replace(sale, amount_satang=99)))
    share = replace(sale.shares[0], village_code=MAE)
    wrong = replace(sale, shares=(share, sale.shares[1]))
    refused(errors.OriginDiffers, lambda: record(wrong))
    refused(errors.NothingToRecord, lambda: record(replace(sale, amount_satang=0, shares=())))
    refused(errors.NoSuchSale, lambda: rig.take_back(sale))
    record(sale)
    refused(errors.ContentDiffers, lambda: record(replace(sale, channel="home")))


def test_a_line_of_an_order_cannot_be_declared_nor_a_declared_share_sold(weavers):
    placed = rig.place([rig.Part(weavers, {PUI: 100})])
    declared = rig.declare(rig.Part(weavers, {PUI: 100}))

    stolen = replace(declared, shares=placed.shares)
    refused((errors.OriginDiffers, DatabaseError), lambda: services.record_declared_sale(stolen))
    stolen = replace(placed, shares=declared.shares)
    refused((errors.OriginDiffers, DatabaseError), lambda: services.record_sale(stolen))


# --- What the database itself refuses ------------------------------------------------------------


def forge(model_event, transfers, **facts):
    """Insert these transfers and then an event that counts them, as no service does."""
    event = Event.objects.get(pk=model_event.pk)
    event.pk, event.idempotency_key = uuid4(), f"forged-{uuid4()}"
    for number, (model, other) in enumerate(transfers, start=1):
        row = {f.attname: getattr(model, f.attname) for f in Transfer._meta.concrete_fields}
        Transfer(**row | {"id": None, "event_id": event.pk, "number": number} | other).save()
    event.transfer_count = len(transfers)
    event.total_satang = sum(model.amount_satang for model, _other in transfers)
    for name, value in facts.items():
        setattr(event, name, value)
    with writing_roll_ups():
        event.save(force_insert=True)


def sold_line(event):
    order = rig.make_order()
    weavers = event.transfers.first().producer
    return rig.make_line(order, rig.Part(weavers, {PUI: 1}))[0].line


@pytest.fixture
def parts(weavers):
    _sale, sold = rig.sell([rig.Part(weavers, {PUI: 100})], {weavers.pk: 50})
    rig.declare_in({PUI: 100}, weavers)
    declared = Event.objects.get(kind="declared")
    fresh = rig.declare(rig.Part(weavers, {PUI: 100})).shares[0].origin_id
    return sold, declared, fresh


def test_an_honest_forgery_passes_so_that_the_refusals_below_mean_something(parts):
    _sold, declared, fresh = parts

    forge(declared, [(declared.transfers.get(), {"origin_id": fresh})])

    assert Event.objects.filter(kind="declared").count() == 2


def test_no_event_mixes_declared_sales_with_sales_of_this_site(parts):
    sold, declared, fresh = parts
    told, sending = declared.transfers.get(), sold.transfers.get(kind="delivery")
    payable = Account.objects.get(kind="producer.payable")
    clearing = Account.objects.get(kind="gateway.clearing")
    elsewhere = Account.objects.get(kind="declared.elsewhere")
    mine = {"origin_id": fresh}

    for act in (
        lambda: forge(sold, [(sending, {}), (told, mine)], order_number="x"),
        lambda: forge(declared, [(told, mine), (sending, {})]),
        lambda: forge(declared, [(told, mine | {"credit_id": payable.pk})]),
        lambda: forge(declared, [(told, mine | {"debit_id": clearing.pk})]),
        lambda: forge(sold, [(sending, {"debit_id": elsewhere.pk})], order_number="x"),
        lambda: forge(declared, [(told, mine)], kind="sale", channel="", order_number="x"),
    ):
        refused(DatabaseError, act)


def test_channels_belong_to_declared_sales_only_and_stay_with_their_reversal(parts):
    sold, declared, fresh = parts
    told, sending = declared.transfers.get(), sold.transfers.get(kind="delivery")
    mine = {"origin_id": fresh}
    back = {
        "kind": "declared-reversal",
        "reverses_id": told.pk,
        "debit_id": told.credit_id,
        "credit_id": told.debit_id,
    }
    reversal = {"kind": "declared-reversal", "reverses_id": declared.pk}

    for act in (
        lambda: forge(declared, [(told, mine)], channel=""),
        lambda: forge(declared, [(told, mine)], channel="moon"),
        lambda: forge(sold, [(sending, {})], channel="stall", order_number="x"),
        lambda: forge(declared, [(told, back)], **reversal, channel="fair"),
        lambda: forge(declared, [(told, back)], kind="declared-reversal"),
    ):
        refused(DatabaseError, act)
    forge(declared, [(told, back)], **reversal)
    refused(DatabaseError, lambda: forge(declared, [(told, back)], **reversal))


def test_an_origin_is_of_a_line_or_of_a_declared_sale_never_both_or_neither(parts):
    part = rig.Part(parts[0].transfers.first().producer, {PUI: 1})
    line, sale = sold_line(parts[0]), parts[1].transfers.get().origin.declared_sale

    for whose in ({}, {"line": line, "declared_sale": sale}):
        refused(DatabaseError, lambda whose=whose: rig.freeze([(part, whose)]))


# --- Reports -------------------------------------------------------------------------------------


def test_declared_sales_have_a_column_that_adds_up_from_village_to_country(weavers):
    carvers = make_producer(make_village("34010105", "บ้านปะอาว"))
    rig.sell_in({PUI: 500}, producer=weavers)
    rig.declare_in({PUI: 70, MAE: 30}, weavers)
    rig.take_back(rig.declare_in({PUI: 9}, carvers, channel="fair"))
    rig.declare_in({"34010105": 11}, carvers)

    country = queries.income_report(queries.Question("", MAY))
    village = queries.income_report(queries.Question(PUI, MAY))

    assert {r.code: r.declared_satang for r in country.rows if r.declared_satang} == {
        "N": 100,
        "NE": 11,
    }
    assert country.total.declared_satang == 111
    assert (country.total.income_satang, country.total.sales) == (500, 1)
    assert country.total.villages_selling == 1
    assert [
        queries.income_report(queries.Question(code, MAY)).total.declared_satang
        for code in ("N", "50", "5001", "500108", PUI)
    ] == [100, 100, 100, 100, 70]
    assert {(r.income_satang, r.declared_satang) for r in village.rows} == {(500, 70), (0, 0)}
    assert [month.income_satang for month in village.months][-1] == 500


def test_a_producer_reads_what_it_declared_by_channel(weavers):
    other = make_producer()
    rig.sell_in({PUI: 500}, producer=weavers)
    rig.declare_in({PUI: 70, MAE: 30}, weavers)
    rig.take_back(rig.declare_in({PUI: 9}, weavers, channel="fair"))
    rig.declare_in({PUI: 1_000}, other)

    found = queries.declared_sales_of(weavers, MAY)

    assert (found.sales, found.told_satang, found.taken_back_satang) == (2, 109, 9)
    assert (found.declared_satang, found.channels) == (100, {"stall": 100, "fair": 0})
    assert queries.declared_sales_of(weavers, JUNE) == queries.DeclaredSales(JUNE)


def test_the_public_sees_nothing_of_declared_sales(weavers, monkeypatch):
    monkeypatch.setattr(thai, "today", lambda: date(2026, 4, 20))
    record_disclosure(producer=weavers, since=date(2026, 4, 20), by=None)
    carvers = make_producer()
    rig.sell_in({PUI: 500}, producer=weavers)
    before = everything_public()

    rig.declare_in({PUI: 70, MAE: 30}, weavers)
    rig.declare_in({PUI: 1_000_000, MAE: 3}, carvers)  # who never agreed

    assert everything_public() == before
    assert before[0][0].exact_satang == 500


def everything_public():
    areas = [disclosure.area_income(c, MAY) for c in ("500108", "5001", "50", "N", "")]
    count_public_totals(date(2026, 5, 20))
    total = PublicTotal.objects.get(fiscal_year_be=2569, area_code="")
    return (
        disclosure.village_income(PUI, [MAY, YEAR]),
        disclosure.village_income(MAE, [MAY, YEAR]),
        areas,
        (total.exact_satang, total.village_count),
    )
