"""Give the rows that can be bought by nobody their reason, as the next refresh would."""

from django.db import migrations
from django.db.models import Q

from marketplace.core import thai


def fill(apps, schema_editor):
    Listing = apps.get_model("provenance", "Listing")
    Provenance = apps.get_model("provenance", "Provenance")
    Closure = apps.get_model("producers", "ProducerClosure")
    today = thai.today()
    closed = Closure.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=today), valid_from__lte=today
    )
    seasonal = Provenance.objects.filter(stock_kind="seasonal").exclude(season_months=[])
    months = seasonal.values_list("product_id", "season_months")
    away = [pk for pk, season in months if today.month not in season]
    gone = Listing.objects.filter(is_available=False)
    gone.update(absence="sold_out")
    for start in range(0, len(away), 500):
        gone.filter(pk__in=away[start : start + 500]).update(absence="out_of_season")
    gone.filter(producer_id__in=closed.values("producer_id")).update(absence="makers_rest")


class Migration(migrations.Migration):
    dependencies = [
        ("producers", "0001_initial"),
        ("provenance", "0004_listing_absence"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
