"""Reading the register of places: names of a day, pickers, and completing an address."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Case,
    IntegerField,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
    prefetch_related_objects,
)
from django.utils.translation import get_language

from marketplace.core import bilingual, thai
from marketplace.core.name_keys import fold
from marketplace.core.prepared import Prepared
from marketplace.places.models import (
    Amphoe,
    FormerName,
    Place,
    Postcode,
    Province,
    Succession,
    Tambon,
)

LEVELS: dict[int, type[Place]] = {2: Province, 4: Amphoe, 6: Tambon}
BANGKOK = "10"

LONGEST_TEXT = 120
SHORTEST_TEXT = 2
MOST_WORDS = 6
MOST_CANDIDATES = 50
_WORD_FOR_LEVEL = re.compile(r"ตำบล|แขวง|กิ่งอำเภอ|อำเภอ|จังหวัด|[ตอจ]\.")
_SHORT_NAMES = {"กทม": "กรุงเทพ", "กรุงเทพฯ": "กรุงเทพ"}


# --- Names of a day ------------------------------------------------------------------------------
def names_on(codes: Iterable[str], day: date) -> dict[str, tuple[str, str]]:
    """Thai and English name of each province, amphoe and tambon as they were on that day.

    Two statements; codes that nobody knows are missing from the answer. For villages too, ask
    `villages.queries.names_on`.
    """
    return names_among(LEVELS, codes, day)


def names_among(
    levels: dict[int, type[Place]], codes: Iterable[str], day: date
) -> dict[str, tuple[str, str]]:
    """The same among tables by the length of their codes."""
    codes = set(codes)
    wanted = {
        digits: Q(code__in=[code for code in codes if len(code) == digits]) for digits in levels
    }
    return names_where(levels, wanted, day)


def names_where(
    levels: dict[int, type[Place]], wanted: dict[int, Q], day: date
) -> dict[str, tuple[str, str]]:
    """Thai and English names, as of a day, of the places of each level that a condition leaves.

    Two statements.
    """
    tables = [
        model.objects.filter(wanted.get(digits, Q(pk__in=[])))
        .order_by()
        .values_list("code", "name_th", "name_en")
        for digits, model in levels.items()
    ]
    names = {code: (th, en) for code, th, en in tables[0].union(*tables[1:], all=True)}
    former = FormerName.objects.filter(code__in=names, valid_until__gte=day)
    # The name that ended soonest after the day was the one in use.
    for name in former.order_by("-valid_until"):
        if name.code in names:
            names[name.code] = (name.name_th, name.name_en)
    return names


def address_on(tambon_code: str, day: date) -> "TambonAddress | None":
    """A tambon and what is around it under the names of that day, without postcodes.

    Two statements; None for a code that nobody knows.
    """
    codes = (tambon_code[:6], tambon_code[:4], tambon_code[:2])
    names = names_on(codes, day)
    if any(code not in names for code in codes):
        return None
    return TambonAddress(*(part for code in codes for part in (code, *names[code])), postcodes=())


def successors_of(code: str) -> list[str]:
    """Codes that took the ground of an abolished area, followed to the end; for choosers only.

    Empty when the area was not abolished or nobody knows. One statement a step, mostly two.
    """
    seen, front, ends = {code}, [code], []
    while front:
        links = Succession.objects.filter(old_code__in=front).values_list("old_code", "new_code")
        onward = list(links)
        ends += [old for old in front if old not in {old for old, _new in onward} and old != code]
        front = sorted({new for _old, new in onward} - seen)
        seen.update(front)
    return sorted(set(ends))


# --- Pickers -------------------------------------------------------------------------------------
def provinces() -> QuerySet[Province]:
    """The 77 provinces of today in Thai order."""
    return Province.objects.in_force()


# --- Addresses -----------------------------------------------------------------------------------
class PlaceNames:
    """Names in the language of the page, for rows with those of a tambon and what is around it."""

    tambon_th: str
    tambon_en: str
    amphoe_th: str
    amphoe_en: str
    province_th: str
    province_en: str

    @property
    def tambon_name(self) -> str:
        return bilingual.pick(self.tambon_th, self.tambon_en)

    @property
    def amphoe_name(self) -> str:
        return bilingual.pick(self.amphoe_th, self.amphoe_en)

    @property
    def province_name(self) -> str:
        return bilingual.pick(self.province_th, self.province_en)


@dataclass(frozen=True)
class TambonAddress(PlaceNames):
    """A tambon with all that an address needs of it. It may have several postcodes, or none."""

    tambon_code: str
    tambon_th: str
    tambon_en: str
    amphoe_code: str
    amphoe_th: str
    amphoe_en: str
    province_code: str
    province_th: str
    province_en: str
    postcodes: tuple[str, ...]

    @property
    def label(self) -> str:
        """One line without the postcode, in the language of the page."""
        if (get_language() or "th").startswith("en") and self.tambon_en:
            return ", ".join(filter(None, (self.tambon_en, self.amphoe_en, self.province_en)))
        if self.province_code == BANGKOK:
            khet = self.amphoe_th.removeprefix("เขต")
            return f"แขวง{self.tambon_th} เขต{khet} {self.province_th}"
        return f"ต.{self.tambon_th} อ.{self.amphoe_th} จ.{self.province_th}"


def place_of(tambon_code: str) -> TambonAddress | None:
    """The tambon of that code with its amphoe, province and postcodes; two statements."""
    found = _tambons(code=tambon_code)
    prefetch_related_objects(found, Prefetch("postcodes", Postcode.objects.order_by("postcode")))
    return _address(found[0]) if found else None


_tambons = Prepared(
    lambda code: Tambon.objects.filter(code=code).select_related("amphoe__province")
)


def complete_address(text: str, limit: int = 20) -> list[TambonAddress]:
    """Today's tambons that may be meant by a typed postcode or names; two statements at most.

    Understands the beginning of a postcode, parts of Thai or English names of tambon, amphoe and
    province in any order, and a written address with ต. อ. จ. Every word must fit. Tambons whose
    name begins with the text come first, then amphoe, then names with it inside; Thai order.
    A postcode that covers several tambons gives all of them, a tambon with several postcodes
    those that were typed: nothing is ever chosen for the shopper. Fewer than two letters: none.
    """
    words = _words(text)
    if not words:
        return []
    postcode = next((word for word in words if word.isdigit()), "")
    names = [word for word in words if not word.isdigit()]
    tambons = Tambon.objects.in_force().filter(*(_fits(name) for name in names))
    if postcode:
        tambons = tambons.filter(
            code__in=Postcode.objects.filter(postcode__startswith=postcode).values("tambon_id")
        )
    tambons = tambons.annotate(rank=_rank(names)).order_by("rank", "sort_key", "code")
    return _with_places(tambons[: max(0, min(limit, MOST_CANDIDATES))], postcode)


def _words(text: str) -> list[str]:
    """Folded words to look for: the parts of a whole address, else what spaces divide."""
    text = text[:LONGEST_TEXT]
    address = thai.parse_address(text)
    if address.tambon:
        words = [address.tambon, address.amphoe, address.province, address.postcode]
    else:
        words = _WORD_FOR_LEVEL.sub(" ", thai.normalise(text)).split()
    folded = [word for word in map(_fold_word, words) if word]
    numbers = [word for word in folded if word.isdigit()]
    if sum(map(len, folded)) < SHORTEST_TEXT or len(numbers) > 1:
        return []
    return folded[:MOST_WORDS]


def _fold_word(word: str) -> str:
    folded = fold(word)
    # Names may end in เขต (สนามชัยเขต), and only Bangkok's official ones begin with it.
    return _SHORT_NAMES.get(folded) or folded.removeprefix("เขต") or folded


def _fits(name: str) -> Q:
    return (
        Q(match_key__contains=name)
        | Q(amphoe__match_key__contains=name)
        | Q(amphoe__province__match_key__contains=name)
    )


def _rank(names: list[str]) -> Case | Value:
    if not names:
        return Value(0, output_field=IntegerField())
    # "Ko Tao" is one name in two words, สุเทพ เมือง are two names.
    first, whole = f" {names[0]}", f" {''.join(names)}"
    conditions = [
        Q(match_key__contains=whole),
        Q(match_key__contains=first),
        Q(amphoe__match_key__contains=whole) | Q(amphoe__match_key__startswith=f" เขต{names[0]}"),
        Q(amphoe__match_key__contains=first),
        Q(match_key__contains=names[0]),
        Q(amphoe__match_key__contains=names[0]),
    ]
    ranks = [When(condition, then=Value(rank)) for rank, condition in enumerate(conditions)]
    return Case(*ranks, default=Value(len(ranks)), output_field=IntegerField())


def _with_places(tambons: QuerySet[Tambon], postcode: str) -> list[TambonAddress]:
    postcodes = Postcode.objects.filter(postcode__startswith=postcode).order_by("postcode")
    rows = tambons.select_related("amphoe__province").prefetch_related(
        Prefetch("postcodes", queryset=postcodes)
    )
    return [_address(row) for row in rows]


def _address(row: Tambon) -> TambonAddress:
    amphoe, province = row.amphoe, row.amphoe.province
    return TambonAddress(
        tambon_code=row.code,
        tambon_th=row.name_th,
        tambon_en=row.name_en,
        amphoe_code=amphoe.code,
        amphoe_th=amphoe.name_th,
        amphoe_en=amphoe.name_en,
        province_code=province.code,
        province_th=province.name_th,
        province_en=province.name_en,
        postcodes=tuple(row.postcode for row in row.postcodes.all()),
    )
