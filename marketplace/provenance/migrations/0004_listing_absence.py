"""Let a card say why nothing of a product can be bought."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("provenance", "0003_fill_alcohol_and_names")]

    operations = [
        migrations.AddField(
            model_name="listing",
            name="absence",
            field=models.CharField(
                blank=True,
                choices=[
                    ("sold_out", "Sold out"),
                    ("out_of_season", "Out of season"),
                    ("makers_rest", "The makers are taking a break"),
                ],
                max_length=13,
            ),
        ),
    ]
