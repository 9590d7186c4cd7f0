"""What always holds of the ledger: the fourteen invariants, each under its number and name.

`walk` is the model (`Walk` and its acts), `walk.book` the ledger kept again in plain Python,
`events` what the last step added. Number 6 is in `book.py`, where rows are read.
"""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from django.db import transaction

from marketplace.core.money import PPM
from marketplace.ledger import errors, services, verification
from marketplace.ledger.models import Account
from marketplace.ledger.services.posting import balance_of
from tests.marketplace.ledger.machine.book import Book, stored
from tests.marketplace.ledger.recount import balances

WHOLE = {"payout-return", "gateway-payout-return", "declared-reversal"}
RATIOS = {
    "discount-back": "producer_discount_satang",
    "platform-discount-back": "platform_discount_satang",
    "fee-back": "fee_satang",
    "fee-vat-back": "fee_vat_satang",
}


def invariant_01_all_accounts_together_are_zero(walk):
    """As the product tells the balance of each, and as the rows say."""
    told = {account.code: -balance_of(account) for account in Account.objects.all()}
    assert sum(told.values()) == 0
    assert told == {code: walk.book.balances[code] for code in told}
    assert {account.currency for account in walk.book.accounts.values()} <= {"THB"}


def invariant_02_an_event_is_what_its_transfers_are(walk, events):
    for event in events:
        assert len(event.transfers) == event.transfer_count >= 1
        assert sum(one.amount_satang for one in event.transfers) == event.total_satang
        assert {str(one.day) for one in event.transfers} == {str(event.day)}


def invariant_03_an_order_is_worth_what_was_captured(walk, events):
    """To the satang, in all and share by share."""
    for event in events:
        if event.kind != "sale":
            continue
        sale, sums = walk.sold[event.order_number], Counter()
        for one in event.transfers:
            sums[one.debit.kind] -= one.amount_satang
            sums[one.credit.kind] += one.amount_satang
        captured = -sums.pop("gateway.clearing")
        assert captured == sale.captured_satang == sum(sums.values())
        assert sums["platform.discounts"] == -sum(s.platform_discount_satang for s in sale.shares)
        assert sums["platform.fee"] == sum(s.fee_satang for s in sale.shares)
        assert sums["fee.vat"] == sum(s.fee_vat_satang for s in sale.shares)
        assert sums["delivery.payable"] == sum(part.amount_satang for part in sale.delivery)
        for share in sale.shares:
            credited = sum(
                one.amount_satang * {"sale": 1, "discount": -1}.get(one.kind, 0)
                for one in event.transfers
                if one.origin_id == share.origin_id
            )
            assert credited == share.amount_satang


def invariant_04_no_share_gives_back_more_than_it_sold(walk, events):
    """And what was given back whole leaves nothing behind: no price, discount, fee or delivery."""
    for event in events:
        for one in event.transfers:
            if one.sold:
                assert 0 <= walk.book.given_back[one.reverses_id] <= one.sold.amount_satang
    for order in {event.order_number for event in events if event.order_number in walk.sold}:
        left = services.refundable(order)
        for (number, key), amount in walk.paid.items():
            if number == order:
                part = left.lines if key > 0 else left.delivery
                assert part.get(abs(key), 0) == amount >= 0
        for line in {share.line_id for share in walk.sold[order].shares}:
            _goes_back_in_ratio(walk, order, line)


def _goes_back_in_ratio(walk, order, line):
    """Of each kind what has gone back is its part of all that has, rounded down; the price makes
    up for the discounts. So nothing is left of a line that was given back whole."""
    shares = [share for share in walk.sold[order].shares if share.line_id == line]
    sold_for = sum(share.paid_satang for share in shares)
    gone = sold_for - walk.paid[order, line]
    backs = Counter()
    for one in walk.book.of_order[order]:
        if one.line_id == line and one.sold and one.event.kind != "reclassification":
            backs[one.kind] += one.amount_satang
    for kind, name in RATIOS.items():
        sold = sum(getattr(share, name) for share in shares)
        assert backs[kind] == (sold * gone // sold_for if sold_for else 0), kind
    assert backs["refund"] == gone + backs["discount-back"] + backs["platform-discount-back"]


def invariant_05_told_again_is_the_same_event(walk, told, at):
    """And the same reference with other money, or the same order paid twice, is refused."""
    assert told.act(replace(told.fact, occurred_at=at)) == told.event
    if told.other:
        walk.refused(errors.ContentDiffers, told.act, told.other)
    if told.act is services.record_sale:
        twice = replace(told.fact, payment_reference=f"{told.fact.payment_reference}-2")
        walk.refused(errors.AlreadySold, told.act, twice)


def invariant_05_nothing_is_recorded_but_once(walk, events):
    """No event that was not announced: not by a repetition, a refusal, a crash."""
    assert {getattr(key, "hex", key) for key in walk.book.events} == walk.announced.keys()


def invariant_07_roll_ups_are_the_recount(walk, events):
    assert stored() == walk.book.roll_ups


def invariant_07_and_of_all_rows_together(walk):
    afresh = Book()
    afresh.read()
    assert afresh.roll_ups == walk.book.roll_ups
    assert {code: n for code, n in afresh.balances.items() if n} == balances()


def invariant_08_a_sale_stays_where_it_was_attributed(walk, events):
    """Whatever was edited since; that origins stay as they are is in number 6."""
    for event in events:
        for one in event.transfers:
            if one.kind in ("sale", "declared"):
                assert one.village_code == one.origin.village_code
                assert one.producer_id == one.origin.producer_id
            if one.kind == "refund" and one.sold.kind == "sale":
                assert one.village_code == one.origin.village_code
    parts = Counter()
    for origin in walk.book.origins.values():
        parts[origin.line_id, origin.declared_sale_id] += origin.share_ppm
    assert set(parts.values()) <= {PPM}


def invariant_09_a_reversal_nets_to_zero(walk, events):
    """On every account; an event is wholly reversed once at most, and a move moves no money."""
    for event in events:
        for one in event.transfers:
            if one.sold:
                assert (one.debit_id, one.credit_id) == (one.sold.credit_id, one.sold.debit_id)
                assert one.village_code == one.sold.village_code
        if event.kind in WHOLE:
            assert not any(_sums([*event.transfers, *_reversed_by(event)]).values())
            twins = [e for e in walk.book.events.values() if e.reverses_id == event.reverses_id]
            assert [twin.kind for twin in twins].count(event.kind) == 1
        if event.kind == "reclassification":
            assert not any(_sums(event.transfers).values())


def invariant_09_nothing_comes_back_twice(walk, back):
    walk.refused(errors.NoSuchPayout, services.record_payout_return, back)


def _reversed_by(event):
    return {one.reverses_id: one.sold for one in event.transfers}.values()


def _sums(transfers) -> Counter:
    sums = Counter()
    for one in transfers:
        sums[one.debit.code] += one.amount_satang
        sums[one.credit.code] -= one.amount_satang
    return sums


def invariant_10_nothing_lands_in_a_closed_month(walk, events):
    """Each event counts on its Bangkok day, or on the first open day."""
    for event in events:
        happened = walk.announced[getattr(event.id, "hex", event.id)]
        day = (happened + timedelta(hours=7)).date()
        if walk.open_from:
            day = max(day, walk.open_from)
        assert str(event.day) == str(day)


def invariant_10_closed_months_keep_their_hash(walk):
    rows = walk.book.tables["ledger_monthclose"].rows
    assert {date.fromisoformat(str(month)) for month in rows} == walk.closed.keys()
    assert list(verification.changed_closes()) == []


def invariant_11_no_payout_exceeds_what_is_owed(walk, events):
    """Right after a payout nobody is below zero; later a refund or dispute may take it there, and
    the next payout is refused until it is made good (`pay_out`)."""
    for event in events:
        if event.kind == "payout":
            for one in event.transfers:
                assert -walk.book.balances[one.debit.code] >= 0


def invariant_11_more_than_is_owed_is_refused(walk, payout):
    walk.refused(errors.MoreThanOwed, services.record_payout, payout)


def invariant_12_the_provider_holds_what_clearing_says(walk, events):
    sums = walk.book.balances
    assert sums["gateway.clearing"] == walk.provider.balance_satang
    assert sums["dispute.held"] == sum(walk.provider.held.values())
    assert sums["bank"] == walk.bank


def invariant_13_any_order_of_news_ends_alike(walk, news):
    """`news` is the same (act, fact) pairs in several orders; each is told and undone."""
    ends = []
    for order in news:
        with transaction.atomic():
            for act, fact in order:
                act(fact)
            ends.append(balances())
            transaction.set_rollback(True)
    assert all(end == ends[0] for end in ends)


def invariant_14_stock_is_never_below_what_is_promised(walk, events):
    on_hand, allocated = walk.stock()
    assert 0 <= allocated <= on_hand
    assert (on_hand, allocated) == (walk.on_hand, walk.promised())


def declared_money_never_meets_money_of_this_site(walk, events):
    sums = walk.book.balances
    declared = sum(satang for code, satang in sums.items() if code.startswith("producer.declared"))
    assert sums["declared.elsewhere"] == walk.declared_satang == -declared


AFTER_EACH_STEP = (
    invariant_02_an_event_is_what_its_transfers_are,
    invariant_03_an_order_is_worth_what_was_captured,
    invariant_04_no_share_gives_back_more_than_it_sold,
    invariant_05_nothing_is_recorded_but_once,
    invariant_07_roll_ups_are_the_recount,
    invariant_08_a_sale_stays_where_it_was_attributed,
    invariant_09_a_reversal_nets_to_zero,
    invariant_10_nothing_lands_in_a_closed_month,
    invariant_11_no_payout_exceeds_what_is_owed,
    invariant_12_the_provider_holds_what_clearing_says,
    invariant_14_stock_is_never_below_what_is_promised,
    declared_money_never_meets_money_of_this_site,
)
NOW_AND_THEN = (
    invariant_01_all_accounts_together_are_zero,
    invariant_07_and_of_all_rows_together,
    invariant_10_closed_months_keep_their_hash,
)
