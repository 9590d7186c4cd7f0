from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("parcels", "0003_count_corrections")]

    operations = [
        migrations.AddField(
            model_name="parcel",
            name="village_code",
            field=models.CharField(default="", max_length=8),
            preserve_default=False,
        ),
    ]
