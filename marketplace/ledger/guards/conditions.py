"""When an event or a transfer is refused, as SQL that both databases understand.

NEW is the row that is about to be recorded; an event comes after all its transfers.
"""

from marketplace.ledger.kinds import FOLLOWS, MADE_OF, MOVED_OUT_BY, REVERSED_BY, SIDES, EventKind

INCOMPLETE = """
coalesce((
  SELECT count(*) = NEW.transfer_count AND sum(amount_satang) = NEW.total_satang
         AND min(day) = NEW.day AND max(day) = NEW.day
  FROM ledger_transfer WHERE event_id = NEW.id
), false) = false
"""

_PAIRS = ", ".join(
    f"'{kind} {back}'"
    for kind, back in dict.fromkeys([*REVERSED_BY.items(), *MOVED_OUT_BY.items()])
)
# What is taken back belongs to the event that is named, or to another one of the same order: a
# dispute names its hold, but takes back the sale.
_ELSEWHERE = """
(sold.event_id <> {event}.reverses_id AND ({event}.order_number = '' OR {event}.order_number <> (
  SELECT order_number FROM ledger_event WHERE id = sold.event_id)))
"""
NOT_A_MIRROR_ROW = f"""(
  sold.id IS NULL OR {{event}}.reverses_id IS NULL OR {_ELSEWHERE}
  OR back.debit_id <> sold.credit_id OR back.credit_id <> sold.debit_id
  OR back.village_code <> sold.village_code
  OR coalesce(back.producer_id, 0) <> coalesce(sold.producer_id, 0)
  OR coalesce(back.origin_id, 0) <> coalesce(sold.origin_id, 0)
  OR coalesce(back.line_id, 0) <> coalesce(sold.line_id, 0)
  OR sold.kind || ' ' || back.kind NOT IN ({_PAIRS})
  OR sold.amount_satang < (
    SELECT sum(every.amount_satang) FROM ledger_transfer AS every
    WHERE every.reverses_id = sold.id
  )
)"""
"""Of what takes back, with the transfer that it takes back: they do not belong together, or all
that takes it back is more than it."""
NOT_A_MIRROR = f"""EXISTS (
  SELECT 1 FROM ledger_transfer AS back
  LEFT JOIN ledger_transfer AS sold ON sold.id = back.reverses_id
  WHERE back.event_id = NEW.id AND back.reverses_id IS NOT NULL
    AND {NOT_A_MIRROR_ROW.format(event="NEW")}
)"""

# Event, transfer, debit and credit account of everything that may be recorded. Among others it
# keeps what producers declare apart from what was paid here.
_ALLOWED = ", ".join(
    f"('{event}', '{kind}', '{debit}', '{credit}')"
    for event, kinds in MADE_OF.items()
    for kind in kinds
    for debit, credit in SIDES[kind]
)
MIXED_ROW = f"""(
  ({{event}}.kind, t.kind, debit.kind, credit.kind) NOT IN (VALUES {_ALLOWED})
  OR coalesce(debit.producer_id, credit.producer_id) <> coalesce(t.producer_id, 0)
)"""
"""Of a transfer with its accounts: its kinds do not go together, or it is another producer's."""
MIXED = f"""EXISTS (
  SELECT 1 FROM ledger_transfer AS t
  JOIN ledger_account AS debit ON debit.id = t.debit_id
  JOIN ledger_account AS credit ON credit.id = t.credit_id
  WHERE t.event_id = NEW.id AND {MIXED_ROW.format(event="NEW")}
)"""

# Income that a change of place takes from a village is the income that it gives to others.
UNEQUAL_MOVE = f"""
NEW.kind = '{EventKind.RECLASSIFICATION}' AND EXISTS (
  SELECT 1 FROM ledger_transfer AS t JOIN ledger_account AS a ON a.kind = 'gateway.clearing'
  WHERE t.event_id = NEW.id AND (t.debit_id = a.id OR t.credit_id = a.id)
  GROUP BY t.origin_id
  HAVING sum(CASE WHEN t.debit_id = a.id THEN t.amount_satang ELSE -t.amount_satang END) <> 0
)
"""

_FOLLOWS = ", ".join(f"'{kind} {first}'" for kind, first in FOLLOWS.items())
FOLLOWS_ANOTHER_ROW = f"""(
  {{event}}.kind || ' ' || first.kind NOT IN ({_FOLLOWS})
  OR {{event}}.order_number <> first.order_number OR {{event}}.channel <> first.channel
)"""
FOLLOWS_ANOTHER = f"""EXISTS (
  SELECT 1 FROM ledger_event AS first
  WHERE first.id = NEW.reverses_id AND {FOLLOWS_ANOTHER_ROW.format(event="NEW")}
)"""

CLOSED = "EXISTS (SELECT 1 FROM ledger_monthclose WHERE month >= {month_of_event})"
SEALED = "EXISTS (SELECT 1 FROM ledger_event WHERE id = NEW.event_id)"

SEALED_TEXT = "ledger: this event is sealed, no transfer may follow it"
INCOMPLETE_TEXT = "ledger: transfers of this event differ from its count, sum or day"
MIRROR_TEXT = "ledger: what is taken back must mirror what was recorded and may not exceed it"
FOLLOWS_TEXT = "ledger: an event of this kind does not follow one of that kind, or of another order"
MIXED_TEXT = "ledger: an event of this kind is not made of such transfers between such accounts"
MOVE_TEXT = "ledger: a change of place neither makes nor loses money"
CLOSED_TEXT = "ledger: this month is closed"
APART_TEXT = "ledger: a transfer belongs to the transaction of its event"
BY_HAND_TEXT = "ledger: roll-ups are written by postings and rebuilds only"

REFUSALS = (
    (INCOMPLETE, INCOMPLETE_TEXT),
    (NOT_A_MIRROR, MIRROR_TEXT),
    (FOLLOWS_ANOTHER, FOLLOWS_TEXT),
    (MIXED, MIXED_TEXT),
    (UNEQUAL_MOVE, MOVE_TEXT),
    (CLOSED, CLOSED_TEXT),
)
"""Conditions under which an event is refused, with what is said then."""
