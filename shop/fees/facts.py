"""What makes a fee rule that rule: the names of its fields. None changes once it is stored."""

CONDITIONS = (
    *("otop_type", "income_kind", "producer", "producer_kind", "programme", "area_code"),
    *("price_from_satang", "price_until_satang"),
)
TERMS = (
    *("percent_ppm", "fixed_satang", "min_satang", "max_satang", "vat_ppm"),
    "passes_gateway_fee",
)
FACTS = ("name", "is_default", *CONDITIONS, *TERMS)
