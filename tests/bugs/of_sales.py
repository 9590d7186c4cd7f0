"""Bugs in what a sale is made of, what is given back of it, and on which day it counts once."""

from tests.bugs.bug import LEDGER, SERVICES, bug

OF_SALES = (
    # --- What a sale is made of ---
    bug(
        "the two discounts of a share are borne by the wrong one each",
        (
            f"{SERVICES}/sales.py",
            "(kinds.DISCOUNT, producer, clearing, share.producer_discount_satang)",
            "(kinds.DISCOUNT, producer, clearing, share.platform_discount_satang)",
        ),
        "marketplace/ledger/test_giving_back.py",
        and_=(
            (
                f"{SERVICES}/sales.py",
                "            clearing,\n            share.platform_discount_satang,",
                "            clearing,\n            share.producer_discount_satang,",
            ),
        ),
    ),
    bug(
        "the fee that is taken holds its VAT, which is taken once more",
        (
            f"{SERVICES}/sales.py",
            "(Kind.PLATFORM_FEE, None), share.fee_satang)",
            "(Kind.PLATFORM_FEE, None), share.fee_satang + share.fee_vat_satang)",
        ),
        "marketplace/ledger/test_giving_back.py",
    ),
    bug(
        "a fee is a part of the price before the producer's discount",
        (
            "shop/fees/queries.py",
            "        amount_satang=line.facts.amount_satang,\n",
            "        amount_satang=line.facts.amount_satang"
            " + line.facts.producer_discount_satang,\n",
        ),
        "shop/fees/test_frozen_fees.py",
    ),
    bug(
        "VAT on a fee is rounded down",
        (
            "shop/fees/arithmetic.py",
            "return fee, _part(fee, terms.vat_ppm)",
            "return fee, fee * terms.vat_ppm // PPM",
        ),
        "shop/fees/test_fee_arithmetic.py",
    ),
    bug(
        "income is credited to where its producer lives today",
        (
            f"{SERVICES}/sales.py",
            "            amount_satang=amount,\n            **share.whose,",
            "            amount_satang=amount,\n            **share.whose\n            | {"
            '"village_code": accounts[producer].producer.home_village_id},',
        ),
        "marketplace/ledger/test_record_sale.py",
    ),
    bug(
        "the satang that a division leaves over is lost",
        (
            "marketplace/core/money.py",
            "for position in by_remainder[: total - sum(parts)]:",
            "for position in by_remainder[1 : total - sum(parts)]:",
        ),
        "marketplace/core/test_money.py",
    ),
    # --- What is given back ---
    bug(
        "a refund is split over what was sold, not over what is left",
        (
            f"{SERVICES}/posting.py",
            "(transfer, transfer.amount_satang - transfer.reversed)",
            "(transfer, transfer.amount_satang)",
        ),
        "marketplace/ledger/test_record_refund.py",
    ),
    bug(
        "one satang more than is left of a delivery is given back",
        (
            f"{SERVICES}/giving_back.py",
            "    if amount > left:\n",
            "    if amount > left + 1:\n",
        ),
        "marketplace/ledger/test_record_refund.py",
    ),
    bug(
        "what goes back of a fee depends on what went back before",
        (
            f"{SERVICES}/giving_back.py",
            "        back = gone_after - (sold - sum(left))\n",
            "        back = sum(left) * amount_satang // self.paid_satang\n",
        ),
        "marketplace/ledger/test_giving_back.py",
    ),
    bug(
        "fees and discounts go back rounded up",
        (
            f"{SERVICES}/giving_back.py",
            "gone_after = sold * (sold_for - self.paid_satang + amount_satang) // sold_for",
            "gone_after = -(-sold * (sold_for - self.paid_satang + amount_satang) // sold_for)",
        ),
        "marketplace/ledger/test_giving_back.py",
    ),
    bug(
        "a producer's discount that moved along stays behind",
        (
            f"{SERVICES}/giving_back.py",
            "((T.DISCOUNT, T.DISCOUNT_MOVED_IN), (T.PLATFORM_DISCOUNT,))",
            "((T.DISCOUNT,), (T.PLATFORM_DISCOUNT,))",
        ),
        "marketplace/ledger/test_corrections.py",
    ),
    bug(
        "the platform keeps its fee of what is given back",
        (
            f"{SERVICES}/giving_back.py",
            "OF_A_SALE = (*PRICES, *DISCOUNTS, T.FEE, T.FEE_VAT, T.DELIVERY)",
            "OF_A_SALE = (*PRICES, *DISCOUNTS, T.FEE_VAT, T.DELIVERY)",
        ),
        "marketplace/ledger/test_giving_back.py",
    ),
    # --- Once, and on which day ---
    bug(
        "the same reference with other money is taken for the same",
        (
            f"{SERVICES}/posting.py",
            "if recorded and recorded.input_hash != draft.input_hash:",
            "if False:",
        ),
        "marketplace/ledger/test_record_sale.py",
    ),
    bug(
        "a dispute may be won and lost",
        (
            f"{LEDGER}/kinds.py",
            '    E.DISPUTE_LOST: "dispute-end",\n',
            "",
        ),
        "marketplace/ledger/test_corrections.py",
    ),
    bug(
        "what is sold after midnight of Bangkok counts on the day before",
        (
            f"{SERVICES}/posting.py",
            "day = thai.bangkok_day(occurred_at)",
            "day = occurred_at.date()",
        ),
        "marketplace/ledger/test_record_sale.py",
    ),
    bug(
        "late news of a closed month counts a month too late",
        (
            f"{SERVICES}/posting.py",
            "next_month(latest.month)) if",
            "next_month(next_month(latest.month))) if",
        ),
        "marketplace/ledger/test_closing.py",
    ),
    bug(
        "the database lets events into the month that was closed last",
        (
            f"{LEDGER}/guards/conditions.py",
            "FROM ledger_monthclose WHERE month >= {month_of_event}",
            "FROM ledger_monthclose WHERE month > {month_of_event}",
        ),
        "marketplace/ledger/test_tampering.py",
    ),
    bug(
        "a month that still runs may be closed",
        (
            f"{SERVICES}/closing.py",
            "if month >= rollup.first_of_month(thai.today()):",
            "if month > rollup.first_of_month(thai.today()):",
        ),
        "marketplace/ledger/test_closing.py",
    ),
)
