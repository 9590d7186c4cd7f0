"""The shapes of the demo's data. Codes are the same words the domain tables use.

Prices are Decimal baht, weights are grams, years ending in `_be` are of the Buddhist era and
dates are Gregorian. A picture key names a drawing of `deploy.demo.pictures`.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

REGIONS = ("N", "NE", "C", "W", "E", "S")
OTOP_TYPES = ("food", "beverage", "textile", "household", "herbal")
PRODUCER_TYPES = ("community_group", "single_owner", "sme")
PROGRAMMES = ("nawatwithi", "otop_village", "cbt")
ROUTE_KINDS = ("mainstream", "secondary_city", "community")
VILLAGE_STATUSES = ("active", "dormant", "closed")
STOCK_KINDS = ("in_stock", "made_to_order", "one_piece", "seasonal")
FACILITIES = (
    "homestay",
    "workshop",
    "shop",
    "cafe",
    "local_food",
    "guided_walk",
    "museum",
    "boat_trip",
    "cycling",
    "parking",
)
CERTIFICATE_TYPES = (
    "tcps",
    "fda_food",
    "fda_cosmetic_notification",
    "fda_herbal",
    "halal",
    "gmp_ghp",
    "organic",
    "gi",
    "peacock_silk",
)
AXES = {
    "size": ("ขนาด", "Size"),
    "colour": ("สี", "Colour"),
    "pack": ("บรรจุ", "Pack"),
    "scent": ("กลิ่น", "Scent"),
    "piece": ("ชิ้นที่", "Piece"),
}


@dataclass(frozen=True)
class ProgrammePeriod:
    """Since when a village belongs to a programme, and until when if it left."""

    code: str
    since_year_be: int
    until_year_be: int | None = None


@dataclass(frozen=True)
class VillagePlan:
    """An invented community in a real tambon; `code` is tambon (6) and moo (2)."""

    code: str
    name_th: str
    name_en: str
    charm_th: str
    charm_en: str
    founded_year_be: int
    crafts: tuple[str, ...]
    facilities: tuple[str, ...]
    programmes: tuple[ProgrammePeriod, ...]
    picture_key: str
    status: str = "active"
    status_reason_th: str = ""
    status_reason_en: str = ""

    @property
    def tambon_code(self) -> str:
        return self.code[:6]

    @property
    def province_code(self) -> str:
        return self.code[:2]

    @property
    def moo(self) -> int:
        return int(self.code[6:])


@dataclass(frozen=True)
class RouteStop:
    village_code: str
    note_th: str
    note_en: str


@dataclass(frozen=True)
class RoutePlan:
    """A journey that joins villages in order."""

    slug: str
    kind: str
    title_th: str
    title_en: str
    summary_th: str
    summary_en: str
    stops: tuple[RouteStop, ...]
    picture_key: str


@dataclass(frozen=True)
class ProducerPlan:
    """A group and the archetypes its members know how to make."""

    key: str
    name_th: str
    name_en: str
    type: str
    village_code: str
    since_year_be: int
    member_count: int
    vat_registered: bool
    story_th: str
    story_en: str
    makes: tuple[str, ...]


@dataclass(frozen=True)
class CategoryPlan:
    """A shelf of the shop; the five official types are the families on top."""

    slug: str
    name_th: str
    name_en: str
    children: tuple["CategoryPlan", ...] = ()


@dataclass(frozen=True)
class Variant:
    """One way of making an archetype: fills `{v}` in its titles and adds a sentence."""

    th: str
    en: str
    note_th: str
    note_en: str
    picture: str = ""
    regions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """One value on an option axis; factors apply to the price and weight of the product."""

    th: str
    en: str
    price_factor: str = "1"
    weight_factor: str = "1"


@dataclass(frozen=True)
class Archetype:
    """A thing that villages make, from which single products are composed.

    `stock` is one of STOCK_KINDS; `days` belongs to made_to_order, `months` to seasonal.
    An archetype with `piece_pictures` may be sold as a batch of single pieces.
    """

    key: str
    otop_type: str
    category: str
    title_th: str
    title_en: str
    text_th: str
    text_en: str
    materials_th: str
    materials_en: str
    technique_th: str
    technique_en: str
    care_th: str
    care_en: str
    price_baht: tuple[int, int]
    weight_grams: int
    variants: tuple[Variant, ...]
    pictures: tuple[str, ...]
    regions: tuple[str, ...] = REGIONS
    stock: str = "in_stock"
    days: int = 0
    months: tuple[int, ...] = ()
    axis: str = ""
    choices: tuple[Choice, ...] = ()
    certificates: tuple[str, ...] = ()
    piece_pictures: tuple[str, ...] = ()


@dataclass(frozen=True)
class CertificatePlan:
    type: str
    number: str
    issuer_th: str
    issued_on: date
    expires_on: date | None
    is_verified: bool


@dataclass(frozen=True)
class StockPlan:
    """`count` is None for things made to order; months (1-12) only for seasonal ones."""

    kind: str
    count: int | None
    lead_days: int = 0
    months: tuple[int, ...] = ()


@dataclass(frozen=True)
class OptionPlan:
    """A child product: its values by axis as (axis, Thai, English), own price and stock."""

    values: tuple[tuple[str, str, str], ...]
    price_baht: Decimal
    stock_count: int | None
    weight_grams: int
    picture_key: str = ""


@dataclass(frozen=True)
class ProductPlan:
    """One product of the demo shop; a parent when it has options."""

    number: int
    producer_key: str
    village_code: str
    archetype: str
    otop_type: str
    category_slug: str
    title_th: str
    title_en: str
    description_th: str
    description_en: str
    materials_th: str
    materials_en: str
    technique_th: str
    technique_en: str
    care_th: str
    care_en: str
    price_baht: Decimal
    weight_grams: int
    quadrant: str
    stars: int
    award_year_be: int | None
    certificates: tuple[CertificatePlan, ...]
    stock: StockPlan
    option_axes: tuple[str, ...]
    options: tuple[OptionPlan, ...]
    picture_keys: tuple[str, ...]

    @property
    def is_batch_of_pieces(self) -> bool:
        return self.option_axes == ("piece",)


@dataclass(frozen=True)
class Paragraph:
    th: str
    en: str


@dataclass(frozen=True)
class Quote:
    th: str
    en: str
    speaker_th: str
    speaker_en: str


@dataclass(frozen=True)
class Picture:
    key: str
    caption_th: str
    caption_en: str
    alt_th: str
    alt_en: str
    credit_th: str = "ภาพวาดประกอบโดยทีมงานตลาด"
    credit_en: str = "Drawing by the marketplace team"


@dataclass(frozen=True)
class ProductPick:
    """Products to show: those of one producer, of one archetype, or both."""

    producer_key: str = ""
    archetype: str = ""
    limit: int = 3


@dataclass(frozen=True)
class VillageCard:
    village_code: str


Block = Paragraph | Quote | Picture | ProductPick | VillageCard


@dataclass(frozen=True)
class StoryPlan:
    slug: str
    title_th: str
    title_en: str
    intro_th: str
    intro_en: str
    village_code: str
    hero_picture_key: str
    body: tuple[Block, ...]


@dataclass(frozen=True)
class AddressPlan:
    line: str
    tambon_code: str
    postcode: str


@dataclass(frozen=True)
class ShopperPlan:
    name_th: str
    name_en: str
    email: str
    phone: str
    address: AddressPlan


@dataclass(frozen=True)
class SignInPlan:
    """A person who can sign in to the demo. `scope` is a producer key or an area code."""

    role: str
    name_th: str
    name_en: str
    email: str
    scope: str = ""
