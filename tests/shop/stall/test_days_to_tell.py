"""Of which days a sale can be told: this month, and last month until that is closed."""

from datetime import date

import pytest

from marketplace.core import thai
from marketplace.ledger import verification
from marketplace.ledger.models import Event
from marketplace.ledger.services import close_month
from marketplace.provenance.models import OtopType
from shop.stall import errors
from shop.stall.services import Unlisted, declare_sale, declaring
from tests.factories import make_producer, make_village
from tests.shop.stall.test_declare_sale import refused

TODAY = date(2026, 5, 15)
APRIL, MARCH = date(2026, 4, 1), date(2026, 3, 31)


@pytest.fixture
def weavers(db, monkeypatch):
    monkeypatch.setattr(thai, "today", lambda: TODAY)
    return make_producer(make_village())


def declare(producer, day, token="form-1"):
    return declare_sale(
        producer=producer,
        product=Unlisted("ผ้าถุง", OtopType.TEXTILE),
        amount_satang=30_000,
        sold_on=day,
        form_token=token,
        by=None,
    ).sale


def test_a_sale_of_last_month_counts_in_that_month_while_it_is_open(weavers):
    declare(weavers, APRIL)

    assert Event.objects.get().day == APRIL
    assert list(verification.verify()) == []


def test_once_last_month_is_closed_its_days_are_refused_with_the_first_open_one(weavers):
    close_month(APRIL)

    refused(errors.MonthClosed, lambda: declare(weavers, date(2026, 4, 30)))
    with pytest.raises(errors.MonthClosed, match="1 พฤษภาคม 2569"):
        declare(weavers, date(2026, 4, 30))
    declare(weavers, date(2026, 5, 1))


def test_the_month_before_last_is_refused_also_while_it_is_open(weavers):
    refused(errors.MonthClosed, lambda: declare(weavers, MARCH))


@pytest.mark.parametrize("day", [date(2026, 5, 16), date(2569, 5, 15)])
def test_a_day_that_has_not_come_is_refused_in_words(weavers, day):
    refused(errors.NotYet, lambda: declare(weavers, day))


def test_a_month_closed_meanwhile_loses_no_sale_and_stays_as_it_was_reported(weavers, monkeypatch):
    close_month(APRIL)
    monkeypatch.setattr(declaring, "first_day_to_tell", lambda today: APRIL)  # as it was read

    sale = declare(weavers, APRIL)

    assert (sale.sold_on, Event.objects.get().day) == (APRIL, date(2026, 5, 1))
    assert list(verification.verify()) == []
