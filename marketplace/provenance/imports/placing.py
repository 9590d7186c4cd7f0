"""Which tambon and which village a row of a list names. Never guesses between two places.

A village is proven only by its own code, or by moo and tambon both read from the address. The
name of the local authority may place a row in a tambon, never in a village.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from marketplace.core import thai
from marketplace.core.name_keys import fold
from marketplace.core.thai import ParsedAddress, parse_address, personal_title
from marketplace.places.models import Amphoe, Province, Tambon
from marketplace.provenance.imports import reasons
from marketplace.provenance.imports.layouts import ListRow

_AUTHORITIES = ("องค์การบริหารส่วนตำบล", "อบต.", "เทศบาลตำบล", "เทศบาลเมือง", "เทศบาลนคร")
# Inside these the moo numbers are not those of administrative villages.
_MUNICIPALITIES = ("เทศบาลเมือง", "เทศบาลนคร")
_ALIKE = 0.75  # สวายจึก is สวายจีก (0.86); ทรายขาว is not เขาขาว (0.62)
_VILLAGE_NAME_MAX_LENGTH = 120


@dataclass(frozen=True)
class Placing:
    """Where a row belongs, as far as it is proven, and why not further."""

    tambon_code: str = ""
    village_code: str = ""
    village_name: str = ""
    is_code_confirmed: bool = True
    remark: str = ""  # Thai; a doubt that does not stop the row
    problem: str = ""  # Thai; why a person must look


class Gazetteer:
    """Today's places by name, read once: an import asks thousands of times."""

    def __init__(self) -> None:
        self.provinces: dict[str, str] = {}
        self.amphoes: dict[str, dict[str, str]] = defaultdict(dict)
        self.tambons: dict[str, dict[str, str]] = defaultdict(dict)
        self.tambon_names: dict[str, str] = {}
        for code, name in Province.objects.in_force().values_list("code", "name_th"):
            self.provinces[fold(name)] = code
        for code, name in Amphoe.objects.in_force().values_list("code", "name_th"):
            self.amphoes[code[:2]][_bare(name)] = code
        for code, name in Tambon.objects.in_force().values_list("code", "name_th"):
            self.tambons[code[:4]][fold(name)] = code
            self.tambon_names[code] = name

    def amphoe(self, province_code: str, name: str) -> str:
        return self.amphoes[province_code].get(_bare(name), "")

    def tambon(self, amphoe_code: str, name: str) -> str:
        return self.tambons[amphoe_code].get(fold(name), "")


def place(row: ListRow, gazetteer: Gazetteer) -> Placing:
    """Say which tambon and village a row names, or why nobody can tell."""
    if row.village_code:
        return _by_code(row, gazetteer)
    province = gazetteer.provinces.get(fold(row.province))
    if not province:
        return Placing(problem=reasons.UNKNOWN_PROVINCE)
    address = _address(row)
    if address.province and gazetteer.provinces.get(fold(address.province)) != province:
        return Placing(problem=reasons.TWO_PROVINCES)
    column = gazetteer.amphoe(province, row.amphoe)
    amphoe = gazetteer.amphoe(province, address.amphoe)
    if address.amphoe and not amphoe:
        return Placing(problem=reasons.UNKNOWN_AMPHOE)
    tambon = gazetteer.tambon(amphoe or column, address.tambon)
    if tambon:
        return _with_village(row, address, tambon, gazetteer)
    return _by_authority(row, address, amphoe, column, gazetteer)


def fallback_name(village_code: str, tambon_name: str) -> str:
    """What a village is called until somebody says its name."""
    return f"หมู่ที่ {int(village_code[6:])} ตำบล{tambon_name}"


def _by_code(row: ListRow, gazetteer: Gazetteer) -> Placing:
    code = thai.arabic_digits(row.village_code)
    is_code = len(code) == 8 and code.isascii() and code.isdigit() and code[6:] != "00"
    if not is_code or code[:6] not in gazetteer.tambon_names:
        return Placing(problem=reasons.UNKNOWN_VILLAGE_CODE)
    if row.province and gazetteer.provinces.get(fold(row.province)) != code[:2]:
        return Placing(tambon_code="", problem=reasons.TWO_PROVINCES)
    name = _village_name(row.village_name) or fallback_name(code, gazetteer.tambon_names[code[:6]])
    return Placing(code[:6], code, name)


def _with_village(
    row: ListRow, address: ParsedAddress, tambon: str, gazetteer: Gazetteer
) -> Placing:
    """A tambon proven by the address, with its village where the address gives the moo."""
    placed = Placing(tambon_code=tambon)
    if not address.moo or not 1 <= int(address.moo) <= 99:
        return replace(placed, problem=reasons.NO_MOO)
    code = f"{tambon}{int(address.moo):02}"
    name = _village_name(address.village_name)
    is_confirmed = not row.authority.startswith(_MUNICIPALITIES)
    return replace(
        placed,
        village_code=code,
        village_name=name or fallback_name(code, gazetteer.tambon_names[tambon]),
        is_code_confirmed=is_confirmed,
        remark="" if is_confirmed else reasons.MUNICIPALITY,
    )


def _by_authority(
    row: ListRow, address: ParsedAddress, amphoe: str, column: str, gazetteer: Gazetteer
) -> Placing:
    """The tambon that bears the name of the reporting authority, unless the address disagrees."""
    name = next((row.authority[len(a) :] for a in _AUTHORITIES if row.authority.startswith(a)), "")
    tambon = gazetteer.tambon(column, name) if name else ""
    same_name = address.tambon and fold(address.tambon) == fold(name)
    if not tambon:
        return Placing(problem=reasons.UNKNOWN_TAMBON if address.tambon else reasons.NO_TAMBON)
    if amphoe and amphoe != column and not same_name:
        return Placing(problem=reasons.TWO_AMPHOES)
    if not address.tambon:
        return Placing(tambon_code=tambon, problem=reasons.TAMBON_OF_AUTHORITY)
    if same_name or _is_misspelt(address.tambon, name, gazetteer.tambons[column]):
        return Placing(tambon_code=tambon, problem=reasons.MISSPELT_TAMBON)
    return Placing(problem=reasons.TWO_TAMBONS)


def _is_misspelt(written: str, name: str, tambons: dict[str, str]) -> bool:
    """Whether a tambon is meant that is written wrongly, and no other of the amphoe is nearer."""
    written, name = fold(written), fold(name)
    likeness = {key: SequenceMatcher(None, written, key).ratio() for key in tambons}
    likest = max(likeness, key=likeness.get)
    return likest == name and (likeness[name] >= _ALIKE or name.startswith(written))


def _address(row: ListRow) -> ParsedAddress:
    address = parse_address(row.address)
    columns = {"moo": _moo(row.moo), "tambon": row.tambon, "village_name": row.village_name}
    return replace(address, **{part: text for part, text in columns.items() if text})


def _moo(text: str) -> str:
    digits = thai.arabic_digits(text).removeprefix("หมู่ที่").removeprefix("หมู่").strip()
    return str(int(digits)) if digits.isascii() and digits.isdigit() else ""


def _village_name(name: str) -> str:
    """A village's name as its address gives it; "" for people's names, numbers and long texts."""
    name = thai.normalise(name)
    rest = name.removeprefix("หมู่").removeprefix("บ้าน")
    is_name = 1 < len(rest) <= _VILLAGE_NAME_MAX_LENGTH and any("ก" <= char <= "ฮ" for char in rest)
    if not is_name or personal_title(rest) or thai.contains_phone(name):
        return ""
    return name if name.startswith(("บ้าน", "ชุมชน", "หมู่")) else f"บ้าน{name}"


def _bare(name: str) -> str:
    """An amphoe's name folded; เขต is taken off only where a name begins with it."""
    folded = fold(name)
    return folded.removeprefix("เขต") or folded
