"""What a draft holds: the raw strings of the form, in one dictionary that no rule applies to.

title_th … technique_en, otop_type, stock_kind, price_baht, quantity, lead_days, weight_grams
season_months, categories     lists of strings
photos                        in order: keys of photos; of a product there is, also names of
                              pictures it has already
options                       dictionaries of title_th, title_en, price_baht, quantity, photo,
                              and product_id where the option is there already
was                           kept by the services: price and stock when the draft began
"""

import json

from oscar.apps.catalogue.models import Product
from oscar.apps.partner.models import StockRecord

from marketplace.core.money import to_satang
from marketplace.provenance.models import Photo, ProductChange, Provenance
from marketplace.provenance.services import errors
from marketplace.provenance.services.facts import OPTION_PICTURES, PICTURES, read_facts

MOST_BYTES = 64 * 1024
WAS = "was"
OF_ONE_PRODUCT = ("photos", WAS)
"""What a copy does not take along."""

State = ProductChange.State


def storable(data: dict) -> dict:
    """Return the data without what no database keeps; raises DraftTooLarge."""
    data = _storable(data)
    if len(json.dumps(data, ensure_ascii=False).encode()) > MOST_BYTES:
        raise errors.DraftTooLarge
    return data


def _storable(value):
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "ignore").decode()  # no half characters
    if isinstance(value, dict):
        return {_storable(name): _storable(fact) for name, fact in value.items()}
    return [_storable(one) for one in value] if isinstance(value, list | tuple) else value


def data_of(provenance: Provenance) -> dict:
    """Fill the form with a product as it is, and with what its producer last wanted to change."""
    facts = read_facts(provenance)
    last = provenance.changes.order_by("-pk").first()
    if last and last.state in (State.WAITING, State.REFUSED):
        facts |= last.after
    names, of_options = facts.pop(PICTURES), facts.pop(OPTION_PICTURES)
    keys = _keys_of_photos(provenance, {*names, *of_options.values()})
    categories = provenance.product.categories.values_list("pk", flat=True)
    sold = _sold(provenance)
    for option in sold["options"]:
        if name := of_options.get(option["product_id"]):
            option["photo"] = str(keys.get(name, name))
    return {
        **facts,
        **sold,
        "stock_kind": provenance.stock_kind,
        "lead_days": str(provenance.lead_days or ""),
        "weight_grams": str(provenance.weight_grams),
        "season_months": [str(month) for month in provenance.season_months],
        "categories": [str(pk) for pk in categories],
        "photos": [keys.get(name, name) for name in names],
    }


def copied(data: dict) -> dict:
    """Return the data as it begins another product."""
    kept = {name: fact for name, fact in data.items() if name not in OF_ONE_PRODUCT}
    options = [
        {name: fact for name, fact in option.items() if name not in ("product_id", "photo")}
        for option in kept.get("options", ())
    ]
    return {**kept, "photos": [], "options": options}


def options_of(provenance: Provenance) -> list[Product]:
    """The options of a product in their order, with their English names joined."""
    children = Product.objects.filter(parent=provenance.product_id).select_related("option")
    return list(children.order_by("option__position", "pk"))


def _sold(provenance: Provenance) -> dict:
    """Price and stock: of the product, or of its options."""
    options = options_of(provenance)
    ids = [option.pk for option in options] or [provenance.product_id]
    records = {row.product_id: row for row in StockRecord.objects.filter(product__in=ids)}
    sold = {pk: _price_and_stock(records.get(pk)) for pk in ids}
    was = {str(pk): facts for pk, facts in sold.items()}
    if not options:
        return {**sold[provenance.product_id], "options": [], WAS: was}
    rows = [
        {
            "product_id": str(option.pk),
            "title_th": option.title,
            "title_en": option.option.title_en if hasattr(option, "option") else "",
            **sold[option.pk],
        }
        for option in options
    ]
    return {"price_baht": "", "quantity": "", "options": rows, WAS: was}


def _price_and_stock(record: StockRecord | None) -> dict:
    if record is None:
        return {"price_baht": "", "quantity": ""}
    is_counted = record.num_in_stock is not None
    return {
        "price_baht": "" if record.price is None else baht_text(to_satang(record.price)),
        "quantity": str(record.net_stock_level) if is_counted else "",
    }


def baht_text(satang: int) -> str:
    """Write a price as somebody would type it: 250 or 250.50."""
    whole, rest = divmod(satang, 100)
    return f"{whole}.{rest:02}" if rest else str(whole)


def _keys_of_photos(provenance: Provenance, names: set[str]) -> dict[str, int]:
    """Keys of those pictures that are the producer's photos, and can be turned."""
    photos = Photo.objects.of(provenance.producer).filter(name__in=names)
    return dict(photos.values_list("name", "pk"))
