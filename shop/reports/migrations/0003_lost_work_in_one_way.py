"""Every export says when a worker was last at it, or when it was asked for."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_files_of_desks")]

    operations = [
        migrations.AlterField(
            model_name="export",
            name="beat_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
    ]
