"""Fee, VAT and discounts of a line are shared out over its villages, to the satang."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oscar.apps.catalogue.models import Product

from marketplace.core.money import PPM
from marketplace.provenance.models import Provenance, VillageShare
from marketplace.provenance.services import LineFacts, LineTerms, TracedLine, origins_of
from marketplace.villages.models import Village

pytestmark = pytest.mark.no_database


@st.composite
def parts_of_the_whole(draw):
    cuts = sorted(draw(st.sets(st.integers(1, 19), max_size=6)))
    cuts = [cut * PPM // 20 for cut in cuts]
    return [high - low for low, high in zip([0, *cuts], [*cuts, PPM], strict=True)]


@st.composite
def lines(draw):
    """A line of some villages and what is taken of it, never more than it comes to."""
    amount = draw(st.integers(0, 40) | st.integers(0, 9_999_999))
    fee = draw(st.integers(0, amount))
    vat = draw(st.integers(0, min(fee, amount - fee)))
    facts = LineFacts(
        line_id=None,
        product_id=1,
        quantity=3,
        amount_satang=amount,
        producer_discount_satang=draw(st.integers(0, 9_999)),
        platform_discount_satang=draw(st.integers(0, amount)),
    )
    shares = [
        VillageShare(village=Village(code=f"500108{number:02}"), share_ppm=ppm)
        for number, ppm in enumerate(draw(parts_of_the_whole()), start=1)
    ]
    provenance = Provenance(product=Product(title="ผ้า"), producer_id=1)
    return TracedLine(facts, provenance, tuple(shares), 0, {}), LineTerms(fee, vat, 7, True)


@settings(max_examples=500)
@given(lines())
def test_shares_add_up_and_none_gives_more_than_it_has(drawn):
    line, terms = drawn

    rows = origins_of(line, terms)

    assert sum(row.amount_satang for row in rows) == line.facts.amount_satang
    assert sum(row.fee_satang for row in rows) == terms.fee_satang
    assert sum(row.fee_vat_satang for row in rows) == terms.fee_vat_satang
    given = sum(row.producer_discount_satang for row in rows)
    borne = sum(row.platform_discount_satang for row in rows)
    assert given == line.facts.producer_discount_satang
    assert borne == line.facts.platform_discount_satang
    for row in rows:
        assert min(row.fee_satang, row.fee_vat_satang, row.platform_discount_satang) >= 0
        assert row.fee_satang + row.fee_vat_satang <= row.amount_satang
        assert row.platform_discount_satang <= row.amount_satang
        assert (row.fee_rule_id, row.passes_gateway_fee) == (7, True)
