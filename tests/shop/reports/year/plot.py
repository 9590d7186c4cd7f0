"""What happens in the year: a village renamed, one merged, makers moved, and what goes wrong.

The fiscal year 2569 whole (October 2025 to September 2026), with two months before and after it.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

from marketplace.places.models import Succession
from marketplace.places.services import rename_area
from marketplace.producers.services import move_producer, record_disclosure
from marketplace.provenance.services import set_village_shares
from marketplace.villages import services as villages
from marketplace.villages.models import Route, Village
from tests.factories import make_village
from tests.shop.reports.year.cast import (
    BUYERS,
    CHANNELS,
    MAE,
    MERGED_LAST_DAY,
    PUI,
    RENAMED_LAST_DAY,
    SRI,
    WARIN,
)
from tests.shop.reports.year.story import Story

HALF, ALL = Decimal("0.5"), Decimal(1)


def moment(year: int, month: int, day: int, hour: int = 5, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def end_stop(story: Story, code: str, last_day: date) -> None:
    route = Route.objects.get(pk="bells")
    villages.end_route_stop(route=route, village=make_village(code), last_day=last_day, by=None)
    for one in story.members:
        if (one.village, one.group) == (code, ("route", "bells")):
            one.until = last_day


def rename(story: Story) -> None:
    villages.rename_village(
        village=make_village(PUI),
        name_th="บ้านม้งดอยปุย",
        name_en="",
        by=None,
        last_day=RENAMED_LAST_DAY,
    )
    rename_area(code="500108", name_th="สุเทพใหม่", name_en="", last_day=RENAMED_LAST_DAY, by=None)


def go_on_with(story: Story, key: str, shares: dict[str, int]) -> None:
    """Sales from now on count for these villages."""
    thing = story.things[key]
    set_village_shares(provenance=thing.made, shares=shares, by=None)
    thing.shares = shares


def move(story: Story, whose: str, to: str) -> None:
    maker = story.makers[whose]
    move_producer(producer=maker, village=make_village(to), by=None)
    story.homes[maker.pk] = to


def weavers_go_to_town(story: Story) -> None:
    move(story, "weavers", SRI)
    go_on_with(story, "silk", {SRI: 1_000_000})


def merge_mae_into_pui(story: Story) -> None:
    """As the register of places tells it: an end, and who took the ground."""
    mae = Village.objects.get(pk=MAE)
    villages.set_village_status(village=mae, status="closed", reason="รวมหมู่บ้าน", by=None)
    Village.objects.filter(pk=MAE).update(valid_until=MERGED_LAST_DAY)
    Succession.objects.create(old_code=MAE, new_code=PUI, basis="notice")
    story.gone[MAE] = MERGED_LAST_DAY
    move(story, "growers", PUI)
    go_on_with(story, "rice", {PUI: 1_000_000})
    go_on_with(story, "scarf", {PUI: 333_333, SRI: 666_667})


# --- What happens by chance ----------------------------------------------------------------------


def everyday(story: Story, random: Random) -> None:
    """Three orders a month, some of them given back in part or whole, and sales elsewhere."""
    for month in range(8, 8 + 16):
        year, month = 2025 + (month - 1) // 12, (month - 1) % 12 + 1
        for _ in range(3):
            hour, minute = random.choice([(1, 0), (5, 30), (16, 55), (17, 5)])
            day = random.randint(10, 19) if (year, month) == (2026, 11) else random.randint(1, 28)
            story.at(moment(year, month, day, hour, minute), lambda: buy(story, random))
        story.at(moment(year, month, random.randint(15, 20)), lambda: tell(story, random))


def buy(story: Story, random: Random) -> None:
    keys = random.sample(sorted(story.things), random.randint(1, 3))
    handle = story.sell({key: random.randint(1, 3) for key in keys}, random.choice(BUYERS))
    if random.random() < 0.4:
        part = random.choice([Decimal("0.137"), HALF, ALL])
        thing, sending = random.choice(["", keys[0]]), random.random() < 0.5
        later = min(story.now + timedelta(days=random.randint(0, 70)), moment(2026, 11, 20))
        story.at(max(later, story.now), lambda: story.refund(handle, part, thing, sending))


def tell(story: Story, random: Random) -> None:
    key, channel = random.choice(sorted(story.things)), random.choice(CHANNELS)
    sold_on = story.today - timedelta(days=random.randint(0, 5))
    sale = story.declare(key, random.randint(1_000, 99_999), channel, random.randint(1, 9), sold_on)
    if random.random() < 0.3:
        later = min(story.now + timedelta(days=random.choice([1, 40])), moment(2026, 11, 20))
        story.at(max(later, story.now), lambda: story.take_back(*sale))


# --- What happens on its day ---------------------------------------------------------------------


def special_days(story: Story) -> None:
    """Each on its day: books are closed on the eighth, but for September of 2026."""
    after = [(2025, month) for month in (9, 10, 11, 12)] + [(2026, month) for month in range(1, 10)]
    for year, month in after:
        story.at(
            moment(year, month, 8, 4),
            lambda: story.close(story.today.replace(day=1) - timedelta(days=1)),
        )
    story.at(moment(2026, 10, 20, 4), lambda: story.close(date(2026, 9, 1)))
    story.at(moment(2026, 2, 10), lambda: agree(story, "weavers"))
    story.at(moment(2026, 3, 1), lambda: end_stop(story, PUI, date(2026, 2, 28)))
    story.at(moment(2026, 4, 1, 0), lambda: rename(story))
    story.at(moment(2026, 5, 14, 17, 30), lambda: weavers_go_to_town(story))
    story.at(moment(2026, 6, 30, 17, 10), lambda: merge_mae_into_pui(story))
    late_news(story)
    refunds_around_a_close(story)
    disputes(story)
    books(story)
    sign_the_year(story)


def sign_the_year(story: Story) -> None:
    """When its last month is closed; again for what became known of it until the end of October,
    and for what November brought."""
    story.at(moment(2026, 10, 24), lambda: story.move(story.handles["february"], "silk", PUI, SRI))
    story.at(moment(2026, 9, 10), lambda: declare_too_much(story))
    for when, why in (
        (moment(2026, 10, 22), ""),
        (moment(2026, 10, 26), "เงินเข้าช้า"),
        (moment(2026, 11, 21), "คืนเงินหลังสิ้นปี"),
    ):
        story.at(when, lambda why=why: story.sign_year(2569, why))


def declare_too_much(story: Story) -> None:
    sale = story.declare("bell", 43_210, "fair", 2, story.today)
    story.at(moment(2026, 11, 10), lambda: story.take_back(*sale))


def agree(story: Story, whose: str) -> None:
    record_disclosure(producer=story.makers[whose], since=story.today, by=None)


def late_news(story: Story) -> None:
    """Paid in a month that is closed when the shop hears of it; and in a year that is."""
    for paid, heard, name in (
        (moment(2025, 12, 30), moment(2026, 1, 9), "december"),
        (moment(2026, 9, 29), moment(2026, 10, 25), "september"),
    ):
        story.at(
            paid,
            lambda name=name: story.sell({"bell": 1, "tea": 2}, BUYERS[0], name, settle=False),
        )
        story.at(heard, lambda name=name: story.settle(story.handles[name]))


def refunds_around_a_close(story: Story) -> None:
    story.at(moment(2026, 2, 3), lambda: story.sell({"bell": 2, "silk": 1}, BUYERS[1], "february"))
    for when, thing, part in (
        (moment(2026, 2, 20), "bell", HALF),
        (moment(2026, 4, 15), "bell", Decimal("0.3")),
        (moment(2026, 10, 3), "bell", ALL),
        (moment(2026, 11, 3), "silk", ALL),
    ):
        story.at(
            when,
            lambda thing=thing, part=part: story.refund(
                story.handles["february"], part, thing, part == ALL
            ),
        )


def disputes(story: Story) -> None:
    """One lost by the makers that had sent nothing, one lost by the market, one won."""
    cast = ({"silk": 1, "bowl": 3}, ("weavers",), "lost"), ({"soap": 2}, ("soapers",), "market")
    for number, (wanted, sent, name) in enumerate((*cast, ({"tea": 1}, (), "won"))):
        begun = moment(2026, 1, 5 + number)
        story.at(begun, lambda w=wanted, n=name: story.sell(w, BUYERS[0], n))
        story.at(begun + timedelta(days=1), lambda s=sent, n=name: send_all(story, n, s))
        story.at(begun + timedelta(days=30), lambda n=name: open_dispute(story, n))
        story.at(begun + timedelta(days=70), lambda n=name: end_dispute(story, n))


def send_all(story: Story, name: str, senders: tuple[str, ...]) -> None:
    for whose in senders:
        story.send(story.handles[name], story.makers[whose])


def open_dispute(story: Story, name: str) -> None:
    story.disputes[name] = story.dispute(story.handles[name])


def end_dispute(story: Story, name: str) -> None:
    unsent = {"lost": (story.makers["potters"],)}.get(name, ())
    story.end_dispute(story.handles[name], story.disputes[name], unsent, is_won=name == "won")


def books(story: Story) -> None:
    """Corrections of place before and after a refund, adjustments, payouts, two that returned."""
    story.at(moment(2026, 3, 12), lambda: story.sell({"bell": 3, "scarf": 1}, BUYERS[2], "march"))
    march = lambda: story.handles["march"]  # noqa: E731
    story.at(moment(2026, 3, 20), lambda: story.refund(march(), Decimal("0.137"), "bell"))
    story.at(moment(2026, 6, 10), lambda: story.move(march(), "bell", WARIN, SRI))
    story.at(moment(2026, 6, 20), lambda: story.refund(march(), Decimal("0.41"), "bell"))
    story.at(moment(2026, 7, 2), lambda: story.move(march(), "scarf", MAE, PUI))
    story.at(moment(2026, 10, 4), lambda: story.refund(march(), ALL, "scarf"))
    story.at(moment(2026, 4, 2), lambda: story.adjust(story.makers["hosts"], 12_345))
    story.at(moment(2026, 8, 2), lambda: story.adjust(story.makers["weavers"], -999))
    story.at(moment(2026, 4, 10), lambda: pay_out(story, "potters", moment(2026, 4, 21)))
    story.at(moment(2026, 7, 12), lambda: pay_out(story, "weavers", moment(2026, 10, 2)))


def pay_out(story: Story, who_gets_nothing: str, back_at: datetime) -> None:
    made = story.pay_out()
    story.at(back_at, lambda: story.come_back(made, story.makers[who_gets_nothing]))
