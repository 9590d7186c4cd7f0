"""Composes the six hundred demo products from producers and archetypes.

The same seed and day always give the same products.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from deploy.demo.vocabulary.batches import BATCH_NOTE, BATCH_TITLES, SEASONS
from deploy.demo.vocabulary.certificates import make_certificate
from deploy.demo.vocabulary.crafts import ARCHETYPE_BY_KEY
from deploy.demo.vocabulary.places import REGION_BY_VILLAGE_CODE, VILLAGE_BY_CODE
from deploy.demo.vocabulary.producers import PRODUCERS
from deploy.demo.vocabulary.shapes import (
    Archetype,
    CertificatePlan,
    Choice,
    OptionPlan,
    ProducerPlan,
    ProductPlan,
    StockPlan,
    Variant,
)
from deploy.demo.vocabulary.variant_prices import VARIANT_PRICES, WITHOUT_CHOICES

PRODUCT_COUNT = 600
MOST_PER_PRODUCER = 15
AWARD_YEARS_BE = (2562, 2565, 2567)
DEFAULT_SEED = 2576
DEFAULT_DAY = date(2026, 11, 1)


@dataclass(frozen=True)
class _Idea:
    """What one producer could list: an archetype in a variant, or as a batch of pieces."""

    producer: ProducerPlan
    archetype: Archetype
    variant: Variant
    is_batch: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return self.archetype.key, self.variant.en


def compose_products(seed: int = DEFAULT_SEED, as_of: date = DEFAULT_DAY) -> list[ProductPlan]:
    """Six hundred product plans, 1 to 15 a producer; certificates are dated around `as_of`."""
    random = Random(seed)
    ideas = _choose_ideas(random)
    titles: set[str] = set()
    return [
        _plan(number, idea, random, as_of, titles) for number, idea in enumerate(ideas, start=1)
    ]


def _choose_ideas(random: Random) -> list[_Idea]:
    pools = {p.key: _ideas_of(p, random) for p in PRODUCERS}
    taken: set[tuple[str, tuple[str, str]]] = set()
    for producer in PRODUCERS:
        pools[producer.key] = list(_not_in_village(pools[producer.key], taken))
    counts = _share_out(random, {key: len(pool) for key, pool in pools.items()})
    return [idea for p in PRODUCERS for idea in pools[p.key][: counts[p.key]]]


def _ideas_of(producer: ProducerPlan, random: Random) -> list[_Idea]:
    """All ideas of a producer, its archetypes in turn, batches first."""
    region = REGION_BY_VILLAGE_CODE[producer.village_code]
    columns = []
    for key in producer.makes:
        archetype = ARCHETYPE_BY_KEY[key]
        variants = [v for v in archetype.variants if not v.regions or region in v.regions]
        random.shuffle(variants)
        column = [_Idea(producer, archetype, variant) for variant in variants]
        if key in BATCH_TITLES:
            column.insert(0, _batch_idea(producer, archetype, random))
        columns.append(column)
    longest = max(map(len, columns))
    return [c[row] for row in range(longest) for c in columns if row < len(c)][:MOST_PER_PRODUCER]


def _batch_idea(producer: ProducerPlan, archetype: Archetype, random: Random) -> _Idea:
    season_th, season_en = random.choice(SEASONS)
    variant = Variant(season_th, season_en, *BATCH_NOTE)
    return _Idea(producer, archetype, variant, is_batch=True)


def _not_in_village(
    ideas: Iterable[_Idea], taken: set[tuple[str, tuple[str, str]]]
) -> Iterator[_Idea]:
    """Leave out what a neighbour already lists, so that titles tell products apart."""
    for idea in ideas:
        mark = idea.producer.village_code, idea.key
        if mark not in taken:
            taken.add(mark)
            yield idea


def _share_out(random: Random, capacities: dict[str, int]) -> dict[str, int]:
    """Give everyone one product, then hand out the rest unevenly."""
    eagerness = {key: random.paretovariate(1.6) for key in capacities}
    counts = dict.fromkeys(capacities, 1)
    for _ in range(PRODUCT_COUNT - len(capacities)):
        open_keys = [key for key in capacities if counts[key] < capacities[key]]
        key = random.choices(open_keys, [eagerness[k] for k in open_keys])[0]
        counts[key] += 1
    return counts


def _plan(number: int, idea: _Idea, random: Random, as_of: date, titles: set[str]) -> ProductPlan:
    archetype = idea.archetype
    title_th, title_en = _titles(idea, titles)
    description_th, description_en = _descriptions(idea)
    price_baht, weight_grams = _price_and_weight(idea, random, number)
    stock = _stock(idea, random)
    axes, options = _options(idea, random, price_baht, weight_grams, stock)
    quadrant = _quadrant(idea, random)
    stars = _stars(quadrant, random)
    return ProductPlan(
        number=number,
        producer_key=idea.producer.key,
        village_code=idea.producer.village_code,
        archetype=archetype.key,
        otop_type=archetype.otop_type,
        category_slug=archetype.category,
        title_th=title_th,
        title_en=title_en,
        description_th=description_th,
        description_en=description_en,
        materials_th=archetype.materials_th,
        materials_en=archetype.materials_en,
        technique_th=archetype.technique_th,
        technique_en=archetype.technique_en,
        care_th=archetype.care_th,
        care_en=archetype.care_en,
        price_baht=min([o.price_baht for o in options], default=price_baht),
        weight_grams=weight_grams,
        quadrant=quadrant,
        stars=stars,
        award_year_be=random.choice(AWARD_YEARS_BE) if stars else None,
        certificates=_certificates(idea, quadrant, random, as_of),
        stock=_stock_of_parent(stock, options),
        option_axes=axes,
        options=options,
        picture_keys=_pictures(number, idea, random),
    )


def _titles(idea: _Idea, titles: set[str]) -> tuple[str, str]:
    """Thai and English title; a title already in use gets the name of its village."""
    if idea.is_batch:
        pattern_th, pattern_en = BATCH_TITLES[idea.archetype.key]
        title_th, title_en = (
            pattern_th.format(s=idea.variant.th),
            pattern_en.format(s=idea.variant.en),
        )
    else:
        title_th = idea.archetype.title_th.format(v=idea.variant.th)
        title_en = idea.archetype.title_en.format(v=idea.variant.en)
    title_en = title_en[0].upper() + title_en[1:]
    if title_th in titles or title_en in titles:
        village = VILLAGE_BY_CODE[idea.producer.village_code]
        title_th, title_en = f"{title_th} {village.name_th}", f"{title_en}, {village.name_en}"
    titles.update((title_th, title_en))
    return title_th, title_en


def _descriptions(idea: _Idea) -> tuple[str, str]:
    producer, archetype, variant = idea.producer, idea.archetype, idea.variant
    village = VILLAGE_BY_CODE[producer.village_code]
    since_ce = producer.since_year_be - 543
    return (
        f"{archetype.text_th} {variant.note_th} "
        f"ทำที่{village.name_th}ตั้งแต่ พ.ศ. {producer.since_year_be}",
        f"{archetype.text_en} {variant.note_en} Made in {village.name_en} since {since_ce}.",
    )


def _price_and_weight(idea: _Idea, random: Random, number: int) -> tuple[Decimal, int]:
    low, high = idea.archetype.price_baht
    low, high, grams = VARIANT_PRICES.get(idea.key, (low, high, idea.archetype.weight_grams))
    price_baht = _round_price(random.triangular(low, high, low + (high - low) * 0.3))
    if number % 29 == 0 and price_baht < 200:
        price_baht -= Decimal("0.50")
    return price_baht, grams


def _round_price(baht: float) -> Decimal:
    """A price as shops write it: to 5 below 200, to 10 below 1,000, to 50 above."""
    step = 5 if baht < 200 else 10 if baht < 1000 else 50
    return Decimal(max(step, round(baht / step) * step))


def _scale_price(price_baht: Decimal, factor: str) -> Decimal:
    if Decimal(factor) == 1:
        return price_baht
    return _round_price(float(price_baht * Decimal(factor)))


def _scale_weight(weight_grams: int, factor: str) -> int:
    scaled = Decimal(weight_grams) * Decimal(factor)
    return int(scaled.quantize(Decimal(1), ROUND_HALF_UP))


def _stock(idea: _Idea, random: Random) -> StockPlan:
    archetype = idea.archetype
    if idea.is_batch or archetype.stock == "one_piece":
        return StockPlan("one_piece", 1)
    if archetype.stock == "made_to_order":
        return StockPlan("made_to_order", None, lead_days=archetype.days)
    if archetype.stock == "seasonal":
        return StockPlan("seasonal", random.randint(8, 90), months=archetype.months)
    if archetype.otop_type in ("textile", "household") and random.random() < 0.1:
        return StockPlan("made_to_order", None, lead_days=random.choice((7, 10, 14, 21)))
    count = 0 if random.random() < 0.05 else int(random.triangular(1, 120, 18))
    return StockPlan("in_stock", count)


def _stock_of_parent(stock: StockPlan, options: tuple[OptionPlan, ...]) -> StockPlan:
    """A parent shows what its options hold together."""
    if not options or stock.count is None:
        return stock
    total = sum(option.stock_count or 0 for option in options)
    return StockPlan(stock.kind, total, stock.lead_days, stock.months)


def _options(
    idea: _Idea, random: Random, price_baht: Decimal, weight_grams: int, stock: StockPlan
) -> tuple[tuple[str, ...], tuple[OptionPlan, ...]]:
    archetype = idea.archetype
    if idea.is_batch:
        return ("piece",), _pieces(archetype, random, price_baht, weight_grams)
    fits = archetype.choices and idea.key not in WITHOUT_CHOICES
    if not fits or random.random() > 0.42:
        return (), ()
    options = tuple(
        _choice(archetype.axis, choice, random, price_baht, weight_grams, stock)
        for choice in archetype.choices
    )
    return (archetype.axis,), options


def _choice(
    axis: str,
    choice: Choice,
    random: Random,
    price_baht: Decimal,
    weight_grams: int,
    stock: StockPlan,
) -> OptionPlan:
    return OptionPlan(
        values=((axis, choice.th, choice.en),),
        price_baht=_scale_price(price_baht, choice.price_factor),
        stock_count=None if stock.count is None else random.choice((0, 2, 4, 6, 9, 15, 24, 40)),
        weight_grams=_scale_weight(weight_grams, choice.weight_factor),
    )


def _pieces(
    archetype: Archetype, random: Random, price_baht: Decimal, weight_grams: int
) -> tuple[OptionPlan, ...]:
    pictures = list(archetype.piece_pictures)
    random.shuffle(pictures)
    return tuple(
        OptionPlan(
            values=(("piece", f"ผืนที่ {place}", f"Piece {place}"),),
            price_baht=_scale_price(price_baht, random.choice(("0.9", "1", "1.1", "1.2"))),
            stock_count=0 if random.random() < 0.15 else 1,
            weight_grams=weight_grams,
            picture_key=picture,
        )
        for place, picture in enumerate(pictures, start=1)
    )


def _quadrant(idea: _Idea, random: Random) -> str:
    """Mostly D and C; A wants volume, B wants slow hand work."""
    is_slow = idea.is_batch or idea.archetype.stock in ("one_piece", "made_to_order")
    is_large = idea.producer.vat_registered and not is_slow
    weights = (14 if is_large else 2, 26 if is_slow else 4, 32, 50)
    return random.choices("ABCD", weights)[0]


def _stars(quadrant: str, random: Random) -> int:
    weights = {
        "A": (5, 0, 0, 10, 35, 50),
        "B": (10, 0, 0, 20, 40, 30),
        "C": (40, 0, 5, 30, 20, 5),
        "D": (82, 4, 8, 6, 0, 0),
    }[quadrant]
    return random.choices(range(6), weights)[0]


def _certificates(
    idea: _Idea, quadrant: str, random: Random, as_of: date
) -> tuple[CertificatePlan, ...]:
    """Products of quadrant D hold no valid certificate, at most a lapsed or unchecked one."""
    possible = idea.archetype.certificates
    if not possible or (quadrant == "D" and random.random() > 0.15):
        return ()
    wanted = 1 if quadrant == "D" else random.randint(1, min(3, len(possible)))
    province_code = idea.producer.village_code[:2]
    return tuple(
        make_certificate(type, province_code, random, as_of, _state(type, quadrant, random))
        for type in random.sample(possible, wanted)
    )


def _state(type: str, quadrant: str, random: Random) -> str:
    weights = (0, 50, 50) if quadrant == "D" else (86, 8, 6)
    state = random.choices(("valid", "expired", "unverified"), weights)[0]
    never_expires = type == "fda_food"
    return "unverified" if never_expires and state == "expired" else state


def _pictures(number: int, idea: _Idea, random: Random) -> tuple[str, ...]:
    """First picture, sometimes a second one and the village; every fortieth product has none."""
    if number % 40 == 7 and not idea.is_batch:
        return ()
    if idea.is_batch:
        return idea.archetype.piece_pictures
    first = idea.variant.picture or random.choice(idea.archetype.pictures)
    keys = [first, *(key for key in idea.archetype.pictures if key != first)][:2]
    if random.random() < 0.3:
        keys.append(VILLAGE_BY_CODE[idea.producer.village_code].picture_key)
    return tuple(keys)
