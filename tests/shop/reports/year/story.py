"""A year of the market, done through the shop's own services, and noted down as it is done.

Money moves over real HTTP at the stand-in for Stripe. What the story does is in `plot.py`.
"""

import heapq
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from uuid import uuid4

from deploy.demo.stripe_standin.balance import transactions
from marketplace.core.worker import LONG_JOBS, run_ready_jobs
from marketplace.ledger.services import close_month, seal_events
from marketplace.producers.models import Producer
from marketplace.provenance.models import Provenance
from shop.bookkeeping.queries.payouts import payables
from shop.bookkeeping.services import corrections, payouts
from shop.parcels.services import pack_parcel, send_parcel
from shop.payments import services as payments
from shop.placing import services as placing
from shop.stall import services as stall
from shop.yearpacks import services as packs
from tests.factories import make_postcode, make_tambon, place_order
from tests.shop.reports.year import notes
from tests.shop.reports.year.counted import BANGKOK

_number = count(1)


@dataclass
class Thing:
    """A product, and what the story itself knows of it."""

    made: Provenance
    producer: Producer
    shares: dict[str, int]
    values: dict[str, str]
    own_discount_satang: int = 0  # off each line
    site_discount_satang: int = 0

    @property
    def product_id(self) -> int:
        return self.made.product_id


@dataclass
class Member:
    """A village on a route or in a programme, both days included."""

    village: str
    group: notes.Group
    since: date
    until: date = date.max


@dataclass
class Handle:
    """An order of the story, to do something to later."""

    order: object
    sold: notes.Sold
    things: dict[str, int]  # thing -> order line

    @property
    def number(self) -> str:
        return self.order.number

    @property
    def intent_id(self) -> str:
        return self.order.payment_attempts.get().intent_id


@dataclass
class Story:
    """The market's year: `now` turns, things happen, `told` fills."""

    standin: object
    clerks: tuple  # two people of finance
    now: datetime = datetime(2025, 8, 1, 2, tzinfo=UTC)
    told: list[notes.Told] = field(default_factory=list)
    things: dict[str, Thing] = field(default_factory=dict)
    members: list[Member] = field(default_factory=list)
    homes: dict[int, str] = field(default_factory=dict)
    gone: dict[str, date] = field(default_factory=dict)  # village -> last day
    handles: dict[str, Handle] = field(default_factory=dict)
    makers: dict[str, Producer] = field(default_factory=dict)
    disputes: dict[str, str] = field(default_factory=dict)
    _plans: list = field(default_factory=list)

    @property
    def today(self) -> date:
        return self.now.astimezone(BANGKOK).date()

    def at(self, moment: datetime, act: Callable) -> None:
        heapq.heappush(self._plans, (moment, next(_number), act))

    def live(self) -> None:
        """Do all that was planned, and what that plans, in order of time; seal each at once."""
        while self._plans:
            self.now, _place, act = heapq.heappop(self._plans)
            behind = self.now - datetime.now(UTC)
            self.standin.store.clock_offset_seconds = round(behind.total_seconds())
            act()
            seal_events()

    def groups_of(self, village: str, day: date) -> frozenset[notes.Group]:
        return frozenset(
            one.group
            for one in self.members
            if one.village == village and one.since <= day <= one.until
        )

    # --- Sales of this site ---

    def sell(self, wanted: Mapping[str, int], to: str, name: str = "", settle: bool = True):
        """Order and pay; the shop hears of the payment at once, or when `settle` is called."""
        make_postcode("50300", to)
        address = placing.DeliveryAddress("99 หมู่ 1", make_tambon(to).code, "50300")
        chosen = [(self.things[key].made, pieces) for key, pieces in wanted.items()]
        form = f"year-{next(_number)}"
        placement = place_order(*chosen, address=address, at=self.now, form_token=form)
        started = payments.start_payment(placement)
        paid = self.standin.pay(started.client_secret)
        assert paid["status"] == "succeeded"
        handle = self._noted(placement.order, to)
        self.handles[name or handle.number] = handle
        if settle:
            self.settle(handle)
        return handle

    def settle(self, handle: Handle) -> None:
        attempt = payments.settle_payment(handle.intent_id)
        assert attempt.state == "succeeded"
        self.told.append(handle.sold)
        payments.read_fee(attempt)
        [entry] = [
            one for one in transactions(self.standin.store) if one["source"] == attempt.charge_id
        ]
        paid_at = handle.sold.happened_at
        self.told.append(notes.FeeKept(paid_at, handle.number, entry["fee"]))

    def _noted(self, order, to: str) -> Handle:
        things = {self.things[key].product_id: key for key in self.things}
        rows = {things[row.product_id]: row for row in order.lines.order_by("pk")}
        parcels = list(order.parcels.order_by("pk"))
        sold = notes.Sold(
            self.now,
            order.number,
            tuple(self._line(self.things[key], row) for key, row in rows.items()),
            {one.producer_id: (self.homes[one.producer_id], one.fee_satang) for one in parcels},
            to[:2] if parcels else "",
        )
        return Handle(order, sold, {key: row.pk for key, row in rows.items()})

    def _line(self, thing: Thing, row) -> notes.Line:
        return notes.Line(
            row.pk,
            thing.producer.pk,
            row.quantity,
            int(row.line_price_incl_tax * 100),
            **self._of(thing),
            own_discount_satang=thing.own_discount_satang,
            site_discount_satang=thing.site_discount_satang,
        )

    def _of(self, thing: Thing, channel: str = "", day: date | None = None) -> dict:
        shares = dict(sorted(thing.shares.items()))
        groups = {village: self.groups_of(village, day or self.today) for village in shares}
        values = {**thing.values, "channel": channel}
        return {"shares": shares, "groups": groups, "values": values}

    def send(self, handle: Handle, producer: Producer) -> None:
        parcel = handle.order.parcels.get(producer=producer)
        pack_parcel(parcel=parcel, by=None)
        send_parcel(
            parcel=parcel, carrier="thailand-post", tracking_number="EF582568151TH", by=None
        )

    def refund(self, handle: Handle, part: Decimal, thing: str = "", sending: bool = False):
        """Give back a part of what is left of a line, of all lines without one."""
        left = payments.refundable(handle.order)
        lines = [handle.things[thing]] if thing else list(left.lines)
        given = {line: int(left.lines[line] * part) for line in lines}
        given = {line: satang for line, satang in given.items() if satang}
        fees = {one: satang for one, satang in left.delivery.items() if sending and satang}
        if given or fees:
            payments.refund_lines(
                handle.order, lines=given, delivery=fees, by=self.clerks[0], reason="แตก"
            )
            self.told.append(notes.GivenBack(self.now, handle.number, given, fees))

    def dispute(self, handle: Handle) -> str:
        made = self.standin.open_dispute(handle.intent_id)
        payments.settle_dispute(made["id"])
        return made["id"]

    def end_dispute(self, handle: Handle, dispute: str, unsent: tuple = (), *, is_won: bool):
        self.standin.end_dispute(dispute, is_won=is_won)
        settled = payments.settle_dispute(dispute)
        if not is_won:
            whose = frozenset(producer.pk for producer in unsent)
            amount = settled.amount_satang
            self.told.append(notes.DisputeLost(self.now, handle.number, amount, whose))

    # --- Books ---

    def move(self, handle: Handle, thing: str, here: str, there: str) -> None:
        line = handle.things[thing]
        draft = corrections.draft_change_of_place(
            order_number=handle.number,
            line_id=line,
            from_village_code=here,
            to_village_code=there,
            reason="ทอที่หมู่บ้านอื่น",
        )
        self._agree(draft)
        self.told.append(notes.Moved(self.now, handle.number, line, here, there))

    def adjust(self, producer: Producer, satang: int) -> None:
        draft = corrections.draft_adjustment(
            producer=producer, amount_satang=satang, village_code="", reason="ชดเชยค่าส่ง"
        )
        self._agree(draft)
        home = self.homes[producer.pk]
        self.told.append(notes.Adjusted(self.now, producer.pk, home, satang))

    def _agree(self, draft) -> None:
        one, another = self.clerks
        made = corrections.propose(draft, form_token=uuid4(), by=one)
        corrections.agree(made, by=another)

    def pay_out(self):
        one, another = self.clerks
        owed = {row.producer.pk for row in payables()}
        made = payouts.prepare_list(producer_ids=owed, form_token=uuid4(), by=one)
        payouts.agree_to_list(made, by=another)
        payouts.hand_over(made, handed_on=self.today, by=one)
        homes = {producer: self.homes[producer] for producer in sorted(owed)}
        self.told.append(notes.PaidOut(self.now, homes))
        return made

    def come_back(self, made, producer: Producer) -> None:
        line = made.lines.get(producer=producer)
        payouts.return_payment(line, reason="บัญชีปิด", by=self.clerks[0])
        self.told.append(notes.Returned(self.now, producer.pk))

    def close(self, month: date) -> None:
        close_month(month, by=self.clerks[0])
        self.told.append(notes.Closed(self.now, month))

    def sign_year(self, fiscal_year_be: int, why_again: str = "") -> None:
        """The pack of a year, made by one and signed by another; an amendment where told why."""
        one, another = self.clerks
        if why_again:
            draft = packs.start_amendment(fiscal_year_be, reason=why_again, by=one)
        else:
            draft = packs.start_pack(fiscal_year_be, by=one)
        run_ready_jobs(which=LONG_JOBS)
        draft.refresh_from_db()
        packs.sign(draft, sha256=draft.sha256, by=another)
        self.told.append(notes.Signed(self.now))

    # --- Sold elsewhere ---

    def declare(self, key: str, satang: int, channel: str, pieces: int, sold_on: date):
        thing = self.things[key]
        number = f"declared-{next(_number)}"
        sale = stall.declare_sale(
            producer=thing.producer,
            product=thing.made.product,
            form_token=number,
            by=None,
            quantity=pieces,
            amount_satang=satang,
            channel=channel,
            sold_on=sold_on,
        ).sale
        noon = datetime.combine(sold_on, datetime.min.time(), BANGKOK).replace(hour=12)
        of = self._of(thing, channel, sold_on)
        line = notes.Line(0, thing.producer.pk, pieces, satang, **of)
        self.told.append(notes.Declared(noon, number, line))
        return sale, number

    def take_back(self, sale, number: str) -> None:
        stall.take_back(sale=sale, by=None, reason="จดผิด")
        self.told.append(notes.TakenBack(self.now, number))
