from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("provenance", "0005_fill_listing_absence")]

    operations = [
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.CheckConstraint(
                condition=models.Q(("absence", ""), ("is_available", True))
                | models.Q(("is_available", False), models.Q(("absence", ""), _negated=True)),
                name="listing_says_why_not",
            ),
        ),
    ]
