"""Files say whose figures they have where an area was abolished, and subscriptions that it was
divided."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_lost_work_in_one_way")]

    operations = [
        migrations.AddField(
            model_name="export",
            name="heir",
            field=models.CharField(blank=True, db_default="", default="", max_length=8),
        ),
        migrations.AlterField(
            model_name="subscription",
            name="end",
            field=models.CharField(
                blank=True,
                choices=[
                    ("reader", "You ended it."),
                    (
                        "rights",
                        "You may no longer read the figures of this area, so no mail is sent.",
                    ),
                    (
                        "split",
                        "The area was abolished and its ground divided: there is no one report of "
                        "it any more. Choose the areas that have it now.",
                    ),
                ],
                max_length=6,
            ),
        ),
    ]
