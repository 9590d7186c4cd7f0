"""The shop as it lives in the story: at the story's time, with discounts that no page gives yet."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import timezone

from marketplace.core import thai
from marketplace.provenance import services as provenance
from shop.order.utils import OrderCreator
from tests.shop.reports.year.story import Story


@contextmanager
def living(story: Story) -> Iterator[None]:
    """Makers take something off a line before it is ordered, the site adds something to another."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: story.now)
        patch.setattr(thai, "today", lambda: story.today)
        patch.setattr(OrderCreator, "create_line_models", _cheaper(story))
        patch.setattr(provenance, "freeze_origins", _added_by_the_site(story))
        yield


def _cheaper(story: Story) -> Callable:
    write = OrderCreator.create_line_models

    def write_cheaper(creator, order, basket_line, extra=None):
        line = write(creator, order, basket_line, extra)
        off = _thing(story, line.product_id).own_discount_satang
        before = line.line_price_incl_tax + Decimal(off) / 100
        line.line_price_before_discounts_incl_tax = before
        line.save(update_fields=["line_price_before_discounts_incl_tax"])
        return line

    return write_cheaper


def _added_by_the_site(story: Story) -> Callable:
    freeze = provenance.freeze_origins

    def freeze_dearer(*, lines, **more):
        return freeze(lines=[_with_addition(story, line) for line in lines], **more)

    return freeze_dearer


def _with_addition(story: Story, line):
    added = _thing(story, line.product_id).site_discount_satang
    amount = line.amount_satang + added
    return replace(line, amount_satang=amount, platform_discount_satang=added)


def _thing(story: Story, product_id: int):
    return next(one for one in story.things.values() if one.product_id == product_id)
