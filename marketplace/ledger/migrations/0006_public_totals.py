"""Totals of regions and provinces beside the country's. The worker counts all anew within an hour,
so the rows of before are thrown away."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_whole_ledger")]

    operations = [
        migrations.DeleteModel("PublicTotal"),
        migrations.CreateModel(
            name="PublicTotal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fiscal_year_be", models.PositiveSmallIntegerField()),
                ("area_code", models.CharField(blank=True, max_length=2)),
                ("exact_satang", models.BigIntegerField(null=True)),
                ("disclosed_satang", models.BigIntegerField(default=0)),
                ("village_count", models.PositiveIntegerField()),
                ("counted_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["fiscal_year_be", "area_code"], name="public_total_once_an_area"
                    )
                ],
            },
        ),
    ]
