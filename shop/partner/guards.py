"""Stock never goes below zero: said by the database itself, on both databases.

The table is Oscar's and no model of its is forked, so the rule cannot be a constraint of a model.
Products made to order and visits count nothing: their `num_in_stock` is null.
"""

from marketplace.core.table_rules import TableRule

_ENOUGH = (
    "({row}num_in_stock IS NULL OR (COALESCE({row}num_allocated, 0) >= 0"
    " AND COALESCE({row}num_allocated, 0) <= {row}num_in_stock))"
)
STOCK_NOT_BELOW_ZERO = TableRule(
    "stock_not_below_zero",
    "partner_stockrecord",
    f"NOT {_ENOUGH.format(row='NEW.')}",
    f"CHECK {_ENOUGH.format(row='')}",
)
