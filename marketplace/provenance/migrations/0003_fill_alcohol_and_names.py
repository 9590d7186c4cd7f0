"""Names of the rows imported before, and the drinks among the products made before.

A drink that is public is withdrawn first; then the database itself refuses another.
"""

from django.db import migrations, models

# Rules about text, without tables: they stay true whatever becomes of the models.
from marketplace.provenance.alcohol import may_be_alcoholic
from marketplace.provenance.imports.layouts import LAYOUTS
from marketplace.provenance.imports.names import search_key

BATCH_ROWS = 500
REASON = "เครื่องดื่มแอลกอฮอล์ กฎหมายห้ามขายและโฆษณาทางออนไลน์"


def _title(row) -> str:
    headings = {
        heading
        for layout in LAYOUTS.values()
        for heading, field in layout.columns.items()
        if field == "title_th"
    }
    cells = (text for heading, text in row.raw.items() if heading.strip().lower() in headings)
    return row.facts.get("title_th") or next(cells, "")


def name_rows(apps, schema_editor):
    rows = apps.get_model("provenance", "ImportRow").objects
    waiting = []
    for row in rows.filter(title_th="").iterator(chunk_size=BATCH_ROWS):
        title = _title(row)
        row.title_th, row.match_key = title[:255], search_key(title)
        waiting.append(row)
        if len(waiting) == BATCH_ROWS:
            rows.bulk_update(waiting, ["title_th", "match_key"])
            waiting = []
    rows.bulk_update(waiting, ["title_th", "match_key"])


def flag_drinks(apps, schema_editor):
    products = apps.get_model("catalogue", "Product").objects
    listings = apps.get_model("provenance", "Listing").objects
    facts = apps.get_model("provenance", "Provenance").objects.filter(is_alcoholic=False)
    for one in facts.select_related("product").iterator(chunk_size=BATCH_ROWS):
        if not may_be_alcoholic(one.product.title, one.otop_type):
            continue
        one.is_alcoholic = True
        if one.status == "public":
            one.status, one.status_reason = "withdrawn", REASON
            ids = models.Q(pk=one.product_id) | models.Q(parent=one.product_id)
            products.filter(ids).update(is_public=False)
            listings.filter(pk=one.product_id).delete()
        one.save(update_fields=["is_alcoholic", "status", "status_reason"])


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0032_category_exclude_from_menu_category_long_description"),
        ("provenance", "0002_alcohol_and_names_of_rows"),
    ]

    operations = [
        migrations.RunPython(name_rows, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(flag_drinks, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="provenance",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_alcoholic", True), ("status", "public"), _negated=True),
                name="alcohol_is_never_public",
            ),
        ),
    ]
