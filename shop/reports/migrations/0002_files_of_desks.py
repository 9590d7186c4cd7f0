from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_files_and_mails")]

    operations = [
        migrations.AlterField(
            model_name="export",
            name="kind",
            field=models.CharField(
                choices=[
                    ("income", "village income"),
                    ("sales", "sales behind a figure"),
                    ("groups", "groups and first sales"),
                    ("flows", "where the money comes from"),
                    ("spread", "how income is spread"),
                ],
                max_length=6,
            ),
        ),
    ]
