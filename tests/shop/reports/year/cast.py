"""Who and what there is when the year begins: villages, makers, things, fees and registers."""

from datetime import date

from marketplace.producers.models import Producer
from marketplace.producers.services import record_disclosure
from marketplace.provenance.services import record_award
from marketplace.villages import services as villages
from marketplace.villages.models import Programme
from tests.factories import make_producer, make_product, make_village
from tests.shop.fees.rules import make_rule
from tests.shop.reports.year.splitting import FeeRule
from tests.shop.reports.year.story import Member, Story, Thing

PUI, MAE, SRI = "50010811", "50010812", "50010101"  # Chiang Mai
UBON, WARIN, BANG = "34010105", "34020101", "10010101"
QUIET = "90110101"  # never sells
REGISTER = {
    PUI: "บ้านดอยปุย",
    MAE: "บ้านแม่สา",
    SRI: "บ้านศรีภูมิ",
    UBON: "บ้านปะอาว",
    WARIN: "บ้านวาริน",
    BANG: "บ้านบุ",
    QUIET: "บ้านเงียบ",
}
REGIONS = {"50": "N", "34": "NE", "10": "C", "90": "S"}
RENAMED_LAST_DAY, MERGED_LAST_DAY = date(2026, 3, 31), date(2026, 6, 30)
TODAY = date(2026, 11, 22)
BUYERS = ("500108", "100101", "901101")
CHANNELS = ("stall", "fair", "hotel", "message")
RULES = (
    FeeRule("textile", percent=8, min_satang=1_500, vat_percent=7),
    FeeRule("food", fixed_satang=555, vat_percent=7),
    FeeRule("", percent=3, max_satang=3_000, passes_gateway_fee=True),
)


def begin(story: Story) -> None:
    """Villages, makers, things, fees, a route and two programmes."""
    for code, name in REGISTER.items():
        make_village(code, name)
    weavers, growers, potters, soapers, hosts = makers = [
        make_producer(make_village(code), f"กลุ่ม{word}")
        for code, word in (
            *((PUI, "ทอผ้าดอยปุย"), (MAE, "ข้าวแม่สา"), (UBON, "ทองเหลืองปะอาว")),
            *((BANG, "ขันลงหิน"), (WARIN, "บ้านพักวาริน")),
        )
    ]
    story.homes = {one.pk: one.home_village_id for one in makers}
    story.makers = dict(
        zip(("weavers", "growers", "potters", "soapers", "hosts"), makers, strict=True)
    )
    three = {UBON: 500_001, WARIN: 333_333, PUI: 166_666}
    add_thing(story, "silk", weavers, "1299.99", "textile", {PUI: 1_000_000}, "B", 5)
    add_thing(story, "scarf", weavers, "333.35", "textile", {PUI: 333_333, MAE: 666_667}, own=1_001)
    add_thing(story, "rice", growers, "45.25", "food", {MAE: 1_000_000}, "C", 3, site=777)
    add_thing(story, "bell", potters, "777.77", "household", three, "A", 4)
    add_thing(story, "bowl", potters, "120.20", "household", {UBON: 1_000_000}, own=550, site=333)
    add_thing(story, "soap", soapers, "89.95", "herbal", {BANG: 1_000_000}, "B")
    add_thing(story, "tea", soapers, "199", "beverage", {BANG: 1_000_000}, site=1)
    add_thing(story, "chili", hosts, "60.10", "food", {WARIN: 1_000_000}, own=7)
    add_thing(story, "stay", hosts, "1500", "household", {WARIN: 1_000_000}, income="stay")
    make_rule("ผ้า", 8, otop_type="textile", min_satang=1_500, vat_ppm=70_000)
    make_rule("อาหาร", 0, otop_type="food", fixed_satang=555, vat_ppm=70_000)
    make_rule("ทั่วไป", 3, max_satang=3_000, vat_ppm=0, passes_gateway_fee=True)
    for maker in (potters, soapers):
        record_disclosure(producer=maker, since=story.today, by=None)
    belong(story)


def add_thing(
    story: Story,
    key: str,
    maker: Producer,
    baht: str,
    otop_type: str,
    shares: dict[str, int],
    quadrant: str = "D",
    stars: int = 0,
    *,
    own: int = 0,
    site: int = 0,
    income: str = "goods",
) -> None:
    made = make_product(
        maker,
        price_baht=baht,
        stock=None,
        stock_kind="made_to_order",
        lead_days=3,
        title_th=f"ของ {key}",
        otop_type=otop_type,
        shares=shares,
        quadrant=quadrant,
        income_kind=income,
    )
    if stars:
        record_award(provenance=made, stars=stars, round_year_be=2567, by=None)
    values = {"type": otop_type, "quadrant": quadrant, "stars": str(stars), "income": income}
    story.things[key] = Thing(made, maker, shares, values, own, site)


def belong(story: Story) -> None:
    route = villages.register_route(code="bells", kind="community", name_th="ทางระฆัง")
    for place, code in enumerate((PUI, UBON), start=1):
        since = date(2025, 8, 1)
        villages.add_route_stop(
            route=route, village=make_village(code), position=place, since=since, by=None
        )
        story.members.append(Member(code, ("route", "bells"), since))
    for code, programme, since in (
        (UBON, "nawatwithi", date(2025, 8, 1)),
        (WARIN, "nawatwithi", date(2026, 1, 10)),
        (PUI, "champion", date(2025, 8, 1)),
    ):
        made = programme_of(programme)
        villages.join_programme(village=make_village(code), programme=made, since=since, by=None)
        story.members.append(Member(code, ("programme", programme), since))


def programme_of(code: str):
    found = Programme.objects.filter(pk=code).first()
    return found or villages.register_programme(code=code, name_th=code)
