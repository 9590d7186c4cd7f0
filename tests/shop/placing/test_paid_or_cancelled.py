"""A placed order is paid or given up, once, and never both."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.core.models import AuditEntry
from marketplace.provenance.models import Listing
from shop.placing import errors, services
from shop.placing.models import OrderNumber, Placement
from tests.factories import make_product, place_order

pytestmark = pytest.mark.django_db


def held(provenance):
    return provenance.product.stockrecords.get().num_allocated


def test_paying_moves_the_order_its_lines_and_parcels_once():
    order = place_order((make_product(), 2)).order

    assert services.mark_paid(order) is True
    assert services.mark_paid(order) is False

    order.refresh_from_db()
    assert order.status == "paid"
    assert list(order.lines.values_list("status", flat=True)) == ["paid"]
    assert list(order.parcels.values_list("status", flat=True)) == ["preparing"]
    assert order.status_changes.count() == 1
    assert AuditEntry.objects.filter(act="order.paid").count() == 1


def test_giving_up_releases_the_stock_exactly_once():
    scarf, jar = make_product(stock=5), make_product(stock_kind="made_to_order", lead_days=3)
    place_order((scarf, 2))
    order = place_order((scarf, 3), (jar, 1)).order
    assert held(scarf) == 5

    assert services.cancel_unpaid(order) is True
    assert services.cancel_unpaid(order) is False

    order.refresh_from_db()
    assert held(scarf) == 2
    assert held(jar) is None
    assert order.status == "cancelled-unpaid"
    assert list(order.parcels.values_list("status", flat=True)) == ["cancelled"] * 2


def test_money_for_a_cancelled_order_is_refused_by_name():
    order = place_order(make_product()).order
    services.cancel_unpaid(order)

    with pytest.raises(errors.OrderIsReleased):
        services.mark_paid(order)

    order.refresh_from_db()
    assert order.status == "cancelled-unpaid"
    assert order.placement.paid_at is None


def test_a_paid_order_is_not_given_up():
    scarf = make_product(stock=1)
    order = place_order(scarf).order
    services.mark_paid(order)

    with pytest.raises(errors.OrderIsPaid):
        services.cancel_unpaid(order)

    order.refresh_from_db()
    assert order.status == "paid"
    assert held(scarf) == 1


def test_the_database_refuses_an_order_both_paid_and_released():
    placement = place_order(make_product())
    now = timezone.now()

    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.filter(pk=placement.pk).update(paid_at=now, released_at=now)


def test_lists_say_sold_out_when_the_last_piece_is_held(django_capture_on_commit_callbacks):
    scarf = make_product(stock=1)

    with django_capture_on_commit_callbacks(execute=True):
        order = place_order(scarf).order
    assert not Listing.objects.get().is_available

    with django_capture_on_commit_callbacks(execute=True):
        services.cancel_unpaid(order)
    assert Listing.objects.get().is_available


def test_numbers_of_orders_are_only_ever_added():
    number = OrderNumber.objects.create()

    with pytest.raises(IntegrityError), transaction.atomic():
        OrderNumber.objects.filter(pk=number.pk).update(taken_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        number.delete()

    assert OrderNumber.objects.count() == 1
