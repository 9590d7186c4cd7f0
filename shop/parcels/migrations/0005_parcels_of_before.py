from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill_in(apps, schema_editor):
    """Parcels of before are sent from where their makers live now. One statement: they are few."""
    homes = apps.get_model("producers", "Producer").objects.filter(pk=OuterRef("producer"))
    parcels = apps.get_model("parcels", "Parcel").objects.using(schema_editor.connection.alias)
    parcels.filter(village_code="").update(
        village_code=Subquery(homes.values("home_village_id")[:1])
    )


class Migration(migrations.Migration):
    dependencies = [
        ("parcels", "0004_where_it_is_sent_from"),
        ("producers", "0002_notice_to_shoppers"),
    ]

    operations = [migrations.RunPython(fill_in, migrations.RunPython.noop)]
