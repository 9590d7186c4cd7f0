"""The two lists we read: the government's headings, and our own documented columns."""

from collections.abc import Mapping
from dataclasses import dataclass

from marketplace.core import thai
from marketplace.core.errors import DomainError, two_languages
from marketplace.core.spreadsheet import Row


class UnknownLayout(DomainError):
    """The columns are those of no list we know."""

    message = two_languages(
        "ไม่รู้จักหัวคอลัมน์ของไฟล์นี้ กรุณาใช้แบบฟอร์มตามคู่มือการนำเข้า",
        "The columns of this file are not known. Use the layout described in the guide.",
    )


@dataclass(frozen=True)
class ListRow:
    """One row in our words, tidy but not judged; "" where the list says nothing."""

    line: int
    raw: Mapping[str, str]
    title_th: str = ""
    title_en: str = ""
    description_th: str = ""
    description_en: str = ""
    materials_th: str = ""
    otop_type: str = ""
    otop_code: str = ""
    product_code: str = ""
    price_baht: str = ""
    stock: str = ""
    stock_kind: str = ""
    lead_days: str = ""
    season_months: str = ""
    weight_grams: str = ""
    option_name: str = ""
    option_name_en: str = ""
    option_price_baht: str = ""
    option_stock: str = ""
    producer: str = ""
    village_code: str = ""
    village_name: str = ""
    moo: str = ""
    tambon: str = ""
    amphoe: str = ""
    province: str = ""
    address: str = ""
    authority: str = ""  # the local authority that reported the row (อปท.)


@dataclass(frozen=True)
class Layout:
    """Column headings of a list -> fields of ListRow; headings not named here are kept, unread."""

    name: str
    columns: Mapping[str, str]
    required: frozenset[str]

    def fits(self, headings: set[str]) -> bool:
        return self.required <= {self.columns.get(heading, "") for heading in headings}

    def read(self, row: Row) -> ListRow:
        """The row in our words; of two headings for one field the first with text wins."""
        facts: dict[str, str] = {}
        for heading, text in row.cells.items():
            field = self.columns.get(_folded(heading))
            if field and not facts.get(field):
                facts[field] = thai.normalise(text, keep_lines=field.startswith("description"))
        return ListRow(line=row.line, raw=dict(row.cells), **facts)


GOVERNMENT = Layout(
    name="government",
    columns={
        "ชื่อสินค้า otop": "title_th",
        "อปท.": "authority",
        "อำเภอ": "amphoe",
        "จังหวัด": "province",
        "ที่อยู่": "address",
        # ชื่อสถานที่จัดจำหน่าย is left unread: a fifth of its cells are people's names.
    },
    required=frozenset({"title_th", "authority", "amphoe", "province", "address"}),
)
OURS = Layout(
    name="ours",
    columns={field: field for field in ListRow.__dataclass_fields__ if field not in ("line", "raw")}
    | {"product_name": "title_th", "official_type": "otop_type", "price_thb": "price_baht"},
    required=frozenset({"title_th", "province"}),
)
LAYOUTS = {layout.name: layout for layout in (GOVERNMENT, OURS)}


def recognise(headings: Mapping[str, str]) -> Layout:
    """The layout whose required columns are all there; raises UnknownLayout."""
    folded = {_folded(heading) for heading in headings}
    for layout in LAYOUTS.values():
        if layout.fits(folded):
            return layout
    raise UnknownLayout


def _folded(heading: str) -> str:
    return thai.normalise(heading).lower()
