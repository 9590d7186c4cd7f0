"""Bugs in payouts and the provider's money, in roll-ups, in what nobody may touch, in stock."""

from tests.bugs.bug import LEDGER, SERVICES, bug

OF_BOOKS = (
    # --- The provider, and producers ---
    bug(
        "the provider's fee is shared by what is left of an order",
        (
            f"{SERVICES}/gateway_fees.py",
            "return [part.amount_satang - discounts[part.origin_id] for part in parts]",
            "return [\n        part.amount_satang\n        - discounts[part.origin_id]\n"
            '        - sum(part.reversals.values_list("amount_satang", flat=True))\n'
            "        for part in parts\n    ]",
        ),
        "marketplace/ledger/test_corrections.py",
    ),
    bug(
        "the fee of a dispute comes back with every one that is won",
        (
            f"{SERVICES}/disputes.py",
            "or end.fee_returned",
            "or not end.fee_returned",
        ),
        "marketplace/ledger/test_corrections.py",
    ),
    bug(
        "every producer bears a lost dispute",
        (f"{SERVICES}/disputes.py", "if producer in producers:", "if producers:"),
        "marketplace/ledger/test_corrections.py",
    ),
    bug(
        "one satang more than is owed is paid out",
        (
            f"{SERVICES}/payouts.py",
            "if satang > balance_of(accounts[whose]):",
            "if satang > balance_of(accounts[whose]) + 1:",
        ),
        "shop/bookkeeping/test_payouts.py",
    ),
    bug(
        "a balance forgets what was taken back of it",
        (
            f"{SERVICES}/posting.py",
            "return credited - account.debits.aggregate(",
            "return credited - account.debits.filter(reverses=None).aggregate(",
        ),
        "shop/bookkeeping/test_payouts.py",
    ),
    bug(
        "a payout may come back twice",
        (
            f"{SERVICES}/payouts.py",
            "for transfer, left in remaining_of(payout)\n",
            "for transfer, left in [(one, one.amount_satang) for one in payout.transfers.all()]\n",
        ),
        "marketplace/ledger/test_corrections.py",
        and_=(
            (
                f"{LEDGER}/guards/conditions.py",
                "  OR sold.amount_satang < (\n",
                "  OR sold.kind <> 'payout' AND sold.amount_satang < (\n",
            ),
        ),
    ),
    bug(
        "one person may correct alone",
        (
            f"{SERVICES}/corrections.py",
            "if fact.proposed_by_id == fact.approved_by_id or not fact.reason:",
            "if not fact.reason:",
        ),
        "marketplace/ledger/test_corrections.py",
    ),
    # --- Where it is counted ---
    bug(
        "a change of place brings back the fee that was given back",
        (
            f"{SERVICES}/corrections.py",
            "        amount_satang=amount_satang,\n        village_code=village_code,",
            "        amount_satang=transfer.amount_satang if transfer.kind == T.FEE"
            " else amount_satang,\n        village_code=village_code,",
        ),
        "marketplace/ledger/test_corrections.py",
    ),
    bug(
        "income that moves leaves its discount out of the roll-ups",
        (
            f"{LEDGER}/rollup.py",
            "        **{T.DISCOUNT_MOVED_IN: -1, T.DISCOUNT_MOVED_OUT: 1},\n",
            "",
        ),
        "marketplace/ledger/test_corrections.py",
    ),
    bug(
        "an order of two villages is two orders of their province",
        (
            f"{LEDGER}/order_counts.py",
            "places = set(_places(transfer, regions)) - seen",
            "places = set(_places(transfer, regions))",
        ),
        "marketplace/ledger/test_report_by_area.py",
    ),
    bug(
        "what is sold never reaches the row of its region",
        (
            f"{LEDGER}/rollup.py",
            '" WHERE l.level <> 1 OR p.code IS NOT NULL"',
            '" WHERE l.level <> 1"',
        ),
        "marketplace/ledger/test_report_by_area.py",
    ),
    bug(
        "a row of a roll-up that is too high looks right",
        (
            f"{LEDGER}/verification/fingerprints.py",
            "HAVING sum(number) % {draw.prime} <> 0",
            "HAVING sum(number) % {draw.prime} < 0",
        ),
        "marketplace/ledger/test_verify.py",
    ),
    bug(
        "a declared sale counts as income",
        (
            f"{LEDGER}/queries/figures.py",
            "            + self.moved_satang\n",
            "            + self.moved_satang\n            + self.declared_satang\n",
        ),
        "marketplace/ledger/test_declared_sales.py",
    ),
    # --- What nobody may touch ---
    bug(
        "an event's total is that of its largest transfer, and its seal lets less pass",
        (
            f"{SERVICES}/posting.py",
            "event.total_satang = sum(transfer.amount_satang for transfer in transfers)",
            "event.total_satang = max(transfer.amount_satang for transfer in transfers)",
        ),
        "marketplace/ledger/test_tampering.py",
        and_=(
            (
                f"{LEDGER}/guards/conditions.py",
                "count(*) = NEW.transfer_count AND sum(amount_satang) = NEW.total_satang\n",
                "count(*) = NEW.transfer_count AND sum(amount_satang) >= NEW.total_satang\n",
            ),
        ),
    ),
    bug(
        "a refund leaves a note on the sale's row, and rows may be changed",
        (
            f"{SERVICES}/sales.py",
            "    draft.reverses = sale_of(refund.order_number)\n",
            "    draft.reverses = sale_of(refund.order_number)\n"
            "    Event.objects.filter(pk=draft.reverses.pk).update(reason=refund.reason + '.')\n",
        ),
        "marketplace/ledger/test_tampering.py",
        and_=(
            (
                "marketplace/core/append_only.py",
                'events = {"no_update": f"{update} {{}}", "no_delete": "BEFORE DELETE ON {}"}',
                'events = {"no_delete": "BEFORE DELETE ON {}"}',
            ),
        ),
    ),
    bug(
        "months that were closed may be deleted",
        (f"{LEDGER}/guards/tables.py", '    "ledger_monthclose",\n', ""),
        "marketplace/ledger/test_tampering.py",
    ),
    bug(
        "the chain of seals forgets what came before",
        (
            f"{LEDGER}/verifier.py",
            'return digest(b"link\\n", before.encode(), leaf.encode(), sealed_at.encode())',
            'return digest(b"link\\n", leaf.encode(), sealed_at.encode())',
        ),
        "marketplace/ledger/test_sealing.py",
    ),
    bug(
        "events are sealed in the order of their ids",
        (
            f"{LEDGER}/sealing.py",
            'Event.objects.filter(seal=None).order_by("recorded_at", "pk")',
            'Event.objects.filter(seal=None).order_by("pk")',
        ),
        "marketplace/ledger/test_sealing.py",
    ),
    # --- Stock ---
    bug(
        "what an order gives up is put on the shelf as well",
        (
            "shop/partner/services.py",
            'free = _single_or(Least(F("num_in_stock"), left + 1), F("num_in_stock"))',
            'free = _single_or(Least(F("num_in_stock"), left + 1), F("num_in_stock") + quantity)',
        ),
        "shop/placing/test_paid_or_cancelled.py",
    ),
)
