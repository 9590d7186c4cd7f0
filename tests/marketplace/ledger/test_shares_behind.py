"""The line shares behind a figure come to it to the satang; of each the ledger tells all."""

from collections import Counter

import pytest

from marketplace.ledger import services
from marketplace.ledger.models import Seal, Transfer
from marketplace.ledger.periods import parse_period
from marketplace.ledger.queries import (
    Dimension,
    Question,
    count_shares,
    regions,
    share_history,
    shares,
    shares_behind,
    shares_in_chunks,
)
from marketplace.places.services import UnknownArea
from marketplace.provenance.models import LineOrigin
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig
from tests.marketplace.ledger.recount import measures_of
from tests.marketplace.ledger.test_corrections import MAE, PUI, TERMS, moving
from tests.marketplace.ledger.test_sources import CODES, by_hand, sold

__all__ = ["sold"]  # the fixture

D = Dimension
ASKED = [
    ("", "2569", {}),
    ("N", "2569", {}),
    ("50", "2026-01", {}),
    ("500108", "2025-11-15--2026-05-09", {}),
    (CODES[0], "2569-q2", {}),
    ("", "2025-11-15--2026-03-20", {D.OTOP_TYPE: "textile"}),
    ("50", "2569", {D.PROGRAMME: "nawatwithi", D.CHANNEL: ""}),
    ("34", "2569", {D.BUYERS: "10"}),
    ("", "2569", {D.CHANNEL: "stall"}),
    ("50010811", "2569", {D.PRODUCER: "first"}),
]


def all_rows(question) -> tuple[list, object]:
    """The rows of all pages, and the last page."""
    rows, before = [], None
    while True:
        page = shares_behind(question, before)
        rows += page.rows
        before = page.next_before
        if before is None:
            return rows, page


def test_all_pages_come_to_the_figure(sold, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(shares, "ROWS_A_PAGE", 5)
    monkeypatch.setattr(shares, "ROWS_A_CHUNK", 7)
    kept = Transfer.objects.filter(origin__isnull=False).select_related("event", "origin")
    kept = list(kept.prefetch_related("origin__groups"))

    for area, key, only in ASKED:
        if D.PRODUCER in only:
            only = {D.PRODUCER: str(sold[CODES[0]].pk)}
        question = Question(area, parse_period(key), None, only)
        with django_assert_max_num_queries(8):
            shares_behind(question)
        rows, page = all_rows(question)

        numbers = [row.share.pk for row in rows]
        assert numbers == sorted(set(numbers), reverse=True) and numbers, (area, key)
        whole = list(shares_in_chunks(question))
        assert [vars(row) for row in whole] == [vars(row) for row in rows]
        assert count_shares(question) == len(rows)
        assert count_shares(question, 3) == min(3, len(rows))
        by_row = added(vars(row) for row in rows)
        assert by_row == added(by_hand(question, regions(), kept).values()), (area, key)
        assert by_row == added([vars(page.total)])
        assert sum(row.income_satang for row in rows) == page.total.income_satang
        assert all(not row.order_number for row in rows if row.declared_satang)


def added(several) -> Counter:
    """The measures that shares have, added up; those of zero left out."""
    sums = Counter()
    for measures in several:
        sums.update({name: measures.get(name, 0) for name in shares.MEASURES})
    return +sums


def test_a_row_says_when_it_first_counted_in_the_period(sold):
    question = Question("", parse_period("2569"))

    for row in all_rows(question)[0]:
        days = Transfer.objects.filter(origin=row.share).values_list("day", flat=True)
        assert row.first_day == min(days)


def test_an_area_that_is_not_known_is_refused(sold):
    for area in ("99", "501199", "50019999"):
        with pytest.raises(UnknownArea):
            shares_behind(Question(area, parse_period("2569")))


def test_a_share_tells_all_its_events(db, django_assert_num_queries):
    make_village(MAE, "บ้านแม่")
    sale, event = rig.sell([rig.Part(make_producer(make_village(PUI)), {PUI: 80_000}, TERMS)])
    services.record_reclassification(moving(sale))
    rig.refund(sale, {sale.shares[0].line_id: 30_000})
    services.seal_events()

    with django_assert_num_queries(2):
        history = share_history(sale.shares[0].origin_id)

    told = [(one.event.kind, one.income_satang) for one in history.events]
    assert sorted(told) == [("reclassification", 0), ("refund", -30_000), ("sale", 80_000)]
    assert history.income_satang == 50_000
    assert history.village_codes == {PUI, MAE}
    assert history.order_number == sale.order_number
    [first] = [one for one in history.events if one.event == event]
    assert first.seal_number == Seal.objects.get(event=event).number
    kinds = Counter(transfer.kind for transfer in first.transfers)
    assert kinds == {"sale": 1, "discount": 1, "fee": 1}


def test_the_effects_of_transfers_come_to_the_income_of_the_roll_ups(sold):
    effects, incomes = 0, 0
    for one in Transfer.objects.exclude(village_code=""):
        measures = Counter(measures_of(one))
        effects += shares.income_effect(one)
        incomes += (
            measures["sold_satang"]
            - measures["producer_discount_satang"]
            - measures["refunded_satang"]
            + measures["moved_satang"]
        )

    assert effects == incomes > 0


def test_a_share_that_is_not_there(db):
    with pytest.raises(LineOrigin.DoesNotExist):
        share_history(10**9)
