"""Why income changed, worked out again by averaging over all orders of change: plain Python."""

from collections import Counter, defaultdict
from fractions import Fraction
from itertools import permutations
from math import floor

from tests.marketplace.ledger.recount import measures_of
from tests.marketplace.ledger.two_years import income_of

FACTORS = ("purchases", "pieces", "price")


def products_of(transfers):
    """Product -> satang sold, pieces, and orders that hold it."""
    satang, pieces, orders = Counter(), defaultdict(Fraction), defaultdict(set)
    for one in transfers:
        if one.kind == "sale":
            product = one.origin.product_id
            satang[product] += one.amount_satang
            pieces[product] += Fraction(one.origin.quantity * one.origin.share_ppm, 1_000_000)
            orders[product].add(one.event_id)
    return {product: (satang[product], pieces[product], len(orders[product])) for product in orders}


def totals_of(transfers):
    found = Counter()
    for one in transfers:
        found.update(measures_of(one))
    return found


def factors_of(sold):
    satang, pieces, purchases = sold
    return {
        "purchases": Fraction(purchases),
        "pieces": pieces / purchases,
        "price": Fraction(satang) / pieces,
    }


def shapley(before, now):
    """The exact effect of each factor: the mean over the six orders in which they can change."""
    old, new = factors_of(before), factors_of(now)
    effects = dict.fromkeys(FACTORS, Fraction(0))
    for order in permutations(FACTORS):
        at = dict(old)
        for name in order:
            was = at["purchases"] * at["pieces"] * at["price"]
            at[name] = new[name]
            effects[name] += (at["purchases"] * at["pieces"] * at["price"] - was) / 6
    return effects


def in_satang(effects):
    """Rounded down, and the satang that are missing given where most was cut off."""
    parts = {name: floor(effect) for name, effect in effects.items()}
    missing = int(sum(effects.values())) - sum(parts.values())
    by_cut = sorted(FACTORS, key=lambda name: parts[name] - effects[name])
    for name in by_cut[:missing]:
        parts[name] += 1
    return parts


def parts_of(before, now):
    """Every part of the change between two lists of transfers, in satang."""
    old, new = products_of(before), products_of(now)
    parts = Counter()
    for product in old.keys() & new.keys():
        parts.update(in_satang(shapley(old[product], new[product])))
    parts["new"] = sum(satang for product, (satang, *_) in new.items() if product not in old)
    parts["gone"] = -sum(satang for product, (satang, *_) in old.items() if product not in new)
    was, is_now = totals_of(before), totals_of(now)
    for name, column, sign in (
        ("discounts", "producer_discount_satang", -1),
        ("refunds", "refunded_satang", -1),
        ("moved", "moved_satang", 1),
    ):
        parts[name] = sign * (is_now[column] - was[column])
    return {name: satang for name, satang in parts.items() if satang}


def income(transfers):
    return sum(income_of(one) for one in transfers)
