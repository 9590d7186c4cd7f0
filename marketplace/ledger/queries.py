"""Income by area and period, for people who may see exact figures. The public: disclosure.py.

Everything is read from the roll-up by frozen village code, with the names that were valid on the
period's last day, so that a report of a past period never changes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from marketplace.core import bilingual
from marketplace.ledger.models import Event, Transfer, VillageMonth
from marketplace.ledger.periods import Period, twelve_months_to
from marketplace.places.models import Amphoe, Province, Region, Tambon
from marketplace.places.queries import LEVELS, names_among
from marketplace.places.services import UnknownArea
from marketplace.producers.models import Producer
from marketplace.villages.models import Village

COUNTRY = ""
INCOME_KINDS = (Transfer.Kind.SALE, Transfer.Kind.REFUND)
# What producers say they sold elsewhere: beside income, never in it.
DECLARED_KINDS = (Transfer.Kind.DECLARED, Transfer.Kind.DECLARED_REVERSAL)
LEVEL_OF_LENGTH = {0: "country", 2: "province", 4: "amphoe", 6: "tambon", 8: "village"}
TABLES = {**LEVELS, 8: Village}
LEVELS_BELOW = {2: (Amphoe, "province_id"), 4: (Tambon, "amphoe_id"), 6: (Village, "tambon_id")}
PRODUCER = "producer:"


@dataclass(frozen=True)
class IncomeRow:
    """What one area, or one producer inside a village, sold on this site in a period. Satang.

    `income_satang` is village income as ARCHITECTURE §7 defines it: sales less refunds.
    `declared_satang` is what producers say they sold elsewhere, less what they took back.
    """

    code: str
    name_th: str = ""
    name_en: str = ""
    villages: int = 0  # in the register during the period
    villages_selling: int = 0  # with at least one sale in it
    sales: int = 0  # line shares sold
    refunds: int = 0  # line shares given back, wholly or in part
    sold_satang: int = 0
    refunded_satang: int = 0
    told_satang: int = 0
    taken_back_satang: int = 0

    @property
    def income_satang(self) -> int:
        return self.sold_satang - self.refunded_satang

    @property
    def declared_satang(self) -> int:
        return self.told_satang - self.taken_back_satang

    @property
    def name(self) -> str:
        return bilingual.pick(self.name_th, self.name_en) or self.code

    @property
    def level(self) -> str:
        return level_of(self.code)


@dataclass(frozen=True)
class DeclaredSales:
    """What a producer declared in a period, in satang; no part of its income here."""

    period: Period
    sales: int = 0  # declared, also those taken back
    told_satang: int = 0
    taken_back_satang: int = 0
    channels: Mapping[str, int] = field(default_factory=dict)  # Event.Channel: told less taken back

    @property
    def declared_satang(self) -> int:
        return self.told_satang - self.taken_back_satang

    @property
    def by_channel(self) -> list[tuple[str, int]]:
        """Words for each channel there was, with its satang."""
        return [
            (channel.label, self.channels[channel])
            for channel in Event.Channel
            if channel in self.channels
        ]


@dataclass(frozen=True)
class MonthIncome:
    """Satang of one month; `month` is its first day."""

    month: date
    sold_satang: int = 0
    refunded_satang: int = 0

    @property
    def income_satang(self) -> int:
        return self.sold_satang - self.refunded_satang


@dataclass(frozen=True)
class AreaReport:
    """An area in a period: its total, what that is made of, its year, and the areas around it."""

    period: Period
    total: IncomeRow
    rows: tuple[IncomeRow, ...]  # the next level down, by code; a village's producers
    months: tuple[MonthIncome, ...]  # the twelve that end with the period
    path: tuple[IncomeRow, ...]  # from the country down to the area itself; names only


def level_of(code: str) -> str:
    """The word for the level of a code: country, region, province, …, village, producer."""
    if code in Region.values:
        return "region"
    return "producer" if code.startswith(PRODUCER) else LEVEL_OF_LENGTH.get(len(code), "")


def income_by_area(code: str, period: Period) -> AreaReport:
    """What an area earned in a period, and each area of the next level inside it.

    Every area of that level is listed, those that sold nothing with zero, and the rows add up to
    the total to the satang. `code` is an official code, a region ("NE") or "" for the country;
    raises UnknownArea. At most 7 statements, however many rows.
    """
    regions = dict(Province.objects.order_by().values_list("code", "region"))
    path = _path(code, regions)
    here = inside("village_code", code, regions)
    rows = _producers(code, period) if len(code) == 8 else _areas_below(code, period, regions)
    names = _names({*path, *(row.code for row in rows)}, period.last)
    if code not in names:
        raise UnknownArea
    rows = tuple(_named(row, names) for row in rows)
    return AreaReport(
        period=period,
        total=_named(_total(code, rows), names),
        rows=rows,
        months=_months(here, period),
        path=tuple(_named(IncomeRow(step), names) for step in path),
    )


def declared_sales_of(producer: Producer, period: Period) -> DeclaredSales:
    """What a producer declared in a period, by channel, less what it took back; one statement."""
    sums = (
        Transfer.objects.filter(
            producer=producer, day__range=(period.first, period.last), kind__in=DECLARED_KINDS
        )
        .values("kind", channel=F("event__channel"))
        .annotate(satang=Sum("amount_satang"), events=Count("event", distinct=True))
        .order_by("channel", "kind")
    )
    told, taken_back, sales = 0, 0, 0
    channels: dict[str, int] = defaultdict(int)
    for row in sums:
        if row["kind"] == Transfer.Kind.DECLARED:
            told, sales = told + row["satang"], sales + row["events"]
            channels[row["channel"]] += row["satang"]
        else:
            taken_back += row["satang"]
            channels[row["channel"]] -= row["satang"]
    return DeclaredSales(period, sales, told, taken_back, dict(channels))


def _path(code: str, regions: dict[str, str]) -> list[str]:
    """Codes from the country down to the area; raises UnknownArea for what cannot be a code."""
    if level_of(code) in ("country", "region"):
        return list(dict.fromkeys([COUNTRY, code]))
    if level_of(code) not in LEVEL_OF_LENGTH.values() or code[:2] not in regions:
        raise UnknownArea
    return [COUNTRY, regions[code[:2]], *(code[:n] for n in range(2, len(code) + 1, 2))]


def inside(name: str, code: str, regions: dict[str, str]) -> Q:
    """Villages of an area, as ranges of codes, which an index can follow."""
    if code in Region.values:
        ranges = Q(pk__in=[])
        for province in sorted(p for p, region in regions.items() if region == code):
            ranges |= inside(name, province, regions)
        return ranges
    if code == COUNTRY:
        return Q()
    return Q(**{f"{name}__range": (code.ljust(8, "0"), code.ljust(8, "9"))})


def _areas_below(code: str, period: Period, regions: dict[str, str]) -> list[IncomeRow]:
    """A row for each area inside, whether or not it sold anything; regions and all by code."""
    digits = 2 if level_of(code) in ("country", "region") else len(code) + 2
    found = _sold(inside("village_code", code, regions), digits, period)
    registered = _registered(inside("code", code, regions), digits, period)
    codes = {*found, *registered, *_places_below(code, period, regions)}
    rows = [
        replace(found.get(child, IncomeRow(child)), villages=registered.get(child, 0))
        for child in sorted(codes)
    ]
    return _by_region(rows, regions) if code == COUNTRY else rows


def _sold(here: Q, digits: int, period: Period) -> dict[str, IncomeRow]:
    """Sums of the roll-up by the first digits of the village code."""
    months = VillageMonth.objects.filter(
        here, month__range=(period.first, period.last), kind__in=INCOME_KINDS + DECLARED_KINDS
    )
    sums = (
        months.annotate(child=Substr("village_code", 1, digits))
        .values("child", "kind")
        .annotate(
            satang=Sum("amount_satang"),
            transfers=Sum("transfer_count"),
            villages=Count("village_code", distinct=True),
        )
    )
    rows: dict[str, IncomeRow] = {}
    for row in sums.order_by():
        known = rows.get(row["child"], IncomeRow(row["child"]))
        rows[row["child"]] = replace(known, **_figures(**row))
    return rows


def _figures(kind: str, satang: int, transfers: int, villages: int = 0, **others) -> dict[str, int]:
    if kind == Transfer.Kind.SALE:
        return {"sold_satang": satang, "sales": transfers, "villages_selling": villages}
    if kind in DECLARED_KINDS:
        is_told = kind == Transfer.Kind.DECLARED
        return {"told_satang" if is_told else "taken_back_satang": satang}
    return {"refunded_satang": satang, "refunds": transfers}


def _registered(here: Q, digits: int, period: Period) -> dict[str, int]:
    """How many villages of the register were there in the period, by the first digits."""
    villages = _there_in(Village.objects.filter(here), period)
    counts = villages.annotate(child=Substr("code", 1, digits)).values("child")
    return dict(counts.annotate(n=Count("code")).order_by().values_list("child", "n"))


def _places_below(code: str, period: Period, regions: dict[str, str]) -> list[str]:
    if code == COUNTRY:
        return list(regions)
    if code in Region.values:
        return [province for province, region in regions.items() if region == code]
    model, parent = LEVELS_BELOW[len(code)]
    if model is Village:
        return []  # `_registered` has just named each of them
    places = _there_in(model.objects.filter(**{parent: code}), period)
    return list(places.order_by().values_list("code", flat=True))


def _there_in(places, period: Period):
    """Places that existed on some day of the period."""
    return places.filter(
        Q(valid_from=None) | Q(valid_from__lte=period.last),
        Q(valid_until=None) | Q(valid_until__gte=period.first),
    )


def _by_region(provinces: Iterable[IncomeRow], regions: dict[str, str]) -> list[IncomeRow]:
    parts = defaultdict(list)
    for row in provinces:
        parts[regions.get(row.code, "")].append(row)
    return [_total(region, parts[region]) for region in Region.values]


def _producers(village_code: str, period: Period) -> list[IncomeRow]:
    """A row for each producer with income or declared sales in the village; today's names."""
    transfers = Transfer.objects.filter(
        village_code=village_code,
        day__range=(period.first, period.last),
        kind__in=INCOME_KINDS + DECLARED_KINDS,
    )
    sums = transfers.values("producer", "kind").annotate(
        satang=Sum("amount_satang"),
        transfers=Count("pk"),
        name_th=F("producer__name_th"),
        name_en=F("producer__name_en"),
    )
    rows: dict[int, IncomeRow] = {}
    for row in sums.order_by("producer", "kind"):
        known = rows.get(row["producer"]) or IncomeRow(
            f"{PRODUCER}{row['producer']}", row["name_th"], row["name_en"]
        )
        rows[row["producer"]] = replace(known, **_figures(**row))
    return list(rows.values())


def _total(code: str, rows: Iterable[IncomeRow]) -> IncomeRow:
    """The sum of rows under the code of what they are parts of."""
    sums = {f.name: sum(getattr(row, f.name) for row in rows) for f in fields(IncomeRow)[3:]}
    total = IncomeRow(code, **sums)
    if level_of(code) == "village":
        total = replace(total, villages=1, villages_selling=int(total.sales > 0))
    return total


def _months(here: Q, period: Period) -> tuple[MonthIncome, ...]:
    wanted = twelve_months_to(period.last)
    sums = (
        VillageMonth.objects.filter(here, month__in=wanted, kind__in=INCOME_KINDS)
        .values("month", "kind")
        .annotate(satang=Sum("amount_satang"))
        .order_by()
    )
    rows = {month: MonthIncome(month) for month in wanted}
    for row in sums:
        name = "sold_satang" if row["kind"] == Transfer.Kind.SALE else "refunded_satang"
        rows[row["month"]] = replace(rows[row["month"]], **{name: row["satang"]})
    return tuple(rows.values())


def _names(codes: set[str], day: date) -> dict[str, tuple[str, str]]:
    names = names_among(TABLES, codes, day)
    names[COUNTRY] = _both_languages(_("Thailand"))
    return names | {region.value: _both_languages(region.label) for region in Region}


def _both_languages(words) -> tuple[str, str]:
    """Lazy words in Thai and in English, whatever the language of the page."""
    with override("th"):
        thai = str(words)
    with override("en"):
        return thai, str(words)


def _named(row: IncomeRow, names: dict[str, tuple[str, str]]) -> IncomeRow:
    name_th, name_en = names.get(row.code, (row.name_th, row.name_en))
    return replace(row, name_th=name_th, name_en=name_en)
