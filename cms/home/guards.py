"""Two turns of one village on one home page never share a day: said by the database itself.

The form and the page say so first; this holds when two editors publish at once, and for whatever
writes past them. On PostgreSQL an exclusion constraint, which every village's code fits as a
number.
"""

from marketplace.core.table_rules import TableRule

TABLE = "home_featuredvillage"
_END = "COALESCE({row}.valid_until, '9999-12-31')"
_CLASH = (
    f"SELECT 1 FROM {TABLE} AS other WHERE other.id IS NOT NEW.id"
    " AND other.page_id = NEW.page_id AND other.village_id = NEW.village_id"
    f" AND other.valid_from <= {_END.format(row='NEW')}"
    f" AND NEW.valid_from <= {_END.format(row='other')}"
)
# Ranges of one number stand for equality: gist has no other without an extension.
_NO_OVERLAP = (
    "EXCLUDE USING gist (int8range(page_id, page_id, '[]') WITH &&,"
    " int8range(village_id::bigint, village_id::bigint, '[]') WITH &&,"
    " daterange(valid_from, valid_until, '[]') WITH &&)"
)
TURNS_NEVER_OVERLAP = TableRule("turns_never_overlap", TABLE, f"EXISTS ({_CLASH})", _NO_OVERLAP)
