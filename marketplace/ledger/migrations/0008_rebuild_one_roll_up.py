"""A request may name the one roll-up that is wrong."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0007_fewer_indexes'),
    ]

    operations = [
        migrations.AddField(
            model_name='rebuild',
            name='roll_up',
            field=models.CharField(blank=True, db_default='', default='', max_length=40),
        ),
    ]
