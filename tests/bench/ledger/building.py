"""Five years of a country's ledger: the programme's villages, as many transfers as asked.

Made by SQL with the triggers off, as only the owner of a database can, and proved by `ledger
verify` like any other. Villages are as unequal as real ones: the square of a random number decides.
A month is written after the other, since rows of a real ledger lie on the disk as time went by.
"""

import time
from calendar import monthrange
from datetime import date

from django.core.management import call_command
from django.db import connection
from oscar.apps.partner.models import Partner

from marketplace.core import thai
from marketplace.ledger import guards, rollup
from marketplace.producers.models import Producer
from marketplace.villages.models import Village

VILLAGES = 3_273
PRODUCERS_A_VILLAGE = 2
MONTHS = [date(year, month, 1) for year in range(2021, 2027) for month in range(1, 13)][9:69]
TRANSFERS_AN_ORDER = 5.2

# As `time_ordered_id` makes them.
_ID = """(
  lpad(to_hex((extract(epoch FROM {day}) * 1000)::bigint), 12, '0')
  || '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid"""

_VILLAGES = f"""
CREATE TEMP TABLE chosen AS
SELECT row_number() OVER () - 1 AS n, code FROM (
  SELECT code || '01' AS code FROM places_tambon ORDER BY md5(code) LIMIT 2644) a
UNION ALL
SELECT 2643 + row_number() OVER (), code FROM (
  SELECT code || '02' AS code FROM places_tambon ORDER BY md5(code) LIMIT {VILLAGES - 2644}) b
"""

_SALES = f"""
CREATE TEMP TABLE sale AS
SELECT n, {_ID.format(day="day")} AS id, day,
       lpad((floor(random() * 77))::text, 2, '0') AS buyer, random() < 0.85 AS is_sent,
       random() < 0.04 AS is_refunded
FROM (
  SELECT n, date '{{month}}' + floor(random() * {{days}})::int AS day
  FROM generate_series({{first}}, {{last}}) AS n
) days
"""
_SHARES = """
CREATE TEMP TABLE share AS
SELECT s.n, s.id AS event_id, s.day, s.is_sent, s.is_refunded, s.buyer,
       nextval('provenance_lineorigin_id_seq') AS origin_id, m.producer_id, m.village,
       (1000 + floor(random() * random() * 200000))::bigint AS satang,
       CASE WHEN random() < 0.9 THEN m.otop ELSE 'household' END AS otop_type,
       CASE WHEN random() < 0.85 THEN 'D' ELSE 'B' END AS quadrant,
       CASE WHEN random() < 0.7 THEN 0 ELSE 3 + floor(random() * 3)::int END AS stars
FROM (
  SELECT one.*, floor(pow(random(), 2) * {makers})::int AS pick
  FROM (SELECT *, CASE WHEN random() < 0.85 THEN 1 ELSE 2 END AS lines FROM sale) one
  CROSS JOIN LATERAL generate_series(1, one.lines)
) s
JOIN maker m ON m.n = s.pick
"""
_ORIGINS = """
INSERT INTO provenance_lineorigin (id, line_id, share_number, producer_id, product_id, title_th,
  village_code, village_name_th, village_name_en, tambon_code, amphoe_code, province_code,
  income_kind, otop_type, quadrant, stars, share_ppm, quantity, amount_satang, fee_satang,
  fee_vat_satang, passes_gateway_fee, buyer_province_code)
SELECT origin_id, origin_id, 1, producer_id, 1, 'ผ้าไหม', village, 'บ้าน', '', left(village, 6),
  left(village, 4), left(village, 2), 'goods', otop_type, quadrant, stars, 1000000, 1, satang,
  satang * 3 / 100, satang * 3 / 100 * 7 / 100, false,
  CASE WHEN is_sent THEN buyer ELSE '' END
FROM share
"""
_GROUPS = """
INSERT INTO provenance_origingroup (origin_id, kind, code)
SELECT origin_id, 'programme', 'nawatwithi' FROM share WHERE hashtext(village) % 10 < 7
UNION ALL
SELECT origin_id, 'route', 'route-' || abs(hashtext(left(village, 4))) % 40 FROM share
WHERE hashtext(village) % 5 = 0
"""
_TRANSFERS = """
INSERT INTO ledger_transfer (event_id, number, day, kind, debit_id, credit_id, amount_satang,
  village_code, producer_id, origin_id, line_id, posted_in, units_ppm, first_of)
SELECT event_id, row_number() OVER (PARTITION BY event_id), day, kind, debit, credit, satang,
  village, producer_id, origin_id, origin_id, 0, CASE WHEN kind = 'sale' THEN 1000000 ELSE 0 END,
  CASE WHEN kind <> 'sale' THEN 0 ELSE {first_of} END
FROM (SELECT parts.*, p.region FROM (
  SELECT event_id, day, 'sale' AS kind, {clearing} AS debit, m.payable AS credit, satang,
    s.village, s.producer_id, origin_id FROM share s JOIN maker m USING (producer_id)
  UNION ALL
  SELECT event_id, day, 'fee', m.payable, {fee}, satang * 3 / 100, s.village, s.producer_id,
    origin_id FROM share s JOIN maker m USING (producer_id)
  UNION ALL
  SELECT event_id, day, 'fee-vat', m.payable, {vat}, satang * 3 / 100 * 7 / 100,
    s.village, s.producer_id, origin_id FROM share s JOIN maker m USING (producer_id)
  UNION ALL
  SELECT DISTINCT ON (event_id, s.producer_id) event_id, day, 'delivery', {clearing}, m.delivery,
    4000, s.village, s.producer_id, NULL::bigint FROM share s JOIN maker m USING (producer_id)
  WHERE is_sent
) parts JOIN places_province p ON p.code = left(village, 2) WHERE satang > 0) parts
"""
_FIRST_OF = " + ".join(
    f"CASE WHEN row_number() OVER (PARTITION BY event_id, kind, {place}) = 1 THEN {bit} ELSE 0 END"
    for bit, place in {
        1: "1",
        2: "region",
        4: "left(village, 2)",
        8: "left(village, 4)",
        16: "left(village, 6)",
        32: "village",
        64: "village, producer_id",
    }.items()
)
_EVENTS = """
INSERT INTO ledger_event (id, idempotency_key, input_hash, kind, channel, order_number,
  provider_reference, occurred_at, day, transfer_count, total_satang, reason, recorded_at,
  posted_in)
SELECT s.id, 'sale:pi_' || s.n, 'x', 'sale', '', s.n::text, 'pi_' || s.n,
  s.day + interval '5 hours', s.day, t.transfers, t.satang, '', s.day + interval '5 hours', 0
FROM sale s JOIN (
  SELECT event_id, count(*) AS transfers, sum(amount_satang) AS satang FROM ledger_transfer
  WHERE id > {before} GROUP BY event_id) t ON t.event_id = s.id
"""
_GATEWAY_FEES = f"""
WITH fee AS (
  SELECT {_ID.format(day="s.day")} AS id, s.n, s.day, h.village, h.producer_id, h.origin_id,
    greatest(1, h.satang * 365 / 10000) AS satang
  FROM sale s JOIN LATERAL (SELECT * FROM share WHERE share.n = s.n LIMIT 1) h ON true
), moved AS (
  INSERT INTO ledger_transfer (event_id, number, day, kind, debit_id, credit_id, amount_satang,
    village_code, producer_id, origin_id, line_id, posted_in)
  SELECT id, 1, day, 'gateway-fee', {{fees}}, {{clearing}}, satang, village, producer_id, origin_id,
    origin_id, 0 FROM fee
)
INSERT INTO ledger_event (id, idempotency_key, input_hash, kind, channel, order_number,
  provider_reference, occurred_at, day, transfer_count, total_satang, reason, recorded_at,
  posted_in)
SELECT id, 'gateway-fee:txn_' || n, 'x', 'gateway-fee', '', n::text, 'txn_' || n,
  day + interval '6 hours', day, 1, satang, '', day + interval '6 hours', 0 FROM fee
"""
_REFUNDS = f"""
WITH back AS (
  SELECT {_ID.format(day="s.day + 9")} AS id, s.n, s.id AS sold_in, s.day + 9 AS day
  FROM sale s WHERE s.is_refunded AND s.day + 9 < date '2026-10-01'
), moved AS (
  INSERT INTO ledger_transfer (event_id, number, day, kind, debit_id, credit_id, amount_satang,
    village_code, producer_id, origin_id, line_id, reverses_id, posted_in)
  SELECT b.id, t.number, b.day, CASE t.kind WHEN 'sale' THEN 'refund' WHEN 'delivery' THEN
    'delivery-refund' ELSE t.kind || '-back' END, t.credit_id, t.debit_id, t.amount_satang,
    t.village_code, t.producer_id, t.origin_id, t.line_id, t.id, 0
  FROM back b JOIN ledger_transfer t ON t.event_id = b.sold_in AND t.id > {{before}}
  RETURNING event_id, amount_satang
)
INSERT INTO ledger_event (id, idempotency_key, input_hash, kind, channel, order_number,
  provider_reference, occurred_at, day, transfer_count, total_satang, reason, recorded_at,
  posted_in, reverses_id)
SELECT b.id, 'refund:re_' || b.n, 'x', 'refund', '', b.n::text, 're_' || b.n,
  b.day + interval '5 hours', b.day, m.transfers, m.satang, '', b.day + interval '5 hours', 0,
  b.sold_in
FROM back b JOIN (SELECT event_id, count(*) AS transfers, sum(amount_satang) AS satang
  FROM moved GROUP BY event_id) m ON m.event_id = b.id
"""


def build(transfers: int, say=print) -> None:
    """Fill the empty, migrated database of this process with so many transfers."""
    began = time.monotonic()
    call_command("import_places", verbosity=0)
    _make_villages()
    accounts = _make_accounts()
    say(f"places, villages, producers: {time.monotonic() - began:.0f} s")
    orders = round(transfers / TRANSFERS_AN_ORDER)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("SELECT setseed(0.5)")
        indexes = _drop_indexes(cursor)
        for n, month in enumerate(MONTHS):
            first, last = orders * n // len(MONTHS) + 1, orders * (n + 1) // len(MONTHS)
            _orders(cursor, month, first, last, accounts)
        say(f"{orders} orders: {time.monotonic() - began:.0f} s")
        for sql in indexes:
            cursor.execute(sql)
        cursor.execute("ANALYZE")
        say(f"indexed: {time.monotonic() - began:.0f} s")
        _roll_up(cursor)
        say(f"rolled up: {time.monotonic() - began:.0f} s")
        cursor.execute("SET session_replication_role = origin")
    guards.install(connection)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    say(f"built in {time.monotonic() - began:.0f} s")


def _make_villages() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_VILLAGES)
        cursor.execute("SELECT n, code FROM chosen ORDER BY n")
        codes = [code for _n, code in cursor.fetchall()]
    since = thai.today()
    Village.objects.bulk_create(
        [
            Village(code=code, tambon_id=code[:6], name_th=f"บ้าน {code}", status_since=since)
            for code in codes
        ],
        batch_size=500,
    )
    partners = [
        Partner(name=f"กลุ่ม {n}", code=f"bench-{n}") for n in range(len(codes) * PRODUCERS_A_VILLAGE)
    ]
    Partner.objects.bulk_create(partners, batch_size=500)
    Producer.objects.bulk_create(
        [
            Producer(
                partner=partner,
                home_village_id=codes[n % len(codes)],
                name_th=partner.name,
                kind=Producer.Kind.COMMUNITY_GROUP,
                status=Producer.Status.ACTIVE,
                slug=partner.code,
            )
            for n, partner in enumerate(partners)
        ],
        batch_size=500,
    )


def _make_accounts() -> dict[str, int]:
    kinds = {"clearing": "gateway.clearing", "fee": "platform.fee", "vat": "fee.vat"}
    kinds["fees"] = "gateway.fees"
    with connection.cursor() as cursor:
        found = {}
        for word, kind in kinds.items():
            cursor.execute(
                "INSERT INTO ledger_account (code, kind, currency) VALUES (%s, %s, 'THB')"
                " RETURNING id",
                [kind, kind],
            )
            found[word] = cursor.fetchone()[0]
        for kind in ("producer.payable", "delivery.payable"):
            cursor.execute(
                "INSERT INTO ledger_account (code, kind, currency, producer_id)"
                f" SELECT '{kind}:' || id, '{kind}', 'THB', id FROM producers_producer"
            )
        cursor.execute(
            "CREATE TEMP TABLE maker AS SELECT row_number() OVER (ORDER BY md5(p.id::text)) - 1"
            " AS n, p.id AS producer_id, p.home_village_id AS village, a.id AS payable,"
            " d.id AS delivery, (ARRAY['food', 'beverage', 'textile', 'household', 'herbal'])"
            "[1 + p.id % 5] AS otop FROM producers_producer p"
            " JOIN ledger_account a ON a.producer_id = p.id AND a.kind = 'producer.payable'"
            " JOIN ledger_account d ON d.producer_id = p.id AND d.kind = 'delivery.payable'"
        )
        cursor.execute("ANALYZE maker")
    return found


def _orders(cursor, month: date, first: int, last: int, accounts: dict[str, int]) -> None:
    makers, days = VILLAGES * PRODUCERS_A_VILLAGE, monthrange(month.year, month.month)[1]
    cursor.execute("DROP TABLE IF EXISTS sale, share")
    cursor.execute(_SALES.format(month=month, days=days, first=first, last=last))
    cursor.execute(_SHARES.format(makers=makers))
    cursor.execute("CREATE INDEX ON share (n)")
    cursor.execute("ANALYZE sale; ANALYZE share")
    cursor.execute("SELECT coalesce(max(id), 0) FROM ledger_transfer")
    before = cursor.fetchone()[0]
    for sql in (_ORIGINS, _GROUPS, _TRANSFERS, _EVENTS, _GATEWAY_FEES, _REFUNDS):
        cursor.execute(sql.format(**accounts, first_of=_FIRST_OF, before=before))


_FILLED = "('ledger_transfer', 'ledger_event', 'provenance_lineorigin', 'provenance_origingroup')"
_CONSTRAINTS = f"""
SELECT format('ALTER TABLE %I DROP CONSTRAINT %I', relname, conname),
       format('ALTER TABLE %I ADD CONSTRAINT %I %s', relname, conname, pg_get_constraintdef(c.oid))
       || CASE WHEN contype = 'u' THEN '' ELSE ' NOT VALID' END
FROM pg_constraint c JOIN pg_class t ON t.oid = conrelid
WHERE relname IN {_FILLED} AND contype IN ('u', 'f', 'c')
"""
_INDEXES = f"""
SELECT format('DROP INDEX %I', indexname), indexdef FROM pg_indexes
WHERE tablename IN {_FILLED} AND indexname NOT LIKE '%%_pkey'
"""


def _drop_indexes(cursor) -> list[str]:
    """Drop what slows down filling, and return the statements that bring it back."""
    again = []
    for question in (_CONSTRAINTS, _INDEXES):
        cursor.execute(question.replace("%%", "%"))
        for drop, make in cursor.fetchall():
            cursor.execute(drop)
            again.insert(0, make)
    return again


def _roll_up(cursor) -> None:
    for table in rollup.ROLL_UPS:
        for sql in table.adding("", "postgresql"):
            cursor.execute(sql)
