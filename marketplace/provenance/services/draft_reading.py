"""Understand a draft: every fact of a product, or a sentence for every field that says why not."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _
from oscar.apps.catalogue.models import Category, ProductImage

from marketplace.core import thai
from marketplace.core.errors import DomainError
from marketplace.core.money import to_satang
from marketplace.provenance import roles
from marketplace.provenance.alcohol import may_be_alcoholic
from marketplace.provenance.models import (
    IncomeKind,
    OtopType,
    Photo,
    ProductDraft,
    Provenance,
    StockKind,
)
from marketplace.provenance.services import errors
from marketplace.provenance.services.drafting import photo_key, photo_keys, picture_names
from marketplace.provenance.services.facts import (
    OF_PRODUCT,
    OF_PROVENANCE,
    OPTION_PICTURES,
    PICTURES,
    checked_facts,
)
from marketplace.provenance.services.plans import (
    STOCK_MAX,
    checked_price,
    checked_quantity,
    checked_title,
    class_slug,
)

MOST_PHOTOS = 24
MOST_OPTIONS = 100
USUAL_WEIGHT_GRAMS = 500
_NOT_OF_A_PRICE = re.compile(r"[\s,฿]|บาท|baht", re.IGNORECASE)


@dataclass(frozen=True)
class OptionRead:
    product_id: int | None
    title_th: str
    title_en: str
    price_satang: int
    quantity: int | None
    picture: str | None


@dataclass
class Read:
    """What was understood of a draft; complete when `errors` is empty."""

    facts: dict = field(default_factory=dict)  # words, type and pictures
    sold: dict = field(default_factory=dict)  # stock kind, days, months, weight
    price_satang: int | None = None
    quantity: int | None = None
    categories: list[int] = field(default_factory=list)
    options: list[OptionRead] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)


def read_draft(draft: ProductDraft) -> Read:
    """Understand all of it; at most four statements. Nothing is raised: see `errors`."""
    return _Reader(draft).read()


class _Reader:
    def __init__(self, draft: ProductDraft) -> None:
        self.draft, self.data, self.result = draft, draft.data, Read()
        self.provenance: Provenance | None = draft.provenance
        keys, names = photo_keys(self.data), picture_names(self.data)
        self.photos = Photo.objects.of(draft.producer).in_bulk(keys) if keys else {}
        self.own_names = set(self.own_pictures()) if names else set()

    def read(self) -> Read:
        self.read_words()
        self.read_type()
        self.read_stock_kind()
        self.read_categories()
        self.read_photos()
        if self.list_of("options"):
            self.read_options()
        else:
            self.result.price_satang = self.price(self.data, "price_baht")
            self.result.quantity = self.quantity(self.data, "quantity")
        return self.result

    def fail(self, name: str, sentence) -> None:
        self.result.errors.setdefault(name, str(sentence))

    def text(self, name: str, data: dict | None = None) -> str:
        value = (self.data if data is None else data).get(name, "")
        return str(value) if isinstance(value, str | int) else ""

    def list_of(self, name: str) -> list:
        value = self.data.get(name)
        return value if isinstance(value, list) else []

    def read_words(self) -> None:
        if not self.text("title_th").strip():
            self.fail("title_th", _("Write what it is called."))
        for name in (*OF_PRODUCT, *OF_PROVENANCE):
            if name != "otop_type":
                try:
                    self.result.facts |= checked_facts({name: self.text(name)})
                except DomainError as error:
                    self.fail(name, error)

    def read_type(self) -> None:
        otop_type = self.text("otop_type")
        if otop_type not in OtopType.values:
            return self.fail("otop_type", _("Choose the official type."))
        self.result.facts["otop_type"] = otop_type
        names = [self.result.facts.get(name, "") for name in ("title_th", "title_en")]
        is_settled = self.provenance and self.provenance.product.title == names[0]
        if not is_settled and any(may_be_alcoholic(name, otop_type) for name in names):
            self.fail(
                "title_th",
                _("Alcoholic drinks may not be sold or advertised online: this is Thai law."),
            )

    def read_stock_kind(self) -> None:
        kind = self.text("stock_kind") or StockKind.IN_STOCK
        if kind not in StockKind.values:
            self.fail("stock_kind", _("Choose how it is sold."))
            kind = StockKind.IN_STOCK
        if self.provenance and self.provenance.published_at and kind != self.provenance.stock_kind:
            self.fail(
                "stock_kind",
                _("How it is sold cannot change any more: make a new product by copying this one."),
            )
        self.result.sold = {
            "stock_kind": kind,
            "lead_days": self.lead_days(kind),
            "season_months": self.months(),
            "weight_grams": self.weight(),
        }

    def lead_days(self, kind: str) -> int:
        if kind != StockKind.MADE_TO_ORDER:
            return 0
        return self.whole("lead_days", 1, 365, errors.InvalidLeadDays.message) or 0

    def months(self) -> list[int]:
        typed = {str(month) for month in self.list_of("season_months")}
        months = {int(month) for month in typed if re.fullmatch("[1-9]|1[0-2]", month)}
        if len(months) != len(typed):
            self.fail("season_months", errors.InvalidSeason.message)
        return sorted(months)

    def weight(self) -> int:
        sentence = _("The weight is a whole number of grams, 1 to 1,000,000.")
        if not self.text("weight_grams").strip():
            return self.provenance.weight_grams if self.provenance else USUAL_WEIGHT_GRAMS
        return self.whole("weight_grams", 1, 1_000_000, sentence) or USUAL_WEIGHT_GRAMS

    def whole(self, name: str, least: int, most: int, sentence, data=None, key="") -> int | None:
        digits = thai.arabic_digits(self.text(name, data)).replace(",", "").strip()
        if re.fullmatch("[0-9]{1,7}", digits) and least <= int(digits) <= most:
            return int(digits)
        self.fail(key or name, sentence)
        return None

    def price(self, data: dict, key: str) -> int | None:
        typed = _NOT_OF_A_PRICE.sub("", thai.arabic_digits(self.text("price_baht", data)))
        if not typed:
            self.fail(key, _("Say what it costs."))
        elif not re.fullmatch(r"[0-9]{1,20}(\.[0-9]{1,2})?", typed):
            self.fail(key, _("Write an amount in baht, for example 250 or 1,250.50."))
        else:
            try:
                return checked_price(to_satang(Decimal(typed)))
            except DomainError as error:
                self.fail(key, error)
        return None

    def quantity(self, data: dict, key: str) -> int | None:
        kind = self.result.sold["stock_kind"]
        income = self.provenance.income_kind if self.provenance else IncomeKind.GOODS
        if class_slug(kind, income) != roles.TRACKED:
            return None
        if kind == StockKind.ONE_PIECE and not self.text("quantity", data).strip():
            return 1
        number = self.whole("quantity", 0, STOCK_MAX, errors.InvalidStock.message, data, key)
        try:
            return None if number is None else checked_quantity(kind, number)
        except DomainError as error:
            self.fail(key, error)
        return None

    def read_categories(self) -> None:
        typed = {key for key in map(photo_key, self.list_of("categories")) if key}
        known = set(Category.objects.filter(pk__in=typed).values_list("pk", flat=True))
        if known != typed:
            self.fail("categories", _("One of the categories is no longer there."))
        self.result.categories = sorted(known)

    def read_photos(self) -> None:
        named = self.list_of("photos")
        names = [self.picture(one) for one in named]
        self.result.facts[PICTURES] = list(dict.fromkeys(name for name in names if name))
        if len(named) > MOST_PHOTOS:
            self.fail("photos", _("A product has 24 photos at most."))
        is_live = self.provenance and self.provenance.status == Provenance.Status.PUBLIC
        if not named and not is_live:
            self.fail("photos", _("Take at least one photo: it is what shoppers look at first."))

    def picture(self, named: object) -> str | None:
        photo, name = self.photos.get(photo_key(named)), self.name_of(named)
        if name is None:
            self.fail("photos", _("One of the photos is no longer there. Take it away here."))
        elif photo and not photo.may_be_published:
            self.fail("photos", _("One of the photos is too small to be shown to shoppers."))
        return name

    def name_of(self, named: object) -> str | None:
        """The stored picture that a form names, if it is the producer's."""
        photo = self.photos.get(photo_key(named))
        if photo is None:
            return named if isinstance(named, str) and named in self.own_names else None
        return photo.name

    def own_pictures(self) -> list[str]:
        """Names of pictures that the product there is or its options have, or are to have."""
        if self.provenance is None:
            return []
        product = self.provenance.product_id
        images = ProductImage.objects.filter(Q(product=product) | Q(product__parent=product))
        names = list(images.values_list("original", flat=True))
        for after in self.provenance.changes.values_list("after", flat=True):
            names += after.get(PICTURES, ())
        return names

    def read_options(self) -> None:
        typed = self.list_of("options")
        if len(typed) > MOST_OPTIONS:
            self.fail("options", _("A product has 100 options at most."))
        for number, option in enumerate(typed[:MOST_OPTIONS]):
            if isinstance(option, dict):
                self.read_option(option, f"options-{number}")
        self.result.facts[OPTION_PICTURES] = {
            str(one.product_id): one.picture
            for one in self.result.options
            if one.product_id and one.picture
        }

    def read_option(self, option: dict, key: str) -> None:
        titles = {}
        for name, check in (("title_th", checked_title), ("title_en", _checked_english)):
            try:
                titles[name] = check(self.text(name, option))
            except DomainError as error:
                self.fail(f"{key}-{name}", error)
        price = self.price(option, f"{key}-price_baht")
        quantity = self.quantity(option, f"{key}-quantity")
        picture = self.option_picture(option, f"{key}-photo")
        if len(titles) == 2 and price is not None:
            self.result.options.append(
                OptionRead(
                    product_id=photo_key(option.get("product_id")),
                    price_satang=price,
                    quantity=quantity,
                    picture=picture,
                    **titles,
                )
            )

    def option_picture(self, option: dict, key: str) -> str | None:
        """One of the form's photos, which a curator sees too; or what the option shows already."""
        named = option.get("photo")
        name = self.name_of(named)
        is_older = photo_key(named) is None
        if named and name not in self.result.facts[PICTURES] and not (name and is_older):
            self.fail(key, _("Choose one of the photos above for this option, or none."))
        return name


def _checked_english(title: str) -> str:
    return checked_facts({"title_en": title})["title_en"]
